import { recordsOf } from './btree2';
import { bytesFor, Hdf5Bytes, Hdf5Error, Hdf5File } from './Hdf5File';

const DEEPEST = 16;

/**
 * Where links and attributes are kept when there are many of them.
 *
 * Source: HDF5 File Format Specification 3.0, III.G "Fractal Heap".
 */
export class FractalHeap {
  static async open(file: Hdf5File, address: number): Promise<FractalHeap> {
    const { offsetSize: o, lengthSize: l } = file;
    const head = await file.readMarked('FRHP', address, 26 + 12 * l + 3 * o);
    head.skip(1);
    const idLength = head.uint(2);
    if (head.uint(2) !== 0) throw new Hdf5Error('a heap is packed');
    head.skip(1);
    const mostManaged = head.uint(4);
    head.skip(l);
    const hugeTree = head.address();
    head.skip(l + o + 8 * l);
    const width = head.uint(2);
    const startSize = head.length();
    const mostDirect = head.length();
    const bits = head.uint(2);
    head.skip(2);
    const root = head.address();
    const rows = head.uint(2);
    if (width === 0 || startSize === 0 || mostDirect < startSize || bits > 64) {
      throw new Hdf5Error('a heap has odd sizes');
    }
    return new FractalHeap(file, {
      idLength,
      hugeTree,
      width,
      startSize,
      mostDirect,
      root,
      rows,
      offsetBytes: Math.ceil(bits / 8),
      lengthBytes: Math.min(
        Math.ceil(Math.log2(mostDirect) / 8),
        bytesFor(mostManaged),
      ),
    });
  }

  private constructor(
    readonly file: Hdf5File,
    readonly layout: {
      idLength: number;
      hugeTree: number | undefined;
      width: number;
      startSize: number;
      mostDirect: number;
      root: number | undefined;
      rows: number;
      offsetBytes: number;
      lengthBytes: number;
    },
  ) {}

  /** The object of an id. */
  async read(id: Hdf5Bytes): Promise<Hdf5Bytes> {
    const first = id.uint(1);
    const kind = (first >> 4) & 3;
    if (first >> 6 !== 0 || kind === 3) {
      throw new Hdf5Error('an object of a heap is of an unknown kind');
    }
    if (kind === 2) return id.part(Math.min(id.left, (first & 15) + 1));
    if (kind === 1) return this.#readHuge(id);
    const offset = id.uint(this.layout.offsetBytes);
    const length = id.uint(this.layout.lengthBytes);
    const { root, rows } = this.layout;
    if (root === undefined) throw new Hdf5Error('a heap is empty');
    if (rows === 0) return this.file.read(root + offset, length);
    const place = await this.#locate(root, rows, offset, 0);
    return this.file.read(place, length);
  }

  async #readHuge(id: Hdf5Bytes): Promise<Hdf5Bytes> {
    const { offsetSize, lengthSize } = this.file;
    if (id.left >= offsetSize + lengthSize) {
      const at = id.address();
      return this.file.read(at ?? Number.NaN, id.length());
    }
    const { hugeTree } = this.layout;
    const key = id.uint(Math.min(id.left, lengthSize));
    if (hugeTree === undefined) throw new Hdf5Error('a heap lacks its tree');
    for await (const { type, record } of recordsOf(this.file, hugeTree)) {
      if (type !== 1) throw new Hdf5Error('a heap is packed');
      const at = record.address();
      const length = record.length();
      if (record.length() === key) {
        return this.file.read(at ?? Number.NaN, length);
      }
    }
    throw new Hdf5Error('an object is not in its heap');
  }

  /** Rows double in size; the first two are alike. */
  async #locate(
    address: number,
    rows: number,
    offset: number,
    depth: number,
  ): Promise<number> {
    const { width, startSize, mostDirect, offsetBytes } = this.layout;
    if (depth > DEEPEST) throw new Hdf5Error('a heap is too deep');
    const directRows = Math.log2(mostDirect) - Math.log2(startSize) + 2;
    let [row, rowStart] = [0, 0];
    const sizeOf = (of: number) => startSize * 2 ** Math.max(0, of - 1);
    while (row < rows && rowStart + width * sizeOf(row) <= offset) {
      rowStart += width * sizeOf(row);
      row += 1;
    }
    if (row >= rows) throw new Hdf5Error('an object is not in its heap');
    const column = Math.floor((offset - rowStart) / sizeOf(row));
    const within = offset - rowStart - column * sizeOf(row);
    const { offsetSize } = this.file;
    const at = 5 + offsetSize + offsetBytes;
    const bytes = await this.file.readMarked(
      'FHIB',
      address,
      at + (row * width + column + 1) * offsetSize,
    );
    bytes.at = at + (row * width + column) * offsetSize;
    const child = bytes.address();
    if (child === undefined) throw new Hdf5Error('a heap lacks a block');
    if (row < directRows) return child + within;
    const childRows = Math.log2(sizeOf(row)) - Math.log2(startSize * width) + 1;
    return this.#locate(child, childRows, within, depth + 1);
  }
}
