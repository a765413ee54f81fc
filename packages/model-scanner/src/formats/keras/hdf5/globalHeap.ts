import { Hdf5Error, Hdf5File } from './Hdf5File';

const MOST_COLLECTION = 16 * 1024 * 1024;

/**
 * A value of variable length.
 *
 * Source: HDF5 File Format Specification 3.0, III.E "Global Heap".
 */
export async function readGlobal(
  file: Hdf5File,
  address: number,
  index: number,
  mostHeld: number,
): Promise<Buffer> {
  const head = await file.readMarked('GCOL', address, 8 + file.lengthSize);
  head.skip(4);
  const end = address + head.length();
  const step = 8 + file.lengthSize;
  for (let at = address + step; at + step <= end; ) {
    const object = await file.read(at, step);
    const number = object.uint(2);
    object.skip(6);
    const size = object.length();
    if (number === 0) break;
    if (number === index) {
      if (at + step + size > end) break;
      return (await file.read(at + step, size, mostHeld)).bytes;
    }
    at += step + Math.ceil(size / 8) * 8;
  }
  throw new Hdf5Error('a value is not where it says');
}

/** Every value of a collection that is as it should be. */
export async function* readLocalCollection(
  file: Hdf5File,
  address: number,
): AsyncGenerator<{ at: number; bytes: Buffer }> {
  const step = 8 + file.lengthSize;
  const head = await file.readUpTo(address, step);
  if (head.left < step) return;
  head.skip(8);
  const size = head.length();
  if (size > MOST_COLLECTION) return;
  const whole = await file.readUpTo(address, size);
  whole.skip(Math.min(step, whole.left));
  while (whole.left >= step) {
    const number = whole.uint(2);
    whole.skip(6);
    const length = whole.length();
    if (number === 0 || length > whole.left) return;
    yield { at: address + whole.at, bytes: whole.take(length) };
    whole.skip(Math.min(whole.left, (8 - (length % 8)) % 8));
  }
}
