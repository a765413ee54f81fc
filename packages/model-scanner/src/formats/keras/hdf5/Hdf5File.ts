import { PartError, type ScanContext } from '../../../engine/FormatReader';
import type { ByteSource } from '../../../source';

/** A structure of HDF5 that is not what the format prescribes. */
export class Hdf5Error extends PartError {
  constructor(message: string) {
    super(message, 'hdf5-corrupt');
  }
}

/** No structure that describes data is larger. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Structures are small and lie together. */
const PAGE = 64 * 1024;
const MOST_PAGES = 64;

/** Reads values one after another. */
export class Hdf5Bytes {
  readonly bytes: Buffer;
  readonly #file: Pick<Hdf5File, 'offsetSize' | 'lengthSize'>;
  at = 0;

  constructor(
    bytes: Buffer,
    file: Pick<Hdf5File, 'offsetSize' | 'lengthSize'>,
  ) {
    this.bytes = bytes;
    this.#file = file;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  take(length: number): Buffer {
    if (length < 0 || length > this.left) {
      throw new Hdf5Error('a structure ends too soon');
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** Skips to a multiple of eight. */
  align(): void {
    this.skip(Math.min(this.left, (8 - (this.at % 8)) % 8));
  }

  uint(size: number): number {
    const bytes = this.take(size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i];
    return value;
  }

  /** An address, or nothing where it is the one that stands for none. */
  address(): number | undefined {
    const bytes = this.take(this.#file.offsetSize);
    if (bytes.every(byte => byte === 0xff)) return undefined;
    const value = new Hdf5Bytes(bytes, this.#file).uint(bytes.length);
    if (!Number.isSafeInteger(value)) throw new Hdf5Error('a wrong address');
    return value;
  }

  length(): number {
    return this.uint(this.#file.lengthSize);
  }

  text(length: number): string {
    return this.take(length).toString('latin1');
  }

  /** The next bytes, as a reader of their own. */
  part(length: number): Hdf5Bytes {
    return new Hdf5Bytes(this.take(length), this.#file);
  }
}

/** Bytes of an HDF5 file by the addresses that it uses itself. */
export class Hdf5File {
  readonly #source: ByteSource;
  readonly #context: ScanContext;
  readonly #pages = new Map<number, Buffer>();
  /** Where the superblock is, from where addresses count. */
  readonly base: number;
  /** Bytes of an address. */
  readonly offsetSize: number;
  /** Bytes of a length. */
  readonly lengthSize: number;

  constructor(
    source: ByteSource,
    context: ScanContext,
    options: { base: number; offsetSize: number; lengthSize: number },
  ) {
    this.#source = source;
    this.#context = context;
    this.base = options.base;
    this.offsetSize = options.offsetSize;
    this.lengthSize = options.lengthSize;
  }

  async read(
    address: number,
    length: number,
    most = MOST_BYTES,
  ): Promise<Hdf5Bytes> {
    this.#context.signal?.throwIfAborted();
    if (length > most) throw new Hdf5Error('a structure is too large');
    const at = this.base + address;
    if (!Number.isSafeInteger(at) || at + length > this.#source.size) {
      throw new Hdf5Error('an address leads beyond the file');
    }
    const bytes =
      length > PAGE
        ? await this.#source.read(at, length)
        : await this.#small(at, length);
    if (bytes.length < length) throw new Hdf5Error('the file ends too soon');
    return new Hdf5Bytes(bytes, this);
  }

  async #small(at: number, length: number): Promise<Buffer> {
    const first = Math.floor(at / PAGE);
    const page = await this.#page(first);
    const from = at - first * PAGE;
    const part = page.subarray(from, from + length);
    if (part.length === length || page.length < PAGE) return part;
    const next = await this.#page(first + 1);
    return Buffer.concat([part, next.subarray(0, length - part.length)]);
  }

  async #page(number: number): Promise<Buffer> {
    const known = this.#pages.get(number);
    if (known) return known;
    const page = await this.#source.read(number * PAGE, PAGE);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= MOST_PAGES) this.#pages.delete(oldest);
    this.#pages.set(number, page);
    return page;
  }

  /** As {@link read}, after its mark was seen. */
  async readMarked(
    mark: string,
    address: number,
    length: number,
  ): Promise<Hdf5Bytes> {
    const bytes = await this.read(address, length);
    if (bytes.text(mark.length) !== mark) {
      throw new Hdf5Error(`there is no ${mark} where one should be`);
    }
    return bytes;
  }

  /** As {@link read}, and less where the file ends before. */
  async readUpTo(address: number, length: number): Promise<Hdf5Bytes> {
    const rest = this.#source.size - this.base - address;
    return this.read(address, Math.max(0, Math.min(length, rest)));
  }
}

/** Bytes that a number up to this takes. */
export const bytesFor = (limit: number) =>
  Math.floor(Math.floor(Math.log2(Math.max(1, limit))) / 8) + 1;

/** Text up to its first zero. */
export const untilZero = (bytes: Buffer) => {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
};
