/** The bytes end before what they announce. */
export class EndOfBytes extends Error {}

/** Reads bytes in order and keeps no more of them than what is asked for. */
export class ByteCursor {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #base = 0;

  constructor(bytes: AsyncIterable<Buffer>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** Where the next byte is, counted from the beginning. */
  get offset(): number {
    return this.#base + this.#at;
  }

  /** Whether so many bytes can be read without waiting. */
  has(count: number): boolean {
    return this.#buffer.length - this.#at >= count;
  }

  /** @throws EndOfBytes when there are fewer */
  async fill(count: number): Promise<void> {
    if (this.has(count)) return;
    const parts = [this.#buffer.subarray(this.#at)];
    this.#base += this.#at;
    this.#at = 0;
    for (let size = parts[0].length; size < count; ) {
      const { done, value } = await this.#chunks.next();
      if (done) throw new EndOfBytes(`it ends at ${this.#base + size}`);
      parts.push(value);
      size += value.length;
    }
    this.#buffer = Buffer.concat(parts);
  }

  /** The next bytes, which must be there; they do not outlive the next call. */
  take(count: number): Buffer {
    this.#at += count;
    return this.#buffer.subarray(this.#at - count, this.#at);
  }

  /** @throws EndOfBytes when there are fewer */
  async read(count: number): Promise<Buffer> {
    if (!this.has(count)) await this.fill(count);
    return this.take(count);
  }

  /** @throws EndOfBytes when there are fewer */
  async skip(count: number): Promise<void> {
    let rest = count;
    for (;;) {
      const here = Math.min(rest, this.#buffer.length - this.#at);
      this.#at += here;
      rest -= here;
      if (rest === 0) return;
      this.#base += this.#at;
      this.#at = 0;
      const { done, value } = await this.#chunks.next();
      this.#buffer = done ? Buffer.alloc(0) : value;
      if (done) throw new EndOfBytes(`it ends at ${this.#base}`);
    }
  }

  /** Reads on to the end; returns where that is. */
  async drain(): Promise<number> {
    this.#base += this.#buffer.length;
    this.#buffer = Buffer.alloc(0);
    this.#at = 0;
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return this.#base;
      this.#base += value.length;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
