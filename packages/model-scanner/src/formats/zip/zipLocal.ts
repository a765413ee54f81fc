import { PartError, type ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { shownName } from '../archive/names';
import { decodeName, LOCAL, type ZipEntry } from './zipDirectory';
import { extraField, zip64Sizes } from './zipExtra';

/** A member as the header before it tells. */
export interface LocalHeader {
  rawName: Buffer;
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  extra: Buffer;
  /** Where the content begins. */
  dataAt: number;
}

const LOCAL_SIZE = 30;
/** The sizes follow the content. */
export const DESCRIBED_AFTER = 8;
const ENCRYPTED = 0x1 | 0x40 | 0x2000;
/** Flags that say how hard a compressor tried, and nothing else. */
const EFFORT = 0x6;
const UNICODE_PATH = 0x7075;

export const isEncrypted = ({ flags }: { flags: number }) =>
  (flags & ENCRYPTED) !== 0;

/** @throws PartError when there is no header */
export async function readLocal(
  source: ByteSource,
  at: number,
): Promise<LocalHeader> {
  let bytes = await source.read(at, 512);
  if (bytes.length < LOCAL_SIZE || !bytes.subarray(0, 4).equals(LOCAL)) {
    throw new PartError('no header stands before it', 'archive-corrupt');
  }
  const nameEnd = LOCAL_SIZE + bytes.readUInt16LE(26);
  const end = nameEnd + bytes.readUInt16LE(28);
  if (end > bytes.length) bytes = await source.read(at, end);
  if (end > bytes.length) {
    throw new PartError('its header breaks off', 'archive-corrupt');
  }
  const rawName = bytes.subarray(LOCAL_SIZE, nameEnd);
  const extra = bytes.subarray(nameEnd, end);
  const flags = bytes.readUInt16LE(6);
  return {
    rawName,
    name: decodeName(rawName, flags, extra),
    flags,
    method: bytes.readUInt16LE(8),
    crc: bytes.readUInt32LE(14),
    ...zip64Sizes(extra, {
      size: bytes.readUInt32LE(22),
      packed: bytes.readUInt32LE(18),
    }),
    extra,
    dataAt: at + end,
  };
}

/**
 * Tells where the header before a member and the directory differ. Returns
 * where the member ends, with the record that may follow it.
 */
export async function compareHeaders(
  source: ByteSource,
  entry: ZipEntry,
  local: LocalHeader,
  context: ScanContext,
): Promise<number> {
  const differences: string[] = [];
  const compare = (what: string, here: unknown, there: unknown) => {
    if (here !== there) {
      differences.push(`${what} ${String(here)} and ${String(there)}`);
    }
  };
  if (!local.rawName.equals(entry.rawName)) {
    compare('name', shownName(local.name), `${shownName(entry.name)} `);
  }
  for (const { extra, rawName } of [entry, local]) {
    const path = extraField(extra, UNICODE_PATH)?.subarray(5);
    if (path && !path.equals(rawName)) {
      compare('name', shownName(rawName.toString()), shownName(`${path} `));
    }
  }
  compare('method', local.method, entry.method);
  compare('flags', local.flags & ~EFFORT, entry.flags & ~EFFORT);
  const isAfter = (local.flags & DESCRIBED_AFTER) !== 0;
  if (!isAfter || local.crc !== 0) compare('checksum', local.crc, entry.crc);
  if (!isAfter || local.packed !== 0) {
    compare('packed size', local.packed, entry.packed);
  }
  if (!isAfter || local.size !== 0) compare('size', local.size, entry.size);
  const dataEnd = local.dataAt + entry.packed;
  const end = isAfter ? await describedEnd(source, entry, dataEnd) : dataEnd;
  if (end === undefined) differences.push('the sizes after it');
  if (differences.length > 0) {
    context.report(
      'archive-disagreement',
      `header and directory disagree on ${shownName(
        entry.name,
      )}: ${differences.join('; ')}`,
      { offset: entry.at },
    );
  }
  return end ?? dataEnd;
}

/** Where the record ends that repeats the sizes; nothing when it says others. */
async function describedEnd(
  source: ByteSource,
  { crc, packed, size }: ZipEntry,
  at: number,
): Promise<number | undefined> {
  const bytes = await source.read(at, 24);
  for (const mark of [4, 0]) {
    if (mark && bytes.toString('latin1', 0, 4) !== 'PK\x07\x08') continue;
    for (const width of [4, 8]) {
      const end = mark + 4 + 2 * width;
      if (end > bytes.length || bytes.readUInt32LE(mark) !== crc) continue;
      const [first, second] = [mark + 4, mark + 4 + width].map(from =>
        width === 4
          ? bytes.readUInt32LE(from)
          : Number(bytes.readBigUInt64LE(from)),
      );
      if (first === packed && second === size) return at + end;
    }
  }
  return undefined;
}
