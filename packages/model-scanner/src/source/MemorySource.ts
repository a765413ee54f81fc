import type { ByteSource } from './ByteSource';

/**
 * Bytes that are in memory.
 *
 * @public
 */
export class MemorySource implements ByteSource {
  readonly name: string;
  readonly #bytes: Buffer;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get size(): number {
    return this.#bytes.length;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    return this.#bytes.subarray(offset, offset + length);
  }

  async *stream(start = 0, end = this.size): AsyncIterable<Buffer> {
    if (end > start) yield this.#bytes.subarray(start, end);
  }

  async close(): Promise<void> {}
}
