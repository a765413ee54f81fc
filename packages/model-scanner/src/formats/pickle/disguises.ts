/** Shorter ones hold nothing. */
const LEAST = 16;

/** A pickle of protocol 2 to 5, a zip or a gzip, as base64 begins them. */
const BASE64 = /^(gA[I-XYZa-f]|UEsDB|H4sI|Y[2-3][A-Za-z0-9+/_-]{2})/;
const BASE64_ONLY = /^[A-Za-z0-9+/_-]+={0,2}\s*$/;
/** The same in hex. */
const HEX = /^(800[2-5]|504b0304|1f8b08)/i;
const HEX_ONLY = /^[0-9a-f]+$/i;

/** Marks of what is no pickle and may hold one: zip, gzip, bzip2, xz, zstd, lz4, numpy, 7z. */
const PACKED = [
  'PK\x03\x04',
  '\x1f\x8b\x08',
  'BZh',
  '\xfd7zXZ\0',
  '\x28\xb5\x2f\xfd',
  '\x04\x22\x4d\x18',
  '\x93NUMPY',
  '7z\xbc\xaf',
];

/** First bytes of any of these; nearly every value is told by it alone. */
const FIRST = new Uint8Array(256);
for (const char of 'gUHY85P1\x1fB\xfd\x28\x04\x937') {
  FIRST[char.charCodeAt(0)] = 1;
}

export type Disguise = 'base64' | 'hex' | 'packed';

/** Whether a value may be something else in disguise, by its first byte. */
export const mayBeDisguised = (byte: number) => FIRST[byte] === 1;

/** What a value is in disguise, by how it begins. */
export function disguiseOf(head: Buffer): Disguise | undefined {
  if (head.length < LEAST) return undefined;
  const text = head.toString('latin1', 0, 64);
  if (PACKED.some(mark => text.startsWith(mark))) return 'packed';
  if (HEX.test(text) && HEX_ONLY.test(text)) return 'hex';
  return BASE64.test(text) && BASE64_ONLY.test(text.replace(/\s/g, ''))
    ? 'base64'
    : undefined;
}

/** The bytes that are behind it. */
export const undisguise = (bytes: Buffer, disguise: Disguise): Buffer =>
  disguise === 'packed'
    ? bytes
    : Buffer.from(bytes.toString('latin1').replace(/\s/g, ''), disguise);
