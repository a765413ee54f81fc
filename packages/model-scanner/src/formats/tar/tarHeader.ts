export const BLOCK = 512;

/** A field of a tar's header: octal digits, or a big number with its top bit set. */
export function tarNumber(field: Buffer): number | undefined {
  if (field[0] & 0x80) {
    if (field[0] !== 0x80) return undefined;
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trimStart();
  if (text === '') return 0;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** Whether the checksum fits, by unsigned or, as old programs did, signed bytes. */
export function hasChecksum(header: Buffer): boolean {
  const told = tarNumber(header.subarray(148, 156));
  if (told === undefined || told === 0) return false;
  let unsigned = 8 * 0x20;
  let signed = unsigned;
  for (let at = 0; at < BLOCK; at++) {
    if (at >= 148 && at < 156) continue;
    unsigned += header[at];
    signed += header.readInt8(at);
  }
  return told === unsigned || told === signed;
}

const hasMark = (header: Buffer) =>
  header.toString('latin1', 257, 262) === 'ustar';

/** Whether a file begins with a member of a tar. */
export const isTar = (head: Buffer) =>
  head.length >= BLOCK && (hasMark(head) || hasChecksum(head));

const textOf = (field: Buffer) => {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
};

/** A member as its header tells. */
export interface TarHeader {
  name: string;
  size: number;
  type: string;
  link: string;
  isValid: boolean;
}

/** Source: POSIX.1-2017, pax, "ustar Interchange Format". */
export function readHeader(header: Buffer): TarHeader {
  const name = textOf(header.subarray(0, 100));
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? textOf(header.subarray(345, 500)) : '';
  const size = tarNumber(header.subarray(124, 136));
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size: size ?? 0,
    type: String.fromCharCode(header[156] || 0x30),
    link: textOf(header.subarray(157, 257)),
    isValid: size !== undefined && hasChecksum(header),
  };
}
