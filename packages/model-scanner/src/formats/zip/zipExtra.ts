import { PartError } from '../../engine/FormatReader';

/** The field of this kind among the extra fields of a header. */
export function extraField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

const MOST = 0xffffffff;

/**
 * Sizes of which those that do not fit stand in an extra field, in this order.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10, 4.5.3.
 */
export function zip64Sizes<T extends Record<string, number>>(
  extra: Buffer,
  sizes: T,
): T {
  const field = extraField(extra, 1);
  let at = 0;
  const entries = Object.entries(sizes).map(([key, value]) => {
    if (value !== MOST || !field) return [key, value];
    if (at + 8 > field.length) {
      throw new PartError('a size of 64 bits is missing', 'archive-corrupt');
    }
    const large = Number(field.readBigUInt64LE(at));
    at += 8;
    if (!Number.isSafeInteger(large)) {
      throw new PartError('a size is out of all bounds', 'archive-corrupt');
    }
    return [key, large];
  });
  return Object.fromEntries(entries) as T;
}
