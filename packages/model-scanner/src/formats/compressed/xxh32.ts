const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;
const P3 = 0xc2b2ae3d;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const rotate = (value: number, by: number) =>
  (value << by) | (value >>> (32 - by));
const round = (lane: number, word: number) =>
  Math.imul(rotate((lane + Math.imul(word, P2)) | 0, 13), P1);

/**
 * The hash with which LZ4 checks its frames, seed 0.
 *
 * Source: Yann Collet, "xxHash fast digest algorithm", 0.1.1.
 */
class Xxh32 {
  readonly #lanes = [(P1 + P2) | 0, P2 | 0, 0, -P1 | 0];
  #rest: Buffer = Buffer.alloc(0);
  #size = 0;

  push(chunk: Buffer): void {
    this.#size += chunk.length;
    const bytes =
      this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const lanes = this.#lanes;
    let at = 0;
    for (; at + 16 <= bytes.length; at += 16) {
      for (let i = 0; i < 4; i++) {
        lanes[i] = round(lanes[i], bytes.readInt32LE(at + 4 * i));
      }
    }
    this.#rest = Buffer.from(bytes.subarray(at));
  }

  end(): number {
    const [a, b, c, d] = this.#lanes;
    let hash =
      this.#size >= 16
        ? rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)
        : P5;
    hash = (hash + this.#size) | 0;
    let at = 0;
    for (; at + 4 <= this.#rest.length; at += 4) {
      hash = (hash + Math.imul(this.#rest.readInt32LE(at), P3)) | 0;
      hash = Math.imul(rotate(hash, 17), P4);
    }
    for (; at < this.#rest.length; at++) {
      hash = (hash + Math.imul(this.#rest[at], P5)) | 0;
      hash = Math.imul(rotate(hash, 11), P1);
    }
    hash = Math.imul(hash ^ (hash >>> 15), P2);
    hash = Math.imul(hash ^ (hash >>> 13), P3);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}

export function xxh32(bytes: Buffer): number {
  const sum = new Xxh32();
  sum.push(bytes);
  return sum.end();
}

xxh32.start = () => new Xxh32();
