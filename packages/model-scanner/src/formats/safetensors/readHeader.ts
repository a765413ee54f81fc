import { isUtf8 } from 'node:buffer';
import { PartError, type ScanContext } from '../../engine/FormatReader';
import { hasOddCharacters, shownName } from '../archive/names';
import type { TensorSpan } from '../tensors/spans';
import { BITS, bytesOf } from './dataTypes';
import { HeaderCursor } from './HeaderCursor';

/** The length of the header stands before it. */
export const PREFIX = 8;
/** Longer headers are refused by the library itself. */
export const LONGEST_HEADER = 100_000_000;
/** Writers align with a few blanks; some leave room for changes. */
const MOST_PADDING = 64 * 1024;

const corrupt = (why: string) => new PartError(why, 'safetensors-corrupt');

/**
 * Reads a header and tells of what is wrong with it.
 *
 * Source: safetensors, `README.md`, "Format".
 *
 * @throws PartError when it cannot be read
 */
export function readHeader(bytes: Buffer, context: ScanContext): TensorSpan[] {
  // The library wants it throughout, which nothing below looks at.
  if (!isUtf8(bytes)) throw corrupt('the header is no UTF-8');
  checkPadding(bytes, context);
  const cursor = new HeaderCursor(bytes);
  const spans: TensorSpan[] = [];
  const isNew = once('', context);
  cursor.object((name, at) => {
    isNew(name, at);
    if (name === '__metadata__') readMetadata(cursor, context);
    else spans.push(readTensor(cursor, name, at, context));
  });
  cursor.end();
  return spans;
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

/** Tells of names that stand twice in an object. */
function once(owner: string, context: ScanContext) {
  const names = new Set<string>();
  return (name: string, at: number) => {
    if (names.has(name)) {
      context.report(
        'safetensors-duplicate-key',
        `${owner}${shownName(name)} is there twice`,
        { offset: PREFIX + at },
      );
    }
    names.add(name);
  };
}

function readMetadata(cursor: HeaderCursor, context: ScanContext): void {
  if (cursor.takesNull()) return;
  const isNew = once('__metadata__.', context);
  cursor.object((key, at) => {
    isNew(key, at);
    cursor.text();
  });
}

function readTensor(
  cursor: HeaderCursor,
  name: string,
  at: number,
  context: ScanContext,
): TensorSpan {
  const shown = shownName(name);
  const odd = (what: string) =>
    context.report('safetensors-odd-header', what, { offset: PREFIX + at });
  if (hasOddCharacters(name)) odd(`the name ${shown} has odd characters`);
  const isNew = once(`${shown}.`, context);
  let type: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  cursor.object((field, fieldAt) => {
    isNew(field, fieldAt);
    if (field === 'dtype') type = cursor.text();
    else if (field === 'shape') shape = cursor.counts();
    else if (field === 'data_offsets') offsets = cursor.counts();
    else {
      odd(`${shown} has a field ${shownName(field)}`);
      cursor.skip();
    }
  });
  if (type === undefined || !Object.hasOwn(BITS, type)) {
    throw corrupt(`${shown} has an unknown type`);
  }
  if (!shape) throw corrupt(`${shown} has no shape`);
  if (!offsets || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw corrupt(`${shown} has no place`);
  }
  const [start, end] = offsets;
  if (bytesOf(type, shape) !== end - start) {
    throw corrupt(
      `${shown} has ${end - start} bytes for ${type} [${shape.join(', ')}]`,
    );
  }
  return { name, start, end };
}
