import { crc32, deflateRawSync } from 'node:zlib';

const u16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

/** A member of a zip; what is not told is what an honest writer would put. */
export interface ZipMember {
  name: string;
  data: Buffer | string;
  deflate?: boolean;
  method?: number;
  /** Written as it is instead of the packed data. */
  packed?: Buffer;
  crc?: number;
  size?: number;
  flags?: number;
  /** Differs in the header before the member. */
  local?: {
    name?: string;
    method?: number;
    flags?: number;
    crc?: number;
    size?: number;
  };
  /** Not in the directory. */
  isUnlisted?: boolean;
  externalAttributes?: number;
  /** Stands between this member and the one before. */
  before?: Buffer;
  /** Sizes follow the content. */
  isDescribedAfter?: boolean;
  extra?: Buffer;
}

export interface ZipOptions {
  before?: Buffer;
  after?: Buffer;
  comment?: Buffer;
  /** Offsets count from the beginning of the zip, not of the file. */
  isShifted?: boolean;
  count?: number;
}

/** Writes a zip byte by byte, and wrong wherever a test wants it wrong. */
export function zip(members: ZipMember[], options: ZipOptions = {}): Buffer {
  const { before = Buffer.alloc(0), isShifted = true } = options;
  const parts: Buffer[] = [before];
  const central: Buffer[] = [];
  let at = isShifted ? 0 : before.length;
  const add = (...bytes: Buffer[]) => {
    for (const part of bytes) {
      parts.push(part);
      at += part.length;
    }
  };
  for (const member of members) {
    const data = Buffer.from(member.data as string);
    const packed =
      member.packed ?? (member.deflate ? deflateRawSync(data) : data);
    const flags = (member.flags ?? 0) | (member.isDescribedAfter ? 8 : 0);
    const fields = {
      name: member.name,
      method: member.method ?? (member.deflate ? 8 : 0),
      flags,
      crc: member.crc ?? crc32(data),
      size: member.size ?? data.length,
      packed: packed.length,
    };
    const isAfter = member.isDescribedAfter;
    const local = {
      ...fields,
      ...(isAfter && { crc: 0, size: 0, packed: 0 }),
      ...member.local,
    };
    if (member.before) add(member.before);
    const offset = at;
    add(header('PK\x03\x04', local, member.extra), packed);
    if (isAfter) {
      add(
        Buffer.from('PK\x07\x08', 'latin1'),
        u32(fields.crc),
        u32(fields.packed),
        u32(fields.size),
      );
    }
    if (member.isUnlisted) continue;
    const entry = header('PK\x01\x02', fields, member.extra);
    entry.writeUInt32LE(((member.externalAttributes ?? 0) << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    central.push(entry);
  }
  const start = at;
  add(...central);
  const comment = options.comment ?? Buffer.alloc(0);
  const count = options.count ?? central.length;
  parts.push(
    Buffer.from('PK\x05\x06', 'latin1'),
    u16(0),
    u16(0),
    u16(count),
    u16(count),
    u32(at - start),
    u32(start),
    u16(comment.length),
    comment,
    options.after ?? Buffer.alloc(0),
  );
  return Buffer.concat(parts);
}

function header(
  mark: 'PK\x03\x04' | 'PK\x01\x02',
  fields: {
    name: string;
    method: number;
    flags: number;
    crc: number;
    size: number;
    packed: number;
  },
  extra = Buffer.alloc(0),
): Buffer {
  const isCentral = mark === 'PK\x01\x02';
  const name = Buffer.from(fields.name);
  return Buffer.concat([
    Buffer.from(mark, 'latin1'),
    ...(isCentral ? [u16(20)] : []),
    u16(20),
    u16(fields.flags),
    u16(fields.method),
    u32(0),
    u32(fields.crc),
    u32(fields.packed),
    u32(fields.size),
    u16(name.length),
    u16(extra.length),
    ...(isCentral ? [Buffer.alloc(14)] : []),
    name,
    extra,
  ]);
}
