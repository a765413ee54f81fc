import {
  LimitError,
  PartError,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { extraField, zip64Sizes } from './zipExtra';

const agree = (small: number, large: number, most: number) =>
  small === most || small === large;

/** A member as the central directory lists it. */
export interface ZipEntry {
  /** Offset of the entry in the directory. */
  at: number;
  rawName: Buffer;
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Where its local header is. */
  offset: number;
  extra: Buffer;
  isLink: boolean;
}

/** The central directory of a zip. */
export interface ZipDirectory {
  entries: ZipEntry[];
  /** Bytes of the directory with the records after it. */
  start: number;
  end: number;
}

export const END = Buffer.from('PK\x05\x06', 'latin1');
export const LOCAL = Buffer.from('PK\x03\x04', 'latin1');
const CENTRAL = 0x02014b50;
const LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;

export const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const MOST = 0xffffffff;

/** Whether names are UTF-8. */
const UTF8 = 0x800;

export const decodeName = (raw: Buffer, flags: number, extra: Buffer) =>
  raw.toString(flags & UTF8 || extraField(extra, 0x7075) ? 'utf8' : 'latin1');

/**
 * Where the record lies with which a zip ends, as most programs find it: the
 * last of them in the last 64 KiB. Nothing when its figures cannot be.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.16.
 */
export function findEnd(tail: Buffer, size: number): number | undefined {
  for (
    let at = tail.lastIndexOf(END);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END, at - 1)
  ) {
    if (at + END_SIZE > tail.length) continue;
    const position = size - tail.length + at;
    const count = tail.readUInt16LE(at + 10);
    const length = tail.readUInt32LE(at + 12);
    const start = tail.readUInt32LE(at + 16);
    const is64 = count === 0xffff || length === MOST || start === MOST;
    if (
      is64 ||
      (start + length <= position && length >= count * CENTRAL_SIZE)
    ) {
      return position;
    }
  }
  return undefined;
}

/**
 * Reads the central directory.
 *
 * @throws PartError when there is none or it makes no sense
 */
export async function readDirectory(
  source: ByteSource,
  endAt: number,
  context: ScanContext,
): Promise<ZipDirectory> {
  const end = await source.read(endAt, END_SIZE);
  const whole = await endOf(source, endAt, end, context);
  if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(6) !== 0) {
    throw new PartError('is one part of several', 'archive-unsupported');
  }
  if (whole.count > context.limits.maxMembers) {
    throw new LimitError(
      `has ${whole.count} members, more than ${context.limits.maxMembers}`,
      'too-large',
    );
  }
  if (whole.length > context.limits.maxHeldBytes) {
    throw new LimitError('has a directory too large to hold', 'too-large');
  }
  const shift = whole.recordAt - whole.length - whole.start;
  if (shift < 0) {
    throw new PartError('its directory does not fit', 'archive-corrupt');
  }
  const start = whole.start + shift;
  const bytes = await source.read(start, whole.length);
  const entries = [...parseEntries(bytes, start, shift)];
  if (entries.length !== whole.count) {
    context.report(
      'archive-disagreement',
      `its end counts ${whole.count} members, its directory lists ${entries.length}`,
      { offset: endAt },
    );
  }
  const commentEnd = endAt + END_SIZE + end.readUInt16LE(20);
  if (commentEnd > source.size) {
    context.report('archive-disagreement', 'its comment ends beyond the file', {
      offset: endAt,
    });
  }
  return { entries, start, end: Math.min(commentEnd, source.size) };
}

interface End {
  count: number;
  length: number;
  start: number;
  /** Where the directory ends and the first of the closing records begins. */
  recordAt: number;
}

async function endOf(
  source: ByteSource,
  endAt: number,
  end: Buffer,
  context: ScanContext,
): Promise<End> {
  const small = {
    count: end.readUInt16LE(10),
    length: end.readUInt32LE(12),
    start: end.readUInt32LE(16),
    recordAt: endAt,
  };
  const locator =
    endAt >= 20 ? await source.read(endAt - 20, 20) : Buffer.alloc(20);
  if (locator.readUInt32LE(0) !== LOCATOR) return small;
  const named = Number(locator.readBigUInt64LE(8));
  // With data before the zip the offset is too small; the record is right here.
  for (const at of [named, endAt - 20 - 56]) {
    if (at < 0 || at + 56 > endAt - 20) continue;
    const record = await source.read(at, 56);
    if (record.readUInt32LE(0) !== END_64) continue;
    const large = {
      count: Number(record.readBigUInt64LE(32)),
      length: Number(record.readBigUInt64LE(40)),
      start: Number(record.readBigUInt64LE(48)),
      recordAt: at,
    };
    const agrees =
      agree(small.count, large.count, 0xffff) &&
      agree(small.length, large.length, MOST) &&
      agree(small.start, large.start, MOST);
    if (!agrees || at + 12 + Number(record.readBigUInt64LE(4)) !== endAt - 20) {
      context.report(
        'archive-disagreement',
        'its two closing records say different things',
        { offset: at },
      );
    }
    return large;
  }
  throw new PartError('a closing record is missing', 'archive-corrupt');
}

function* parseEntries(
  bytes: Buffer,
  start: number,
  shift: number,
): Iterable<ZipEntry> {
  for (let at = 0; at < bytes.length; ) {
    if (
      at + CENTRAL_SIZE > bytes.length ||
      bytes.readUInt32LE(at) !== CENTRAL
    ) {
      throw new PartError(
        `its directory breaks off at ${start + at}`,
        'archive-corrupt',
      );
    }
    const nameEnd = at + CENTRAL_SIZE + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const end = extraEnd + bytes.readUInt16LE(at + 32);
    if (end > bytes.length) {
      throw new PartError('its directory breaks off', 'archive-corrupt');
    }
    const rawName = bytes.subarray(at + CENTRAL_SIZE, nameEnd);
    const extra = bytes.subarray(nameEnd, extraEnd);
    const flags = bytes.readUInt16LE(at + 8);
    const sizes = zip64Sizes(extra, {
      size: bytes.readUInt32LE(at + 24),
      packed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    yield {
      at: start + at,
      rawName,
      name: decodeName(rawName, flags, extra),
      flags,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: sizes.packed,
      size: sizes.size,
      offset: sizes.offset + shift,
      extra,
      isLink: ((bytes.readUInt32LE(at + 38) >>> 16) & 0xf000) === 0xa000,
    };
    at = end;
  }
}
