import {
  ARRAY_WRAPPER,
  classOf,
  Entries,
  Items,
  Made,
  type Value,
} from './values';

/** Bytes of an array that joblib writes between the opcodes. */
export type RawArray =
  | { kind: 'objects' }
  /** What joblib makes of it is not known. */
  | { kind: 'unclear' }
  | { kind: 'raw'; bytes: number; isPadded: boolean };

/** Whether an object is joblib's wrapper of an array. */
export const isArray = (made: Made) => classOf(made)?.path === ARRAY_WRAPPER;

/**
 * What follows an object that was just built, where it is joblib's wrapper of an
 * array.
 *
 * Source: joblib, `numpy_pickle.py`, `NumpyArrayWrapper.read_array`.
 */
export function arrayBytesOf(value: Value): RawArray | undefined {
  if (!(value instanceof Made) || !isArray(value)) {
    return undefined;
  }
  if (!(value.state instanceof Entries)) return { kind: 'unclear' };
  const fields = value.state;
  const size = itemBytes(fields.get('dtype'));
  if (size === 'objects') return { kind: 'objects' };
  const shape = fields.get('shape');
  if (
    size === undefined ||
    !(shape instanceof Items) ||
    shape.length > shape.first.length
  ) {
    return { kind: 'unclear' };
  }
  const count = shape.first.reduce<number>(
    (product, length) =>
      typeof length === 'number' ? product * length : Number.NaN,
    1,
  );
  if (!Number.isSafeInteger(count * size) || count < 0) {
    return { kind: 'unclear' };
  }
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
