import type { ScanContext } from '../../../engine/FormatReader';
import type { ByteSource } from '../../../source';
import { Hdf5Bytes, Hdf5Error, Hdf5File } from './Hdf5File';

export const MARK = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** Readers look for the mark at 0, 512 and every double of it. */
export function superblockIn(head: Buffer): number | undefined {
  for (let at = 0; at + 8 <= head.length; at = at === 0 ? 512 : at * 2) {
    if (head.subarray(at, at + 8).equals(MARK)) return at;
  }
  return undefined;
}

/** What the superblock leads to. */
export interface Superblock {
  file: Hdf5File;
  root: number;
  /** A group's tree and heap, which old files repeat here. */
  cached?: { tree: number; heap: number };
  /** More about the file, in an object header. */
  extension?: number;
  /** Where the file ends by its own account. */
  end: number;
}

/** Source: HDF5 File Format Specification 3.0, II.A "Superblock". */
export async function readSuperblock(
  source: ByteSource,
  base: number,
  context: ScanContext,
): Promise<Superblock> {
  const head = await source.read(base + 8, 256);
  const version = head[0];
  const isOld = version === 0 || version === 1;
  if (!isOld && version !== 2 && version !== 3) {
    throw new Hdf5Error(`the superblock is of version ${version}`);
  }
  const [offsetSize, lengthSize] = isOld
    ? [head[5], head[6]]
    : [head[1], head[2]];
  if (![2, 4, 8].includes(offsetSize) || ![2, 4, 8].includes(lengthSize)) {
    throw new Hdf5Error('addresses have an odd size');
  }
  const file = new Hdf5File(source, context, { base, offsetSize, lengthSize });
  const bytes = new Hdf5Bytes(head, file);
  bytes.skip(isOld ? 16 + 4 * version : 4);
  // Where the file says that it begins; it may have been moved since.
  const shift = base - (bytes.address() ?? base);
  if (!isOld) {
    const extension = bytes.address();
    const end = bytes.address();
    const root = bytes.address();
    if (root === undefined) throw new Hdf5Error('there is no root');
    return {
      file,
      root,
      end: (end ?? 0) + shift,
      ...(extension !== undefined && { extension }),
    };
  }
  bytes.address();
  const end = bytes.address();
  if (bytes.address() !== undefined) {
    throw new Hdf5Error('the data is spread over several files');
  }
  bytes.skip(offsetSize);
  const root = bytes.address();
  if (root === undefined) throw new Hdf5Error('there is no root');
  const kind = bytes.uint(4);
  bytes.skip(4);
  const [tree, heap] = [bytes.address(), bytes.address()];
  return {
    file,
    root,
    end: (end ?? 0) + shift,
    ...(kind === 1 &&
      tree !== undefined &&
      heap !== undefined && { cached: { tree, heap } }),
  };
}
