import type { ByteSource } from '../../source';

/** The bytes end before what they announce. */
export class EndOfBytes extends Error {}

const CHUNK = 1024 * 1024;

/** Where the bytes come from, piece by piece. */
interface Pieces {
  next(): Promise<Buffer | undefined>;
  /** Passes over bytes where they need not be read for that. */
  pass?(count: number): boolean;
  close(): Promise<unknown>;
}

/** Reads bytes in order and keeps no more of them than what is asked for. */
export class ByteCursor {
  readonly #pieces: Pieces;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #base = 0;

  private constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  /** Bytes that come once, in order. */
  static of(bytes: AsyncIterable<Buffer>): ByteCursor {
    const chunks = bytes[Symbol.asyncIterator]();
    return new ByteCursor({
      next: async () => {
        const { done, value } = await chunks.next();
        return done ? undefined : value;
      },
      close: async () => chunks.return?.(),
    });
  }

  /** Bytes of which only those are read that are asked for. */
  static over(source: Pick<ByteSource, 'read' | 'size'>): ByteCursor {
    let at = 0;
    return new ByteCursor({
      next: async () => {
        const piece = await source.read(at, Math.min(CHUNK, source.size - at));
        at += piece.length;
        return piece.length > 0 ? piece : undefined;
      },
      pass: count => {
        if (at + count > source.size) return false;
        at += count;
        return true;
      },
      close: async () => {},
    });
  }

  /** Where the next byte is, counted from the beginning. */
  get offset(): number {
    return this.#base + this.#at;
  }

  /** Whether so many bytes can be read without waiting. */
  has(count: number): boolean {
    return this.#buffer.length - this.#at >= count;
  }

  /** Makes so many bytes readable without waiting, or all that are left. */
  async ensure(count: number): Promise<void> {
    if (this.has(count)) return;
    const parts = [this.#buffer.subarray(this.#at)];
    this.#base += this.#at;
    this.#at = 0;
    for (let size = parts[0].length; size < count; ) {
      const piece = await this.#pieces.next();
      if (!piece) break;
      parts.push(piece);
      size += piece.length;
    }
    this.#buffer = Buffer.concat(parts);
  }

  /** The next bytes, which must be there; they do not outlive the next call. */
  take(count: number): Buffer {
    this.#at += count;
    return this.#buffer.subarray(this.#at - count, this.#at);
  }

  /** The next number of four bytes, which must be there. */
  uint32(isBig: boolean): number {
    this.#at += 4;
    return isBig
      ? this.#buffer.readUInt32BE(this.#at - 4)
      : this.#buffer.readUInt32LE(this.#at - 4);
  }

  /** Passes over bytes, which must be there. */
  pass(count: number): void {
    this.#at += count;
  }

  /** The next byte, which must be there. */
  byte(): number {
    this.#at += 1;
    return this.#buffer[this.#at - 1];
  }

  /** @throws EndOfBytes when there are fewer */
  async read(count: number): Promise<Buffer> {
    if (!this.has(count)) {
      await this.ensure(count);
      if (!this.has(count)) throw this.#end();
    }
    return this.take(count);
  }

  /** @throws EndOfBytes when there are fewer */
  async skip(count: number): Promise<void> {
    const here = Math.min(count, this.#buffer.length - this.#at);
    this.#at += here;
    let rest = count - here;
    if (rest === 0) return;
    this.#empty();
    if (this.#pieces.pass?.(rest)) {
      this.#base += rest;
      return;
    }
    while (rest > 0) {
      const piece = await this.#pieces.next();
      if (!piece) throw this.#end();
      const used = Math.min(rest, piece.length);
      rest -= used;
      this.#buffer = piece;
      this.#at = used;
      if (rest > 0) this.#empty();
    }
  }

  /** Reads on to the end; returns where that is. */
  async drain(): Promise<number> {
    do {
      this.#empty();
      await this.ensure(1);
    } while (this.has(1));
    return this.#base;
  }

  async close(): Promise<void> {
    await this.#pieces.close();
  }

  #empty(): void {
    this.#base += this.#buffer.length;
    this.#buffer = Buffer.alloc(0);
    this.#at = 0;
  }

  #end(): EndOfBytes {
    return new EndOfBytes(`it ends at ${this.#base + this.#buffer.length}`);
  }
}
