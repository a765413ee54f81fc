import {
  LimitError,
  PartError,
  type FormatReader,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { shownName } from '../archive/names';
import { searchGaps } from '../tensors/gaps';
import { layOut, type Layout, type TensorSpan } from '../tensors/spans';
import { LONGEST_HEADER, PREFIX, readHeader } from './readHeader';

const corrupt = (why: string) => new PartError(why, 'safetensors-corrupt');
const EXTENSIONS = ['safetensors', 'sft'];
/** No length of a header that somebody could mean. */
const OUT_OF_BOUNDS = 2n ** 40n;
/** Further findings of one kind say nothing new. */
const MOST_TOLD = 20;

/** Whether bytes begin as a safetensors file does: a length and an object. */
export const beginsSafetensors = (head: Buffer) =>
  head.length > PREFIX + 1 &&
  head.readBigUInt64LE(0) < OUT_OF_BOUNDS &&
  /^\{\s*["}]/.test(head.toString('latin1', PREFIX, PREFIX + 4096));

/** safetensors: a header of JSON and the tensors, which are only hashed. */
export const safetensorsReader: FormatReader = {
  id: 'safetensors',
  title: 'a safetensors file',
  extensions: EXTENSIONS,
  matches: ({ head }) => beginsSafetensors(head),
  read: readFile,
  readStream: readInOrder,
};

/** What is named as such and is no format at all. */
export const brokenSafetensorsReader: FormatReader = {
  id: 'safetensors',
  title: 'a safetensors file',
  extensions: EXTENSIONS,
  isFallback: true,
  matches: ({ extension }) => EXTENSIONS.includes(extension),
  read: async (_, context) =>
    context.report('safetensors-corrupt', 'it does not begin with a header'),
};

async function readFile(source: ByteSource, context: ScanContext) {
  const prefix = await source.read(0, PREFIX);
  const length = headerLength(prefix, source.size, context);
  const header = await source.read(PREFIX, length);
  if (header.length < length) throw corrupt('the header breaks off');
  const spans = readHeader(header, context);
  const base = PREFIX + length;
  const gaps = checkSpans(spans, source.size - base, context, base);
  await searchGaps(source, base, gaps, context);
}

/** What is packed and too large to be held: the header, and a count of the rest. */
async function readInOrder(
  stream: AsyncIterable<Buffer>,
  _: string,
  context: ScanContext,
) {
  const chunks: Buffer[] = [];
  let held = 0;
  let size = 0;
  let wanted = PREFIX;
  let spans: TensorSpan[] | undefined;
  for await (const chunk of stream) {
    size += chunk.length;
    if (spans) continue;
    chunks.push(chunk);
    held += chunk.length;
    if (held < wanted) continue;
    const bytes = Buffer.concat(chunks.splice(0));
    wanted = PREFIX + headerLength(bytes, Number.MAX_SAFE_INTEGER, context);
    if (held >= wanted) {
      spans = readHeader(bytes.subarray(PREFIX, wanted), context);
    } else {
      chunks.push(bytes);
    }
  }
  if (!spans) throw corrupt('the header breaks off');
  checkSpans(spans, size - wanted, context, wanted);
}

function headerLength(
  bytes: Buffer,
  size: number,
  { limits }: ScanContext,
): number {
  if (bytes.length < PREFIX) throw corrupt('the file is too short');
  const length = Number(bytes.readBigUInt64LE(0));
  if (length > LONGEST_HEADER) {
    throw corrupt(`the header is said to have ${length} bytes`);
  }
  if (PREFIX + length > size) throw corrupt('the header ends beyond the file');
  if (length > limits.maxHeldBytes) {
    throw new LimitError(
      `the header is larger than the ${limits.maxHeldBytes} bytes that the scanner holds`,
      'too-large',
    );
  }
  return length;
}

/** Returns what belongs to no tensor. */
function checkSpans(
  spans: TensorSpan[],
  size: number,
  context: ScanContext,
  base: number,
): Layout['gaps'] {
  const { beyond, overlapping, gaps } = layOut(spans, size);
  if (beyond) throw corrupt(`${shownName(beyond.name)} ends beyond the file`);
  for (const { name, start } of overlapping.slice(0, MOST_TOLD)) {
    context.report(
      'safetensors-overlap',
      `${shownName(name)} begins within another tensor`,
      { offset: base + start },
    );
  }
  for (const { start, end } of gaps.slice(0, MOST_TOLD)) {
    context.report(
      'safetensors-gap',
      `${end - start} bytes belong to no tensor`,
      { offset: base + start },
    );
  }
  return gaps;
}
