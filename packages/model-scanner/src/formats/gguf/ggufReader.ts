import type { FormatReader, ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { ByteCursor, EndOfBytes } from '../archive/ByteCursor';
import { shownName } from '../archive/names';
import { searchGaps } from '../tensors/gaps';
import { layOut, type Layout } from '../tensors/spans';
import { corrupt, GgufHeader, type GgufTensors } from './GgufHeader';

const EXTENSIONS = ['gguf'];
/** Further findings of one kind say nothing new. */
const MOST_TOLD = 20;

/** GGUF: the header is read with its templates, the tensors are only hashed. */
export const ggufReader: FormatReader = {
  id: 'gguf',
  title: 'a GGUF file',
  extensions: EXTENSIONS,
  matches: ({ head }) => head.toString('latin1', 0, 4) === 'GGUF',
  read: readFile,
  readStream: readInOrder,
};

/** What is named as such and is no format at all. */
export const brokenGgufReader: FormatReader = {
  id: 'gguf',
  title: 'a GGUF file',
  extensions: EXTENSIONS,
  isFallback: true,
  matches: ({ extension }) => EXTENSIONS.includes(extension),
  read: async (_, context) =>
    context.report('gguf-corrupt', 'it does not begin as a GGUF file does'),
};

/** `ggml`, `ggmf`, `ggjt`, `ggla` and `ggsn` as they stand in files. */
const OLD = /^(lmgg|fmgg|tjgg|algg|nsgg)/;

/** What came before GGUF is known and not read. */
export const oldGgmlReader: FormatReader = {
  id: 'ggml',
  title: 'a GGML file',
  extensions: ['ggml'],
  matches: ({ head }) => OLD.test(head.toString('latin1', 0, 4)),
  read: async (_, context) =>
    context.report('gguf-unsupported', 'it is of a format before GGUF'),
};

async function readFile(source: ByteSource, context: ScanContext) {
  const cursor = ByteCursor.over(source);
  const tensors = await readHeader(cursor, source.size, context);
  await cursor.close();
  const gaps = check(tensors, source.size, context);
  await searchGaps(source, tensors.base, gaps, context);
}

/** What is packed and too large to be held: the header, and a count of the rest. */
async function readInOrder(
  stream: AsyncIterable<Buffer>,
  _: string,
  context: ScanContext,
) {
  const cursor = ByteCursor.of(stream);
  const most = Number.MAX_SAFE_INTEGER;
  const tensors = await readHeader(cursor, most, context);
  check(tensors, await cursor.drain(), context);
}

async function readHeader(
  cursor: ByteCursor,
  size: number,
  context: ScanContext,
): Promise<GgufTensors> {
  try {
    return await new GgufHeader(cursor, size, context).read();
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error;
    throw corrupt(`the header breaks off: ${error.message}`);
  }
}

/** Returns what belongs to no tensor and aligns none. */
function check(
  { spans, base, alignment }: GgufTensors,
  size: number,
  context: ScanContext,
): Layout['gaps'] {
  if (spans.length === 0 && size <= base) return [];
  if (base > size) throw corrupt('the tensors begin beyond the file');
  const layout = layOut(spans, size - base);
  const { beyond, overlapping } = layout;
  if (beyond) throw corrupt(`${shownName(beyond.name)} ends beyond the file`);
  for (const { name, start } of overlapping.slice(0, MOST_TOLD)) {
    context.report(
      'gguf-overlap',
      `${shownName(name)} begins within another tensor`,
      { offset: base + start },
    );
  }
  const gaps = layout.gaps.filter(
    ({ start, end }) => Math.ceil(start / alignment) * alignment < end,
  );
  for (const { start, end } of gaps.slice(0, MOST_TOLD)) {
    context.report('gguf-gap', `${end - start} bytes belong to no tensor`, {
      offset: base + start,
    });
  }
  return gaps;
}
