import { PickleError } from './PickleError';

/** Reads the length of a value; more than can be counted is no length. */
export function readLength(
  bytes: Buffer,
  at: number,
  width: 1 | 4 | 8,
): number {
  if (width === 1) return bytes[at];
  if (width === 4) return bytes.readUInt32LE(at);
  const length = bytes.readBigUInt64LE(at);
  if (length > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new PickleError('a length is out of all bounds');
  }
  return Number(length);
}

/** Where the next line begins; 0 when this one has no end yet. */
export const lineEnd = (bytes: Buffer, from: number) =>
  bytes.indexOf(0x0a, from) + 1;
