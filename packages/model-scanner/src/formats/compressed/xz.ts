import { crc32 } from 'node:zlib';
import { PartError } from '../../engine/FormatReader';
import { PackedError } from '../archive/PackedError';
import { LzmaDecoder, lzmaProperties } from './lzma';
import { Window } from './Window';
import { CHECKS, Sums } from './xzSums';

export const XZ_MARK = Buffer.from('fd377a585a00', 'hex');
const STEP = 32 * 1024;
const LZMA2 = 0x21;

/**
 * Unpacks one xz stream that begins at `from`; returns where it ends.
 *
 * Source: "The .xz File Format" 1.2.1.
 */
export function* unxz(
  input: Buffer,
  from: number,
  mostHeld: number,
): Generator<Buffer, number> {
  if (from + 12 > input.length) throw new PackedError('it ends too soon');
  const kind = input[from + 7];
  if (
    input[from + 6] !== 0 ||
    kind > 15 ||
    crc32(input.subarray(from + 6, from + 8)) !== input.readUInt32LE(from + 8)
  ) {
    throw new PackedError('its header is corrupt');
  }
  let at = from + 12;
  while (at < input.length && input[at] !== 0) {
    at = yield* unpackBlock(input, at, kind, mostHeld);
  }
  const index = at;
  at = passIndex(input, at);
  if (at + 12 > input.length) throw new PackedError('it ends too soon');
  const isEnd =
    crc32(input.subarray(at + 4, at + 10)) === input.readUInt32LE(at) &&
    (input.readUInt32LE(at + 4) + 1) * 4 === at - index &&
    input[at + 9] === kind &&
    input.toString('latin1', at + 10, at + 12) === 'YZ';
  if (!isEnd) throw new PackedError('its end is corrupt');
  return at + 12;
}

function* unpackBlock(
  input: Buffer,
  from: number,
  kind: number,
  mostHeld: number,
): Generator<Buffer, number> {
  const header = (input[from] + 1) * 4;
  const end = from + header;
  if (
    end > input.length ||
    crc32(input.subarray(from, end - 4)) !== input.readUInt32LE(end - 4)
  ) {
    throw new PackedError('the header of a block is corrupt');
  }
  const flags = input[from + 1];
  let at = from + 2;
  const number = () => {
    const read = variable(input, at);
    at = read.end;
    return read.value;
  };
  if (flags & 0x40) number();
  const told = flags & 0x80 ? number() : undefined;
  if ((flags & 3) !== 0 || number() !== LZMA2) {
    throw new PartError('it uses a filter', 'archive-unsupported');
  }
  if (number() !== 1 || input[at] > 40) {
    throw new PackedError('a filter is corrupt');
  }
  const bits = input[at];
  const dictionary =
    bits === 40 ? 0xffffffff : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  const window = new Window(dictionary, mostHeld);
  const sums = new Sums(kind);
  at = yield* sums.over(unlzma2(input, end, window));
  if (told !== undefined && told !== window.size) {
    throw new PackedError('a block is not as long as it says');
  }
  for (; (at - from) % 4 !== 0; at++) {
    if (input[at] !== 0) throw new PackedError('its padding is corrupt');
  }
  const check = input.subarray(at, at + CHECKS[kind]);
  if (!sums.fit(check)) throw new PackedError('a checksum is wrong');
  return at + CHECKS[kind];
}

/** Chunks of LZMA2; returns where they end. */
export function* unlzma2(
  input: Buffer,
  from: number,
  window: Window,
): Generator<Buffer, number> {
  const decoder = new LzmaDecoder(window);
  let isReady = false;
  for (let at = from; ; ) {
    if (at >= input.length) throw new PackedError('it ends too soon');
    const control = input[at];
    if (control === 0) return at + 1;
    if (at + 6 > input.length && control >= 0x80) {
      throw new PackedError('it ends too soon');
    }
    if (control < 0x80) {
      if (control > 2 || at + 3 > input.length) {
        throw new PackedError('a chunk is corrupt');
      }
      const size = input.readUInt16BE(at + 1) + 1;
      if (at + 3 + size > input.length) {
        throw new PackedError('it ends too soon');
      }
      if (control === 1) window.forget();
      window.push(input.subarray(at + 3, at + 3 + size));
      at += 3 + size;
      yield window.take();
      continue;
    }
    const size = ((control & 0x1f) << 16) + input.readUInt16BE(at + 1) + 1;
    const packed = input.readUInt16BE(at + 3) + 1;
    const reset = (control >> 5) & 3;
    const start = at + (reset >= 2 ? 6 : 5);
    const end = start + packed;
    if (end > input.length) throw new PackedError('it ends too soon');
    if (reset === 3) window.forget();
    if (reset >= 2) {
      decoder.reset(lzmaProperties(input[at + 5]));
      isReady = true;
    } else if (!isReady) throw new PackedError('a chunk has no properties');
    else if (reset === 1) decoder.reset();
    decoder.start(input, start, end);
    for (const whole = window.size + size; window.size < whole; ) {
      const left = whole - window.size;
      if (decoder.run(Math.min(left, STEP), left) === 'ended') {
        throw new PackedError('a chunk ends too soon');
      }
      yield window.take();
    }
    if (decoder.at !== end) throw new PackedError('a chunk is too long');
    at = end;
  }
}

/** The file of one bare stream that `lzma` wrote before xz; returns where it ends. */
export function* unlzmaAlone(
  input: Buffer,
  from: number,
  mostHeld: number,
): Generator<Buffer, number> {
  if (from + 13 > input.length) throw new PackedError('it ends too soon');
  const window = new Window(input.readUInt32LE(from + 1), mostHeld);
  const told = input.readBigUInt64LE(from + 5);
  const size =
    told === 0xffff_ffff_ffff_ffffn ? Number.MAX_SAFE_INTEGER : Number(told);
  return yield* unlzma(input, from + 13, input[from], size, window);
}

/** One stream of LZMA with these properties. */
export function* unlzma(
  input: Buffer,
  from: number,
  properties: number,
  size: number,
  window: Window,
): Generator<Buffer, number> {
  const decoder = new LzmaDecoder(window);
  decoder.reset(lzmaProperties(properties));
  decoder.start(input, from, input.length);
  while (window.size < size) {
    const left = size - window.size;
    const ended = decoder.run(Math.min(left, STEP), left);
    yield window.take();
    if (ended) {
      if (size !== Number.MAX_SAFE_INTEGER && window.size < size) {
        throw new PackedError('it ends before the size that it tells');
      }
      return decoder.at;
    }
  }
  return decoder.at;
}

function passIndex(input: Buffer, from: number): number {
  let read = variable(input, from + 1);
  const records = read.value;
  if (records > input.length) throw new PackedError('its index is corrupt');
  for (let i = 0; i < 2 * records; i++) read = variable(input, read.end);
  let at = read.end;
  while ((at - from) % 4 !== 0) at += 1;
  if (
    at + 4 > input.length ||
    crc32(input.subarray(from, at)) !== input.readUInt32LE(at)
  ) {
    throw new PackedError('its index is corrupt');
  }
  return at + 4;
}

function variable(input: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    if (at + i >= input.length) break;
    const byte = input[at + i];
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  throw new PackedError('a number is corrupt');
}
