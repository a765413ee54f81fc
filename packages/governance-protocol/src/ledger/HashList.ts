const HASH_BYTES = 32;
const CHUNK_HASHES = 4096;

/** The hashes of a chain by sequence number, 32 bytes each. */
export class HashList {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  push(hash: string): void {
    const place = this.#length % CHUNK_HASHES;
    if (place === 0) {
      this.#chunks.push(Buffer.alloc(CHUNK_HASHES * HASH_BYTES));
    }
    this.#chunks[this.#chunks.length - 1].write(
      hash,
      place * HASH_BYTES,
      'hex',
    );
    this.#length += 1;
  }

  /** @param seq - counted from 1 */
  at(seq: number): string | undefined {
    if (seq < 1 || seq > this.#length) {
      return undefined;
    }
    const start = ((seq - 1) % CHUNK_HASHES) * HASH_BYTES;
    return this.#chunks[Math.floor((seq - 1) / CHUNK_HASHES)]
      .subarray(start, start + HASH_BYTES)
      .toString('hex');
  }
}
