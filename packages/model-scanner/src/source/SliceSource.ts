import type { ByteSource } from './ByteSource';

/** A part of a source, such as a member that an archive stores uncompressed. */
export class SliceSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly readInto?: ByteSource['readInto'];
  readonly #whole: ByteSource;
  readonly #start: number;

  constructor(
    name: string,
    whole: ByteSource,
    range: { start: number; size: number },
  ) {
    this.name = name;
    this.#whole = whole;
    // What a format says of places may lie before or beyond the file.
    this.#start = Math.max(0, Math.min(range.start, whole.size));
    this.size = Math.max(0, Math.min(range.size, whole.size - this.#start));
    if (whole.readInto) {
      this.readInto = async (target, offset) => {
        const within = Math.max(0, Math.min(target.length, this.size - offset));
        return within === 0
          ? 0
          : whole.readInto!(target.subarray(0, within), this.#start + offset);
      };
    }
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const within = Math.max(0, Math.min(length, this.size - offset));
    return within === 0
      ? Buffer.alloc(0)
      : this.#whole.read(this.#start + offset, within);
  }

  stream(start = 0, end = this.size): AsyncIterable<Buffer> {
    return this.#whole.stream(
      this.#start + start,
      this.#start + Math.min(end, this.size),
    );
  }

  async close(): Promise<void> {}
}
