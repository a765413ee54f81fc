import { bytesFor, Hdf5Bytes, Hdf5Error, Hdf5File } from './Hdf5File';

const MOST_RECORDS = 200_000;
const DEEPEST = 16;
/** Mark, version, type and checksum of a node. */
const OVERHEAD = 10;

/**
 * Records of a B-tree of version 2.
 *
 * Source: HDF5 File Format Specification 3.0, III.A.2 "Version 2 B-trees".
 */
export async function* recordsOf(
  file: Hdf5File,
  address: number,
): AsyncGenerator<{ type: number; record: Hdf5Bytes }> {
  const size = 16 + file.offsetSize + 2 + file.lengthSize + 4;
  const head = await file.readMarked('BTHD', address, size);
  head.skip(1);
  const type = head.uint(1);
  const nodeSize = head.uint(4);
  const recordSize = head.uint(2);
  const depth = head.uint(2);
  head.skip(2);
  const root = head.address();
  const count = head.uint(2);
  if (root === undefined) return;
  if (recordSize === 0 || depth > DEEPEST || nodeSize < OVERHEAD) {
    throw new Hdf5Error('a tree has odd sizes');
  }
  const levels = levelsOf(file, nodeSize, recordSize, depth);
  const open = [{ at: root, count, depth }];
  const seen = new Set<number>();
  let records = 0;
  while (open.length > 0) {
    const node = open.pop() as (typeof open)[0];
    if (seen.has(node.at)) throw new Hdf5Error('a tree leads in circles');
    seen.add(node.at);
    const mark = node.depth === 0 ? 'BTLF' : 'BTIN';
    const bytes = await file.readMarked(mark, node.at, nodeSize);
    bytes.skip(2);
    for (let i = 0; i < node.count; i++) {
      records += 1;
      if (records > MOST_RECORDS) throw new Hdf5Error('a tree is too large');
      yield { type, record: bytes.part(recordSize) };
    }
    if (node.depth === 0) continue;
    for (let i = 0; i <= node.count; i++) {
      const at = bytes.address();
      const within = bytes.uint(levels[node.depth - 1].countSize);
      if (node.depth > 1) bytes.skip(levels[node.depth - 1].allSize);
      if (at === undefined) throw new Hdf5Error('a tree lacks a node');
      open.push({ at, count: within, depth: node.depth - 1 });
    }
  }
}

/** How many bytes nodes take to tell of the records below them. */
function levelsOf(
  file: Hdf5File,
  nodeSize: number,
  recordSize: number,
  depth: number,
) {
  const most = Math.floor((nodeSize - OVERHEAD) / recordSize);
  const countSize = bytesFor(most);
  const levels = [{ most, all: most, countSize, allSize: 0 }];
  for (let level = 1; level <= depth; level++) {
    const below = levels[level - 1];
    const pointer = file.offsetSize + countSize + below.allSize;
    const here = Math.floor(
      (nodeSize - (OVERHEAD + pointer)) / (recordSize + pointer),
    );
    const all = (here + 1) * below.all + here;
    levels.push({ most: here, all, countSize, allSize: bytesFor(all) });
  }
  return levels;
}
