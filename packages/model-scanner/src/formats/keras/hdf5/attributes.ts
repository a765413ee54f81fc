import { recordsOf } from './btree2';
import { FractalHeap } from './FractalHeap';
import type { GlobalHeap } from './globalHeap';
import { Hdf5Bytes, Hdf5Error, Hdf5File, untilZero } from './Hdf5File';
import { followShared, Message, type HeaderMessage } from './objectHeader';

/** What an object says of itself under a name. */
export interface Hdf5Attribute {
  name: string;
  /** Values that are bytes or text; numbers are not kept. */
  values: Buffer[];
  /** Holds more than was read. */
  isCut: boolean;
}

const MOST_VALUES = 10_000;

/** Attributes of an object that are kept in a heap of their own. */
export async function* attributesOfInfo(
  file: Hdf5File,
  info: Hdf5Bytes,
): AsyncGenerator<HeaderMessage> {
  info.skip(1);
  if (info.uint(1) & 1) info.skip(2);
  const heapAt = info.address();
  const treeAt = info.address();
  if (heapAt === undefined || treeAt === undefined) return;
  const heap = await FractalHeap.open(file, heapAt);
  for await (const { type, record } of recordsOf(file, treeAt)) {
    if (type !== 8) throw new Hdf5Error('the names of attributes are no names');
    const id = record.part(8);
    const isShared = (record.uint(1) & 2) !== 0;
    if (isShared) {
      throw new Hdf5Error('an attribute is shared in a way that is not read');
    }
    yield { type: Message.Attribute, body: await heap.read(id), isShared };
  }
}

/** Source: HDF5 File Format Specification 3.0, IV.A.2.m "The Attribute Message". */
export async function readAttribute(
  file: Hdf5File,
  message: HeaderMessage,
  { heap, mostHeld }: { heap: GlobalHeap; mostHeld: number },
): Promise<Hdf5Attribute> {
  const { body } = await followShared(file, message);
  const version = body.uint(1);
  if (version < 1 || version > 3) {
    throw new Hdf5Error('an attribute is of another version');
  }
  const flags = body.uint(1);
  const sizes = [body.uint(2), body.uint(2), body.uint(2)];
  if (version === 3) body.skip(1);
  const [name, type, space] = sizes.map(size => {
    const part = body.part(size);
    if (version === 1) body.align();
    return part;
  });
  const typeBody = await followShared(file, {
    type: Message.Datatype,
    body: type,
    isShared: version > 1 && (flags & 1) !== 0,
  });
  const spaceBody = await followShared(file, {
    type: Message.Dataspace,
    body: space,
    isShared: version > 1 && (flags & 2) !== 0,
  });
  const values = await readValues(
    { type: readType(typeBody.body), count: countOf(spaceBody.body) },
    body,
    { heap, mostHeld },
  );
  return { name: untilZero(name.bytes), ...values };
}

/** Types whose values are bytes. */
interface ValueType {
  kind: 'bytes' | 'variable' | 'other';
  size: number;
}

const [FIXED, TEXT, OPAQUE, VARIABLE, ARRAY] = [0, 3, 5, 9, 10];

/** Source: HDF5 File Format Specification 3.0, IV.A.2.d "The Datatype Message". */
function readType(body: Hdf5Bytes): ValueType {
  const first = body.uint(1);
  body.skip(3);
  const size = body.uint(4);
  const kind = first & 15;
  if (kind === TEXT || kind === OPAQUE) return { kind: 'bytes', size };
  if (kind === VARIABLE) return { kind: 'variable', size };
  // Bytes one by one are how others write texts.
  if (kind === FIXED && size === 1) return { kind: 'bytes', size };
  return { kind: kind === ARRAY ? 'bytes' : 'other', size };
}

function countOf(body: Hdf5Bytes): number {
  const version = body.uint(1);
  const rank = body.uint(1);
  body.skip(1);
  const kind = body.uint(1);
  if (version === 2 && kind === 2) return 0;
  if (version === 1) body.skip(4);
  let count = 1;
  for (let i = 0; i < rank; i++) count *= body.length();
  return count;
}

async function readValues(
  { type, count }: { type: ValueType; count: number },
  body: Hdf5Bytes,
  { heap, mostHeld }: { heap: GlobalHeap; mostHeld: number },
): Promise<Pick<Hdf5Attribute, 'values' | 'isCut'>> {
  if (type.kind === 'other' || count === 0) return { values: [], isCut: false };
  if (type.kind === 'bytes') {
    const all = body.take(Math.min(body.left, count * type.size));
    if (type.size <= 1) return { values: [all], isCut: false };
    const values: Buffer[] = [];
    for (let at = 0; at < all.length && values.length < MOST_VALUES; ) {
      values.push(all.subarray(at, at + type.size));
      at += type.size;
    }
    return { values, isCut: values.length < count };
  }
  const values: Buffer[] = [];
  let held = 0;
  for (let i = 0; i < Math.min(count, MOST_VALUES); i++) {
    const length = body.uint(4);
    const address = body.address();
    const index = body.uint(4);
    if (length === 0 || !address) continue;
    held += length;
    if (held > mostHeld) return { values, isCut: true };
    values.push(await heap.read(address, index, mostHeld));
  }
  return { values, isCut: count > MOST_VALUES };
}
