import { isUtf8 } from 'node:buffer';
import { PartError, type ScanContext } from '../../engine/FormatReader';
import { hasOddCharacters, shownName } from '../archive/names';
import { JsonError, parseJson } from '../config/parseJson';
import { ConfigObject, type ConfigValue } from '../config/values';
import type { TensorSpan } from '../tensors/spans';
import { BITS, bytesOf } from './dataTypes';

/** The length of the header stands before it. */
export const PREFIX = 8;
/** Longer headers are refused by the library itself. */
export const LONGEST_HEADER = 100_000_000;
/** Writers align with a few blanks; some leave room for changes. */
const MOST_PADDING = 64 * 1024;
const FIELDS = new Set(['dtype', 'shape', 'data_offsets']);

const isCounts = (value: ConfigValue): value is number[] =>
  Array.isArray(value) &&
  value.every(it => Number.isSafeInteger(it) && (it as number) >= 0);

const corrupt = (why: string) => new PartError(why, 'safetensors-corrupt');

/**
 * Reads a header and tells of what is wrong with it.
 *
 * Source: safetensors, `README.md`, "Format".
 *
 * @throws PartError when it cannot be read
 */
export function readHeader(bytes: Buffer, context: ScanContext): TensorSpan[] {
  checkPadding(bytes, context);
  const header = parse(bytes, context);
  const spans: TensorSpan[] = [];
  for (const [name, value] of header) {
    if (name === '__metadata__') checkMetadata(value);
    else spans.push(readTensor(name, value, context));
  }
  return spans;
}

function parse(bytes: Buffer, context: ScanContext): ConfigObject {
  // The library wants it throughout, which the parser does not look at.
  if (!isUtf8(bytes)) throw corrupt('the header is no UTF-8');
  try {
    const { value, doubles } = parseJson(bytes);
    for (const { key, at } of doubles) {
      context.report(
        'safetensors-duplicate-key',
        `${shownName(key)} is there twice`,
        { offset: PREFIX + at },
      );
    }
    if (value instanceof ConfigObject) return value;
  } catch (error) {
    if (error instanceof JsonError)
      throw corrupt(`the header ${error.message}`);
    throw error;
  }
  throw corrupt('the header is no object');
}

function checkPadding(bytes: Buffer, context: ScanContext): void {
  let end = bytes.length;
  while (end > 0 && [0x20, 0x0a, 0x0d, 0x09].includes(bytes[end - 1])) end -= 1;
  const padding = bytes.subarray(end);
  const isOdd = padding.some(byte => byte !== 0x20);
  if (isOdd || padding.length > MOST_PADDING) {
    context.report(
      'safetensors-odd-header',
      `${padding.length} bytes of padding end the header`,
      { offset: PREFIX + end },
    );
  }
}

function checkMetadata(value: ConfigValue): void {
  const isPlain =
    value instanceof ConfigObject &&
    [...value.values()].every(it => typeof it === 'string');
  if (!isPlain) throw corrupt('__metadata__ holds more than texts');
}

function readTensor(
  name: string,
  value: ConfigValue,
  context: ScanContext,
): TensorSpan {
  const shown = shownName(name);
  if (!(value instanceof ConfigObject)) throw corrupt(`${shown} is no tensor`);
  const offset = PREFIX + value.at;
  const odd = [...value.keys()].filter(key => !FIELDS.has(key));
  if (odd.length > 0) {
    context.report(
      'safetensors-odd-header',
      `${shown} has a field ${shownName(odd[0])}`,
      { offset },
    );
  }
  if (hasOddCharacters(name)) {
    context.report(
      'safetensors-odd-header',
      `the name ${shown} has odd characters`,
      { offset },
    );
  }
  const type = value.get('dtype');
  const shape = value.get('shape');
  const offsets = value.get('data_offsets');
  if (typeof type !== 'string' || !Object.hasOwn(BITS, type)) {
    throw corrupt(`${shown} has an unknown type`);
  }
  if (!isCounts(shape)) throw corrupt(`${shown} has no shape`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw corrupt(`${shown} has no place`);
  }
  const [start, end] = offsets;
  const bytes = bytesOf(type, shape);
  if (bytes !== end - start) {
    throw corrupt(
      `${shown} has ${end - start} bytes for ${type} [${shape.join(', ')}]`,
    );
  }
  return { name, start, end };
}
