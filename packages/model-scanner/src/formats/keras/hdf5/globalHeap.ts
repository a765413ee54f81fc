import { Hdf5Error, Hdf5File } from './Hdf5File';

const MOST_COLLECTION = 16 * 1024 * 1024;

type Collection = Map<number, { at: number; size: number }>;

/** Where values are is kept for so many, and told anew for others. */
const MOST_HELD = 100_000;
const MOST_READ = 5_000_000;

/** Values of variable length, which lie together in collections. */
export class GlobalHeap {
  readonly #file: Hdf5File;
  readonly #collections = new Map<number, Collection>();
  #held = 0;
  #read = 0;

  constructor(file: Hdf5File) {
    this.#file = file;
  }

  /**
   * A value.
   *
   * Source: HDF5 File Format Specification 3.0, III.E "Global Heap".
   */
  async read(
    address: number,
    index: number,
    mostHeld: number,
  ): Promise<Buffer> {
    const known = this.#collections.get(address);
    const value = (known ?? (await this.#index(address))).get(index);
    if (!value) throw new Hdf5Error('a value is not where it says');
    return (await this.#file.read(value.at, value.size, mostHeld)).bytes;
  }

  async #index(address: number): Promise<Collection> {
    const step = 8 + this.#file.lengthSize;
    const head = await this.#file.readMarked('GCOL', address, step);
    head.skip(4);
    const end = address + head.length();
    const values: Collection = new Map();
    for (let at = address + step; at + step <= end; ) {
      const object = await this.#file.read(at, step);
      const number = object.uint(2);
      object.skip(6);
      const size = object.length();
      if (number === 0 || at + step + size > end) break;
      values.set(number, { at: at + step, size });
      at += step + Math.ceil(size / 8) * 8;
      this.#read += 1;
      if (this.#read > MOST_READ) throw new Hdf5Error('too many values');
    }
    if (this.#held + values.size > MOST_HELD) {
      this.#collections.clear();
      this.#held = 0;
    }
    this.#held += values.size;
    this.#collections.set(address, values);
    return values;
  }
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
