import { classOf, Entries, Items, Made, type Value } from './values';

/** Bytes of an array that joblib writes between the opcodes. */
export type RawArray =
  | { kind: 'objects' }
  | { kind: 'raw'; bytes: number; isPadded: boolean };

const WRAPPER = 'joblib.numpy_pickle.NumpyArrayWrapper';

/**
 * What follows an object that was just built, where it is joblib's wrapper of an
 * array.
 *
 * Source: joblib, `numpy_pickle.py`, `NumpyArrayWrapper.read_array`.
 */
export function arrayBytesOf(value: Value): RawArray | undefined {
  if (
    !(value instanceof Made) ||
    classOf(value)?.path !== WRAPPER ||
    !(value.state instanceof Entries)
  ) {
    return undefined;
  }
  const fields = value.state;
  const size = itemBytes(fields.get('dtype'));
  if (size === 'objects') return { kind: 'objects' };
  const shape = fields.get('shape');
  if (size === undefined || !(shape instanceof Items)) return undefined;
  const count = shape.first.reduce<number>(
    (product, length) =>
      typeof length === 'number' ? product * length : Number.NaN,
    1,
  );
  if (!Number.isSafeInteger(count * size) || count < 0) return undefined;
  return {
    kind: 'raw',
    bytes: count * size,
    isPadded: fields.get('numpy_array_alignment_bytes') !== undefined,
  };
}

function itemBytes(dtype: Value | undefined): number | 'objects' | undefined {
  if (!(dtype instanceof Made) || classOf(dtype)?.path !== 'numpy.dtype') {
    return undefined;
  }
  const [code] = dtype.args instanceof Items ? dtype.args.first : [];
  const match =
    typeof code === 'string' ? /^[<>|=]?([a-zA-Z?])(\d*)$/.exec(code) : null;
  if (!match) return undefined;
  const [, letter, digits] = match;
  if (letter === 'O') return 'objects';
  const size = Number(digits || '1');
  return letter === 'U' ? 4 * size : size;
}
