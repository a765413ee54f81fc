import { PackedError } from '../archive/PackedError';
import { BitReader } from './BitReader';

const BLOCK = 0x314159265359;
const END = 0x177245385090;
const RUN_A = 0;
const RUN_B = 1;
const GROUP = 50;

/**
 * Unpacks one bzip2 stream that begins at `from`, block by block, and checks
 * every checksum. Returns where it ends.
 *
 * Source: Joe Tsai, "BZIP2: Format Specification", 2016.
 */
export function* unbzip2(
  input: Buffer,
  from: number,
): Generator<Buffer, number> {
  if (!/^BZh[1-9]$/.test(input.toString('latin1', from, from + 4))) {
    throw new PackedError('is no bzip2');
  }
  const most = (input[from + 3] - 0x30) * 100_000;
  const bits = new BitReader(input, from + 4);
  let whole = 0;
  for (;;) {
    const mark = bits.read(24) * 2 ** 24 + bits.read(24);
    const told = (bits.read(16) * 0x10000 + bits.read(16)) >>> 0;
    if (mark === END) {
      if (told !== whole) throw new PackedError('its checksum is wrong');
      return bits.alignedAt;
    }
    if (mark !== BLOCK) throw new PackedError('a block has no mark');
    const block = undoRuns(readBlock(bits, most));
    const sum = checksum(block);
    if (sum !== told) throw new PackedError('the checksum of a block is wrong');
    whole = (((whole << 1) | (whole >>> 31)) ^ sum) >>> 0;
    yield block;
  }
}

/** A block up to the runs with which compression begins. */
function readBlock(bits: BitReader, most: number): Uint8Array {
  if (bits.read(1) !== 0) throw new PackedError('a block is randomised');
  const origin = bits.read(24);
  const symbols = readSymbols(bits);
  const alphabet = symbols.length + 2;
  const tables = bits.read(3);
  if (tables < 2 || tables > 6) throw new PackedError('too many tables');
  const selectors = readSelectors(bits, tables);
  const codes = Array.from({ length: tables }, () => readCode(bits, alphabet));
  const links = new Uint32Array(most);
  const counts = new Uint32Array(256);
  let size = 0;
  const put = (byte: number, times: number) => {
    if (size + times > most) throw new PackedError('a block is too large');
    links.fill(byte, size, size + times);
    counts[byte] += times;
    size += times;
  };
  let run = 0;
  let weight = 1;
  for (let at = 0, code = codes[0]; ; at++) {
    if (at % GROUP === 0) {
      const selector = selectors[at / GROUP];
      if (selector === undefined) throw new PackedError('no table is left');
      code = codes[selector];
    }
    const symbol = code(bits);
    if (symbol === RUN_A || symbol === RUN_B) {
      run += weight << symbol;
      weight *= 2;
      if (run > most) throw new PackedError('a run is too long');
      continue;
    }
    if (run > 0) {
      put(symbols[0], run);
      run = 0;
      weight = 1;
    }
    if (symbol === alphabet - 1) break;
    const [byte] = symbols.splice(symbol - 1, 1);
    symbols.unshift(byte);
    put(byte, 1);
  }
  return undoTransform(links, counts, size, origin);
}

function readSymbols(bits: BitReader): number[] {
  const used = bits.read(16);
  const symbols: number[] = [];
  for (let high = 0; high < 16; high++) {
    if (!(used & (0x8000 >> high))) continue;
    const row = bits.read(16);
    for (let low = 0; low < 16; low++) {
      if (row & (0x8000 >> low)) symbols.push(high * 16 + low);
    }
  }
  if (symbols.length === 0) throw new PackedError('a block has no symbols');
  return symbols;
}

function readSelectors(bits: BitReader, tables: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const recent = Array.from({ length: tables }, (_, index) => index);
  for (let i = 0; i < selectors.length; i++) {
    let place = 0;
    while (bits.read(1)) {
      place += 1;
      if (place >= tables) throw new PackedError('there is no such table');
    }
    const [table] = recent.splice(place, 1);
    recent.unshift(table);
    selectors[i] = table;
  }
  return selectors;
}

const LONGEST = 20;

/** A Huffman code by its lengths. */
function readCode(
  bits: BitReader,
  alphabet: number,
): (input: BitReader) => number {
  const lengths: number[] = [];
  let length = bits.read(5);
  for (let symbol = 0; symbol < alphabet; symbol++) {
    for (;;) {
      if (length < 1 || length > LONGEST) throw new PackedError('a bad code');
      if (!bits.read(1)) break;
      length += bits.read(1) ? -1 : 1;
    }
    lengths.push(length);
  }
  const sorted = lengths
    .map((_, symbol) => symbol)
    .sort((a, b) => lengths[a] - lengths[b] || a - b);
  const count = new Array<number>(LONGEST + 1).fill(0);
  lengths.forEach(it => (count[it] += 1));
  return input => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let width = 1; width <= LONGEST; width++) {
      code |= input.read(1);
      if (code - first < count[width]) return sorted[index + code - first];
      index += count[width];
      first = (first + count[width]) << 1;
      code <<= 1;
    }
    throw new PackedError('there is no such code');
  };
}

/** Burrows and Wheeler's transform, backwards. */
function undoTransform(
  links: Uint32Array,
  counts: Uint32Array,
  size: number,
  origin: number,
): Uint8Array {
  if (origin >= size) throw new PackedError('a block begins nowhere');
  const next = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) {
    next[byte] = next[byte - 1] + counts[byte - 1];
  }
  for (let at = 0; at < size; at++) {
    const byte = links[at] & 0xff;
    links[next[byte]] |= at << 8;
    next[byte] += 1;
  }
  const bytes = new Uint8Array(size);
  let at = links[origin] >>> 8;
  for (let i = 0; i < size; i++) {
    bytes[i] = links[at] & 0xff;
    at = links[at] >>> 8;
  }
  return bytes;
}

/** Four alike are followed by how many more there are. */
function undoRuns(bytes: Uint8Array): Buffer {
  let size = 0;
  let alike = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (alike === 4) {
      size += bytes[at];
      alike = 0;
      continue;
    }
    alike = alike > 0 && bytes[at] === bytes[at - 1] ? alike + 1 : 1;
    size += 1;
  }
  const unpacked = Buffer.allocUnsafe(size);
  let to = 0;
  alike = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (alike === 4) {
      unpacked.fill(bytes[at - 1], to, to + bytes[at]);
      to += bytes[at];
      alike = 0;
      continue;
    }
    alike = alike > 0 && bytes[at] === bytes[at - 1] ? alike + 1 : 1;
    unpacked[to] = bytes[at];
    to += 1;
  }
  return unpacked;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  }
  return value >>> 0;
});

function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum = (sum << 8) ^ TABLE[((sum >>> 24) ^ byte) & 0xff];
  }
  return ~sum >>> 0;
}
