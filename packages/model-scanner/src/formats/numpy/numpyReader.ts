import {
  PartError,
  type FormatReader,
  type ScanContext,
} from '../../engine/FormatReader';
import { SliceSource, type ByteSource } from '../../source';
import { reportHidden } from '../archive/hidden';
import { readLiteral, type Literal } from './pythonLiteral';

const corrupt = (why: string) => new PartError(why, 'numpy-corrupt');

const isShape = (value: Literal[]) =>
  value.every(length => typeof length === 'number');
const asShape = (value: Literal) =>
  typeof value === 'number' ? [value] : value;

const MARK = Buffer.from('\x93NUMPY', 'latin1');
/** What numpy itself takes without being told that the file is trusted. */
const LONGEST_HEADER = 10_000;
/** Arrays that stand one after another in a file. */
const MOST_ARRAYS = 100_000;

interface ArrayHeader {
  /** Nothing for an array of objects. */
  bytes: number | undefined;
  dataAt: number;
}

/** Arrays of numpy; what is behind the header of an array of objects is a pickle. */
export const numpyReader: FormatReader = {
  id: 'npy',
  title: 'an array of numpy',
  extensions: ['npy'],
  matches: ({ head }) => head.subarray(0, MARK.length).equals(MARK),
  read: readArrays,
  readStream: readStreamed,
};

async function readArrays(source: ByteSource, context: ScanContext) {
  let at = 0;
  for (let arrays = 0; at < source.size; arrays++) {
    context.signal?.throwIfAborted();
    const head = await source.read(at, 12 + LONGEST_HEADER);
    if (!head.subarray(0, MARK.length).equals(MARK)) break;
    if (arrays > MOST_ARRAYS) {
      throw new PartError('holds too many arrays', 'too-large');
    }
    const header = readHeader(head);
    const dataAt = at + header.dataAt;
    if (header.bytes === undefined) {
      context.report('numpy-object-array', 'is an array of objects', {
        offset: at,
      });
      await context.scanPart(
        new SliceSource('objects.pkl', source, {
          start: dataAt,
          size: source.size - dataAt,
        }),
      );
      return;
    }
    if (dataAt + header.bytes > source.size) {
      context.report('numpy-corrupt', 'the array ends beyond the file', {
        offset: at,
      });
      return;
    }
    at = dataAt + header.bytes;
  }
  await reportHidden(
    source,
    { start: at, end: source.size },
    'follow the array',
    context,
  );
}

/** A packed array that is too large to be held is numbers, of which only the count matters. */
async function readStreamed(
  stream: AsyncIterable<Buffer>,
  _: string,
  context: ScanContext,
) {
  let head = Buffer.alloc(0);
  let header: ArrayHeader | undefined;
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (header) continue;
    head = Buffer.concat([head, chunk]);
    if (head.length >= 12 + LONGEST_HEADER) header = readHeader(head);
  }
  header ??= readHeader(head);
  if (header.bytes === undefined) {
    context.report('too-large', 'an array of objects is too large to be held');
  } else if (header.dataAt + header.bytes !== size) {
    context.report('numpy-corrupt', 'the array is not as long as it says');
  }
}

/** Source: numpy, `lib/format.py`, versions 1.0 to 3.0. */
function readHeader(head: Buffer): ArrayHeader {
  const version = head[6];
  if (head.length < 12 || version < 1 || version > 3 || head[7] !== 0) {
    throw corrupt('has an unknown version');
  }
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? head.readUInt16LE(8) : head.readUInt32LE(8);
  if (length > LONGEST_HEADER || start + length > head.length) {
    throw corrupt('has too long a header');
  }
  const encoding = version === 3 ? 'utf8' : 'latin1';
  let fields: Literal;
  try {
    fields = readLiteral(head.toString(encoding, start, start + length));
  } catch (error) {
    throw corrupt(
      `has a header that is no literal: ${(error as Error).message}`,
    );
  }
  if (
    !(fields instanceof Map) ||
    fields.size !== 3 ||
    typeof fields.get('fortran_order') !== 'boolean'
  ) {
    throw corrupt('has a header without its three fields');
  }
  const dataAt = start + length;
  const item = itemBytes(fields.get('descr'));
  if (item === undefined) return { bytes: undefined, dataAt };
  return { bytes: count(fields.get('shape')) * item, dataAt };
}

function count(shape: Literal): number {
  if (!Array.isArray(shape)) throw corrupt('has no shape');
  const all = shape.reduce<number>(
    (product, length) =>
      typeof length === 'number' && length >= 0 ? product * length : Number.NaN,
    1,
  );
  if (!Number.isSafeInteger(all)) throw corrupt('has an impossible shape');
  return all;
}

/** Bytes of an item; nothing where objects are in it. */
function itemBytes(type: Literal): number | undefined {
  if (typeof type === 'string') {
    const match = /^[<>|=]?([a-zA-Z?])(\d*)(?:\[[^\]]*\])?$/.exec(type);
    if (!match) throw corrupt(`has an unknown type '${type.slice(0, 40)}'`);
    const [, letter, digits] = match;
    if (letter === 'O') return undefined;
    return Number(digits || '1') * (letter === 'U' ? 4 : 1);
  }
  if (!Array.isArray(type)) throw corrupt('has no type');
  // A type with a shape: ('<f4', (2, 3)).
  const [first, shape] = type;
  if (type.length === 2 && Array.isArray(shape) && isShape(shape)) {
    const one = itemBytes(first);
    return one === undefined ? undefined : one * count(shape);
  }
  let all = 0;
  for (const field of type) {
    if (!Array.isArray(field) || field.length < 2)
      throw corrupt('has a bad field');
    const one = itemBytes(field[1]);
    if (one === undefined) return undefined;
    all += one * (field.length > 2 ? count(asShape(field[2])) : 1);
  }
  return all;
}
