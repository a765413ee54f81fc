import { PackedError } from '../archive/PackedError';
import { Window } from './Window';

const TOP = 2 ** 24;
const HALF = 1024;

/** Literal, position and match bits of the coder. */
export interface LzmaProperties {
  lc: number;
  lp: number;
  pb: number;
}

export function lzmaProperties(byte: number): LzmaProperties {
  if (byte >= 225) throw new PackedError('unknown properties of lzma');
  const rest = Math.floor(byte / 9);
  return { lc: byte % 9, lp: rest % 5, pb: Math.floor(rest / 5) };
}

const probabilities = (count: number) => new Uint16Array(count).fill(HALF);

/** Lengths of matches: low, middle and high. */
const lengthCoder = () => ({
  choice: probabilities(2),
  low: probabilities(16 * 8),
  mid: probabilities(16 * 8),
  high: probabilities(256),
});

/**
 * The coder of LZMA.
 *
 * Source: Igor Pavlov, "LZMA specification (Draft version)", 2015.
 */
export class LzmaDecoder {
  readonly #window: Window;
  #input: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;
  #range = 0;
  #code = 0;
  #properties: LzmaProperties = { lc: 0, lp: 0, pb: 0 };
  #state = 0;
  #reps = [0, 0, 0, 0];
  #literal = probabilities(0);
  #match = probabilities(0);
  #rep = probabilities(0);
  #repG0 = probabilities(0);
  #repG1 = probabilities(0);
  #repG2 = probabilities(0);
  #rep0Long = probabilities(0);
  #slot = probabilities(0);
  #special = probabilities(0);
  #align = probabilities(0);
  #length = lengthCoder();
  #repLength = lengthCoder();

  constructor(window: Window) {
    this.#window = window;
  }

  get at(): number {
    return this.#at;
  }

  reset(properties: LzmaProperties = this.#properties): void {
    this.#properties = properties;
    this.#state = 0;
    this.#reps = [0, 0, 0, 0];
    this.#literal = probabilities(0x300 << (properties.lc + properties.lp));
    this.#match = probabilities(12 * 16);
    this.#rep = probabilities(12);
    this.#repG0 = probabilities(12);
    this.#repG1 = probabilities(12);
    this.#repG2 = probabilities(12);
    this.#rep0Long = probabilities(12 * 16);
    this.#slot = probabilities(4 * 64);
    this.#special = probabilities(128);
    this.#align = probabilities(16);
    this.#length = lengthCoder();
    this.#repLength = lengthCoder();
  }

  /** Begins to read packed bytes. */
  start(input: Buffer, at: number, end: number): void {
    if (at + 5 > end || input[at] !== 0) {
      throw new PackedError('a stream of lzma does not begin');
    }
    this.#input = input;
    this.#end = end;
    this.#range = 0xffffffff;
    this.#code = input.readUInt32BE(at + 1);
    this.#at = at + 5;
  }

  /**
   * Unpacks at least so many bytes, and what the last match adds up to `most`;
   * fewer only before an end mark, which it tells.
   */
  run(count: number, most: number): 'ended' | undefined {
    const window = this.#window;
    const { pb } = this.#properties;
    const limit = window.size + most;
    for (const enough = window.size + count; window.size < enough; ) {
      const posState = window.size & ((1 << pb) - 1);
      const state = this.#state;
      if (!this.#bit(this.#match, state * 16 + posState)) {
        this.#literalByte();
        continue;
      }
      let length: number;
      if (this.#bit(this.#rep, state)) {
        if (window.size === 0) throw new PackedError('it repeats nothing');
        if (!this.#bit(this.#repG0, state)) {
          if (!this.#bit(this.#rep0Long, state * 16 + posState)) {
            this.#state = state < 7 ? 9 : 11;
            window.put(window.back(this.#reps[0]));
            continue;
          }
        } else {
          this.#pick(state);
        }
        length = this.#readLength(this.#repLength, posState);
        this.#state = state < 7 ? 8 : 11;
      } else {
        length = this.#readLength(this.#length, posState);
        this.#state = state < 7 ? 7 : 10;
        const distance = this.#distance(length);
        if (distance === 0xffffffff) return 'ended';
        this.#reps = [distance, this.#reps[0], this.#reps[1], this.#reps[2]];
      }
      length += 2;
      if (window.size + length > limit) {
        throw new PackedError('a match is too long');
      }
      window.copy(this.#reps[0], length);
    }
    return undefined;
  }

  #pick(state: number): void {
    const [first, second, third, fourth] = this.#reps;
    if (!this.#bit(this.#repG1, state)) {
      this.#reps = [second, first, third, fourth];
    } else if (!this.#bit(this.#repG2, state)) {
      this.#reps = [third, first, second, fourth];
    } else {
      this.#reps = [fourth, first, second, third];
    }
  }

  #literalByte(): void {
    const window = this.#window;
    const { lc, lp } = this.#properties;
    const previous = window.size > 0 ? window.back(0) : 0;
    const base =
      0x300 *
      (((window.size & ((1 << lp) - 1)) << lc) + (previous >> (8 - lc)));
    let symbol = 1;
    if (this.#state >= 7) {
      let match = window.back(this.#reps[0]);
      do {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(
          this.#literal,
          base + ((1 + matchBit) << 8) + symbol,
        );
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) {
      symbol = (symbol << 1) | this.#bit(this.#literal, base + symbol);
    }
    window.put(symbol & 0xff);
    if (this.#state < 4) this.#state = 0;
    else this.#state -= this.#state < 10 ? 3 : 6;
  }

  #readLength(coder: ReturnType<typeof lengthCoder>, posState: number): number {
    if (!this.#bit(coder.choice, 0)) {
      return this.#tree(coder.low, posState * 8, 3);
    }
    if (!this.#bit(coder.choice, 1)) {
      return 8 + this.#tree(coder.mid, posState * 8, 3);
    }
    return 16 + this.#tree(coder.high, 0, 8);
  }

  #distance(length: number): number {
    const slot = this.#tree(this.#slot, Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) {
      return base + this.#reverse(this.#special, base - slot, bits);
    }
    const direct = this.#direct(bits - 4) * 16;
    return base + direct + this.#reverse(this.#align, 0, 4);
  }

  #bit(table: Uint16Array, index: number): 0 | 1 {
    const probability = table[index];
    const bound = (this.#range >>> 11) * probability;
    let bit: 0 | 1;
    if (this.#code < bound) {
      this.#range = bound;
      table[index] = probability + ((2048 - probability) >> 5);
      bit = 0;
    } else {
      this.#range -= bound;
      this.#code -= bound;
      table[index] = probability - (probability >> 5);
      bit = 1;
    }
    if (this.#range < TOP) this.#fill();
    return bit;
  }

  #direct(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.#range >>>= 1;
      let bit = 0;
      if (this.#code >= this.#range) {
        this.#code -= this.#range;
        bit = 1;
      }
      if (this.#range < TOP) this.#fill();
      value = value * 2 + bit;
    }
    return value;
  }

  #fill(): void {
    if (this.#at >= this.#end) throw new PackedError('it ends too soon');
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#input[this.#at]) >>> 0;
    this.#at += 1;
  }

  #tree(table: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    for (let i = 0; i < bits; i++) {
      symbol = (symbol << 1) | this.#bit(table, base + symbol);
    }
    return symbol - (1 << bits);
  }

  #reverse(table: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(table, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }
}
