/** Two hexadecimal digits of each byte. */
const HEX = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
);

/** Four 32-bit hashes of a text (cyrb128), to begin a sequence with. */
function hashes(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/**
 * Random numbers that are the same for the same names: Chris Doty-Humphrey's
 * sfc32, which passes PractRand. Each part of the simulation has a sequence of
 * its own, so that one can be drawn without the others.
 */
export class Random {
  /** @param names - what the numbers are for; the same names, the same numbers */
  static of(...names: Array<string | number>): Random {
    const random = new Random(...hashes(names.join('\n')));
    for (let n = 0; n < 12; n++) random.bits();
    return random;
  }

  #a: number;
  #b: number;
  #c: number;
  #counter: number;
  /** Normal numbers come in pairs. */
  #spare: number | undefined;

  private constructor(a: number, b: number, c: number, counter: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#counter = counter | 0;
  }

  /** An integer of 32 bits, without a sign. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 to less than 1. */
  next(): number {
    return this.bits() / 4294967296;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number from 0 to less than `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** A copy in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let n = copy.length - 1; n > 0; n--) {
      const other = this.below(n + 1);
      [copy[n], copy[other]] = [copy[other], copy[n]];
    }
    return copy;
  }

  /** The place of a number in a list of growing sums, of which the last is the whole. */
  placeIn(sums: ArrayLike<number>): number {
    const at = this.next() * sums[sums.length - 1];
    let n = 0;
    while (n < sums.length - 1 && sums[n] <= at) n += 1;
    return n;
  }

  /** Mean 0, variance 1, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.#spare = v * factor;
        return u * factor;
      }
    }
  }

  /** Its logarithm is normal; `sigma` is the deviation of that. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** How many of rare things happen; by its normal neighbour for many. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 60) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    }
    const limit = Math.exp(-mean);
    let product = this.next();
    let count = 0;
    while (product > limit) {
      product *= this.next();
      count += 1;
    }
    return count;
  }

  /** How many tries until something of this mean; at least 1. */
  geometric(mean: number): number {
    if (mean <= 1) return 1;
    return 1 + Math.floor(Math.log(1 - this.next()) / Math.log(1 - 1 / mean));
  }

  /**
   * A UUID of version 7 for a moment: those of one day lie together, which
   * indexes of databases like.
   *
   * @param at - milliseconds since 1970
   */
  uuid(at: number): string {
    const high = Math.floor(at / 65536);
    const low = at & 0xffff;
    const [a, b, c] = [this.bits(), this.bits(), this.bits()];
    return `${HEX[high >>> 24]}${HEX[(high >>> 16) & 255]}${
      HEX[(high >>> 8) & 255]
    }${HEX[high & 255]}-${HEX[low >>> 8]}${HEX[low & 255]}-7${HEX[a & 255][1]}${
      HEX[(a >>> 8) & 255]
    }-${HEX[0x80 | ((a >>> 16) & 0x3f)]}${HEX[a >>> 24]}-${HEX[b & 255]}${
      HEX[(b >>> 8) & 255]
    }${HEX[(b >>> 16) & 255]}${HEX[b >>> 24]}${HEX[c & 255]}${
      HEX[(c >>> 8) & 255]
    }`;
  }
}
