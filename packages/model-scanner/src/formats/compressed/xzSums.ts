import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Bytes of a check by its number. */
export const CHECKS = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

const HIGHS = new Int32Array(256);
const LOWS = new Int32Array(256);
for (let index = 0; index < 256; index++) {
  let high = 0;
  let low = index;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) {
      high ^= 0xc96c5795;
      low ^= 0xd7870f42;
    }
  }
  HIGHS[index] = high;
  LOWS[index] = low;
}

/** The checks of xz that are in use: CRC-32, CRC-64 and SHA-256. */
export class Sums {
  readonly #kind: number;
  readonly #hash = createHash('sha256');
  #crc32 = 0;
  #high = 0xffffffff;
  #low = 0xffffffff;

  constructor(kind: number) {
    this.#kind = kind;
  }

  *over<T>(blocks: Generator<Buffer, T>): Generator<Buffer, T> {
    for (;;) {
      const { done, value } = blocks.next();
      if (done) return value;
      if (this.#kind === 1) this.#crc32 = crc32(value, this.#crc32);
      if (this.#kind === 4) this.#crc64(value);
      if (this.#kind === 10) this.#hash.update(value);
      yield value;
    }
  }

  fit(check: Buffer): boolean {
    if (check.length !== CHECKS[this.#kind]) return false;
    if (this.#kind === 1) return check.readUInt32LE(0) === this.#crc32;
    if (this.#kind === 4) {
      return (
        check.readUInt32LE(0) === ~this.#low >>> 0 &&
        check.readUInt32LE(4) === ~this.#high >>> 0
      );
    }
    return this.#kind === 10 ? this.#hash.digest().equals(check) : true;
  }

  #crc64(bytes: Buffer): void {
    let [high, low] = [this.#high, this.#low];
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ LOWS[index];
      high = (high >>> 8) ^ HIGHS[index];
    }
    [this.#high, this.#low] = [high >>> 0, low >>> 0];
  }
}
