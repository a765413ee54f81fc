import { PackedError } from '../archive/PackedError';

/** Reads bits, the highest of a byte first. */
export class BitReader {
  readonly #bytes: Buffer;
  #at: number;
  #held = 0;
  #count = 0;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Up to 24 bits. */
  read(width: number): number {
    while (this.#count < width) {
      if (this.#at >= this.#bytes.length) {
        throw new PackedError('it ends too soon');
      }
      this.#held = ((this.#held << 8) | this.#bytes[this.#at]) >>> 0;
      this.#at += 1;
      this.#count += 8;
    }
    this.#count -= width;
    return (this.#held >>> this.#count) & (2 ** width - 1);
  }

  /** Where the next whole byte begins. */
  get alignedAt(): number {
    return this.#at - (this.#count >>> 3);
  }
}
