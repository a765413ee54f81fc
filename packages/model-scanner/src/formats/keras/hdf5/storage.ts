import { Hdf5Bytes, Hdf5Error } from './Hdf5File';

/** Filters that are part of HDF5, and LZF, which h5py brings. */
const BUILT_IN = new Set([1, 2, 3, 4, 5, 6, 32000]);

/** Source: HDF5 File Format Specification 3.0, IV.A.2.l "The Filter Pipeline Message". */
export function foreignFilters(body: Hdf5Bytes): number[] {
  const version = body.uint(1);
  if (version !== 1 && version !== 2) {
    throw new Hdf5Error('filters are of another version');
  }
  const count = body.uint(1);
  if (version === 1) body.skip(6);
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    const id = body.uint(2);
    const hasName = version === 1 || id >= 256;
    const nameLength = hasName ? body.uint(2) : 0;
    body.skip(2);
    const values = body.uint(2);
    body.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    body.skip(Math.min(body.left, 4 * values));
    if (version === 1 && values % 2 === 1) body.skip(Math.min(body.left, 4));
    if (!BUILT_IN.has(id)) ids.push(id);
  }
  return ids;
}

const VIRTUAL = 3;

/** Whether data is put together from other files. */
export function isVirtual(body: Hdf5Bytes): boolean {
  const version = body.uint(1);
  if (version < 1 || version > 5) {
    throw new Hdf5Error('data is laid out in an unknown way');
  }
  if (version < 3) return false;
  return body.uint(1) === VIRTUAL;
}

/** Where the names of files are that hold the data, in a heap. */
export function externalFiles(body: Hdf5Bytes): {
  heap: number | undefined;
  names: number[];
} {
  body.skip(4);
  body.skip(2);
  const used = body.uint(2);
  const heap = body.address();
  const names: number[] = [];
  for (let i = 0; i < Math.min(used, 100); i++) {
    names.push(body.length());
    body.length();
    body.length();
  }
  return { heap, names };
}
