import { recordsOf } from './btree2';
import { FractalHeap } from './FractalHeap';
import { Hdf5Bytes, Hdf5Error, Hdf5File, untilZero } from './Hdf5File';

/** What a group holds under a name. */
export interface Hdf5Link {
  name: string;
  /** Where the object is; nothing for links that are followed by name. */
  target?: number;
  /** Another file that it leads to. */
  external?: string;
  /** Tree and heap of a group, which old files repeat beside its name. */
  cached?: { tree: number; heap: number };
}

const MOST_LINKS = 500_000;
const LONGEST_HEAP = 16 * 1024 * 1024;

/**
 * Links of a group as HDF5 wrote them first.
 *
 * Source: HDF5 File Format Specification 3.0, III.A.1, III.B to III.D.
 */
export async function* linksOfTree(
  file: Hdf5File,
  { tree, heap }: { tree: number; heap: number },
): AsyncGenerator<Hdf5Link> {
  const names = await readLocalHeap(file, heap);
  const open = [tree];
  const seen = new Set<number>();
  let links = 0;
  while (open.length > 0) {
    const at = open.pop() as number;
    if (seen.has(at)) throw new Hdf5Error('a group leads in circles');
    seen.add(at);
    const head = await file.readMarked('TREE', at, 8 + 2 * file.offsetSize);
    if (head.uint(1) !== 0) throw new Hdf5Error('a group has a tree of data');
    const level = head.uint(1);
    const used = head.uint(2);
    const size = used * (file.lengthSize + file.offsetSize) + file.lengthSize;
    const body = await file.read(at + 8 + 2 * file.offsetSize, size);
    for (let i = 0; i < used; i++) {
      body.skip(file.lengthSize);
      const child = body.address();
      if (child === undefined) continue;
      if (level > 0) open.push(child);
      else {
        for await (const link of symbols(file, child, names)) {
          links += 1;
          if (links > MOST_LINKS) throw new Hdf5Error('a group is too large');
          yield link;
        }
      }
    }
  }
}

async function* symbols(
  file: Hdf5File,
  address: number,
  names: Buffer,
): AsyncGenerator<Hdf5Link> {
  const head = await file.readMarked('SNOD', address, 8);
  head.skip(2);
  const count = head.uint(2);
  const entry = 2 * file.offsetSize + 24;
  const body = await file.read(address + 8, count * entry);
  for (let i = 0; i < count; i++) {
    const one = body.part(entry);
    const nameAt = one.uint(file.offsetSize);
    const target = one.address();
    const kind = one.uint(4);
    one.skip(4);
    const [first, second] =
      kind === 1 ? [one.address(), one.address()] : [undefined, undefined];
    if (nameAt >= names.length) throw new Hdf5Error('a link has no name');
    yield {
      name: untilZero(names.subarray(nameAt, nameAt + 4096)),
      ...(kind !== 2 && target !== undefined && { target }),
      ...(first !== undefined &&
        second !== undefined && { cached: { tree: first, heap: second } }),
    };
  }
}

/** Names of a group, and of files that lie elsewhere. */
export async function readLocalHeap(
  file: Hdf5File,
  address: number,
): Promise<Buffer> {
  const size = 8 + 2 * file.lengthSize + file.offsetSize;
  const head = await file.readMarked('HEAP', address, size);
  head.skip(4);
  const length = head.length();
  head.skip(file.lengthSize);
  const at = head.address();
  if (at === undefined || length > LONGEST_HEAP) {
    throw new Hdf5Error('the names of a group are nowhere');
  }
  return (await file.read(at, length)).bytes;
}

/** Links of a group in a heap of their own; nothing where they are in its header. */
export async function* linksOfInfo(
  file: Hdf5File,
  info: Hdf5Bytes,
): AsyncGenerator<Hdf5Link> {
  info.skip(1);
  if (info.uint(1) & 1) info.skip(8);
  const heapAt = info.address();
  const treeAt = info.address();
  if (heapAt === undefined || treeAt === undefined) return;
  const heap = await FractalHeap.open(file, heapAt);
  for await (const { type, record } of recordsOf(file, treeAt)) {
    if (type !== 5) throw new Hdf5Error('the names of a group are no names');
    record.skip(4);
    yield readLink(await heap.read(record));
  }
}

const HARD = 0;
const SOFT = 1;
const EXTERNAL = 64;

/** Source: HDF5 File Format Specification 3.0, IV.A.2.g "The Link Message". */
export function readLink(body: Hdf5Bytes): Hdf5Link {
  if (body.uint(1) !== 1) throw new Hdf5Error('a link is of another version');
  const flags = body.uint(1);
  const kind = flags & 8 ? body.uint(1) : HARD;
  if (flags & 4) body.skip(8);
  if (flags & 16) body.skip(1);
  const name = body.take(body.uint(1 << (flags & 3))).toString('utf8');
  if (kind === HARD) {
    const target = body.address();
    return { name, ...(target !== undefined && { target }) };
  }
  if (kind === SOFT) return { name };
  if (kind !== EXTERNAL) {
    return { name, external: `what the link type ${kind} makes of it` };
  }
  const value = body.take(body.uint(2));
  return { name, external: untilZero(value.subarray(1)) };
}
