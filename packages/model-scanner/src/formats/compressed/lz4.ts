import { PackedError } from '../archive/PackedError';
import { xxh32 } from './xxh32';

export const LZ4_MARK = 0x184d2204;
const WINDOW = 64 * 1024;
const LARGEST = [0, 0, 0, 0, 64, 256, 1024, 4096].map(it => it * 1024);

/**
 * Unpacks one frame of LZ4 that begins at `from`; returns where it ends.
 *
 * Source: "LZ4 Frame Format Description" 1.6.4 and "LZ4 Block Format Description".
 */
export function* unlz4(input: Buffer, from: number): Generator<Buffer, number> {
  const need = (at: number, count: number) => {
    if (at + count > input.length) throw new PackedError('it ends too soon');
  };
  need(from, 7);
  const flags = input[from + 4];
  if (flags >> 6 !== 1) throw new PackedError('an unknown version of lz4');
  const largest = LARGEST[(input[from + 5] >> 4) & 7];
  if (!largest) throw new PackedError('an unknown size of blocks');
  const hasSize = (flags & 8) !== 0;
  let at = from + 6 + (hasSize ? 8 : 0) + (flags & 1 ? 4 : 0);
  need(at, 1);
  if (((xxh32(input.subarray(from + 4, at)) >>> 8) & 0xff) !== input[at]) {
    throw new PackedError('the checksum of its header is wrong');
  }
  if (flags & 1) throw new PackedError('it needs a dictionary');
  const told = hasSize ? input.readBigUInt64LE(from + 6) : undefined;
  at += 1;
  let history: Buffer = Buffer.alloc(0);
  let size = 0;
  const sum = xxh32.start();
  for (;;) {
    need(at, 4);
    const word = input.readUInt32LE(at);
    at += 4;
    if (word === 0) break;
    const length = word & 0x7fffffff;
    if (length > largest) throw new PackedError('a block is too large');
    need(at, length + (flags & 0x10 ? 4 : 0));
    const packed = input.subarray(at, at + length);
    at += length;
    if (flags & 0x10) {
      if (input.readUInt32LE(at) !== xxh32(packed)) {
        throw new PackedError('the checksum of a block is wrong');
      }
      at += 4;
    }
    const isLinked = (flags & 0x20) === 0;
    const block = word >>> 31 ? packed : unpackBlock(packed, history, largest);
    if (isLinked) {
      history = Buffer.concat([history, block]).subarray(-WINDOW);
    }
    size += block.length;
    sum.push(block);
    yield block;
  }
  if (flags & 4) {
    need(at, 4);
    if (input.readUInt32LE(at) !== sum.end()) {
      throw new PackedError('its checksum is wrong');
    }
    at += 4;
  }
  if (told !== undefined && told !== BigInt(size)) {
    throw new PackedError('it is not as long as it says');
  }
  return at;
}

function unpackBlock(packed: Buffer, history: Buffer, largest: number): Buffer {
  const base = history.length;
  const bytes = Buffer.allocUnsafe(base + largest);
  history.copy(bytes);
  let to = base;
  let at = 0;
  const more = (first: number) => {
    let length = first;
    if (first !== 15) return length;
    for (let byte = 255; byte === 255; at++) {
      if (at >= packed.length) throw new PackedError('a block breaks off');
      byte = packed[at];
      length += byte;
    }
    return length;
  };
  while (at < packed.length) {
    const token = packed[at];
    at += 1;
    const literals = more(token >> 4);
    if (at + literals > packed.length || to + literals > bytes.length) {
      throw new PackedError('a block is corrupt');
    }
    packed.copy(bytes, to, at, at + literals);
    at += literals;
    to += literals;
    if (at === packed.length) break;
    if (at + 2 > packed.length) throw new PackedError('a block breaks off');
    const distance = packed.readUInt16LE(at);
    at += 2;
    const length = more(token & 15) + 4;
    if (distance === 0 || distance > to || to + length > bytes.length) {
      throw new PackedError('a block is corrupt');
    }
    if (distance >= length) {
      bytes.copy(bytes, to, to - distance, to - distance + length);
    } else {
      for (let i = to; i < to + length; i++) bytes[i] = bytes[i - distance];
    }
    to += length;
  }
  return bytes.subarray(base, to);
}
