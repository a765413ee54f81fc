import type { ScanContext } from '../../../engine/FormatReader';
import { MemorySource, type ByteSource } from '../../../source';
import { beginsPickle } from '../../pickle/pickleReader';
import { readLocalCollection } from './globalHeap';
import type { Hdf5File } from './Hdf5File';

/** What the code of a Lambda looks like, wherever it lies. */
const CODE = [
  '"__lambda__"',
  '"function_type": "lambda"',
  '"function_type":"lambda"',
  '"class_name": "Lambda"',
  '"class_name":"Lambda"',
].map(text => Buffer.from(text));
const COLLECTION = Buffer.from('GCOL');
const OVERLAP = 64;
const MOST_COLLECTIONS = 20_000;
const MOST_PICKLES = 1000;

/** What lies in a file, whether anything leads to it or not. */
export interface Swept {
  /** Where the first code of a Lambda is. */
  code?: number;
  /** Where values of variable length are kept. */
  collections: number[];
}

/** Searches all bytes for what matters, in case nothing leads there. */
export async function sweep(
  source: ByteSource,
  context: ScanContext,
): Promise<Swept> {
  const swept: Swept = { collections: [] };
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  for await (const chunk of source.stream()) {
    context.signal?.throwIfAborted();
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (swept.code === undefined) {
      const found = CODE.map(code => bytes.indexOf(code)).filter(i => i >= 0);
      if (found.length > 0) swept.code = at + Math.min(...found);
    }
    const last = swept.collections.at(-1) ?? -1;
    for (
      let i = bytes.indexOf(COLLECTION);
      i >= 0 && swept.collections.length < MOST_COLLECTIONS;
      i = bytes.indexOf(COLLECTION, i + 4)
    ) {
      if (at + i > last) swept.collections.push(at + i);
    }
    const kept = Math.min(OVERLAP, bytes.length);
    rest = Buffer.from(bytes.subarray(bytes.length - kept));
    at += bytes.length - kept;
  }
  return swept;
}

/** Pickles among values of variable length, as tables keep objects. */
export async function scanCollections(
  file: Hdf5File,
  { collections }: Swept,
  context: ScanContext,
): Promise<void> {
  let pickles = 0;
  for (const place of collections) {
    const address = place - file.base;
    for await (const { at, bytes } of readLocalCollection(file, address)) {
      if (!beginsPickle(bytes) || bytes.length < 8) continue;
      pickles += 1;
      const offset = file.base + at;
      if (pickles > MOST_PICKLES) {
        context.report('too-large', 'holds too many pickles', { offset });
        return;
      }
      if (pickles === 1) {
        context.report('hdf5-pickle', 'a value is a pickle', { offset });
      }
      await context.scanPart(new MemorySource(`value@${offset}`, bytes));
    }
  }
}
