import type { Chance } from './Chance';

/** Figures at which readers of formats go wrong. */
const ODD = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
  0xfffffffe, 0xffffffff,
];

type Change = (bytes: Buffer, chance: Chance, other: Buffer) => Buffer;

const splice = (bytes: Buffer, from: number, to: number, put: Buffer) =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)]);

function range(bytes: Buffer, chance: Chance): [number, number] {
  const from = chance.below(bytes.length + 1);
  const most = Math.min(bytes.length - from, chance.of([4, 32, 4096]));
  return [from, from + chance.below(most + 1)];
}

const CHANGES: Change[] = [
  (bytes, chance) => {
    const changed = Buffer.from(bytes);
    if (changed.length > 0) {
      changed[chance.below(changed.length)] ^= 1 << chance.below(8);
    }
    return changed;
  },
  (bytes, chance) => {
    const [from, to] = range(bytes, chance);
    return splice(bytes, from, to, chance.bytes(to - from));
  },
  (bytes, chance) => {
    const at = chance.below(bytes.length + 1);
    return splice(bytes, at, at, chance.bytes(1 + chance.below(16)));
  },
  (bytes, chance) => {
    const [from, to] = range(bytes, chance);
    return splice(bytes, from, to, Buffer.alloc(0));
  },
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  (bytes, chance) => {
    const [from, to] = range(bytes, chance);
    const part = bytes.subarray(from, to);
    return splice(
      bytes,
      to,
      to,
      Buffer.concat(Array(1 + chance.below(4)).fill(part)),
    );
  },
  // A length or an offset that lies.
  (bytes, chance) => {
    const changed = Buffer.from(bytes);
    const width = chance.of([1, 2, 4, 8]);
    if (changed.length < width) return changed;
    const at = chance.below(changed.length - width + 1);
    const value = chance.of(ODD);
    for (let i = 0; i < width; i++) {
      changed[at + i] = i < 4 ? (value >>> (8 * i)) & 0xff : 0;
    }
    return changed;
  },
  (bytes, chance, other) => {
    const [from, to] = range(bytes, chance);
    const [start, end] = range(other, chance);
    return splice(bytes, from, to, other.subarray(start, end));
  },
  (bytes, chance, other) => {
    const at = chance.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), other]);
  },
  (bytes, _, other) => Buffer.concat([bytes, other]),
];

/** Larger inputs only take longer. */
const LARGEST = 64 * 1024;

/** Bytes like those of a seed, wrong in one or several places. */
export function mutate(seed: Buffer, other: Buffer, chance: Chance): Buffer {
  let bytes = seed;
  const times = 1 + chance.below(chance.of([1, 3, 8]));
  for (let i = 0; i < times; i++) {
    bytes = chance.of(CHANGES)(bytes, chance, other);
  }
  return bytes.subarray(0, LARGEST);
}
