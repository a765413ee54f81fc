import {
  LimitError,
  type FormatReader,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { ByteCursor } from '../archive/ByteCursor';
import { judgeValues } from '../config/judgeValues';
import { JsonError, parseJson } from '../config/parseJson';
import { WireError, WireReader } from '../protobuf';
import { GraphWalk } from './GraphWalk';
import { textOperators } from './graphText';
import {
  FINGERPRINT,
  GRAPH,
  KERAS_METADATA,
  META_GRAPH,
  SAVED_MODEL,
  type Shape,
} from './schema';

const HEAD = 64 * 1024;

/** Models and graphs of TensorFlow, as their bytes tell. */
export const savedModelReader: FormatReader = {
  id: 'tensorflow',
  title: 'a graph of TensorFlow',
  extensions: ['pb', 'meta'],
  matches: ({ head, size }) => shapeOf(head, size) !== undefined,
  read: readGraph,
};

/** What is named as such: messages have no mark, and fields any order. */
export const namedGraphReader: FormatReader = {
  id: 'tensorflow',
  title: 'a graph of TensorFlow',
  extensions: ['pb', 'meta'],
  isFallback: true,
  matches: ({ extension }) => extension === 'pb' || extension === 'meta',
  read: readGraph,
};

/** The same written as text. */
export const graphTextReader: FormatReader = {
  id: 'tensorflow-text',
  title: 'a graph of TensorFlow as text',
  extensions: ['pbtxt', 'prototxt', 'pbtext'],
  isFallback: true,
  matches: ({ extension, head }) =>
    ['pbtxt', 'prototxt', 'pbtext'].includes(extension) && !head.includes(0),
  read: async (source, context) => {
    if (source.size > context.limits.maxHeldBytes) {
      throw new LimitError('is larger than what is held', 'too-large');
    }
    const text = (await source.read(0, source.size)).toString();
    textOperators(text, (rule, message, at) =>
      context.report(rule, message, {
        offset: Buffer.byteLength(text.slice(0, at)),
      }),
    );
  },
};

const INDEX = Buffer.from('57fb808b247547db', 'hex');

/** Where the numbers of a checkpoint are, in a table of names. */
export const checkpointIndexReader: FormatReader = {
  id: 'tf-index',
  title: 'an index of a checkpoint',
  extensions: ['index'],
  matches: ({ tail, size }) => size >= 48 && tail.subarray(-8).equals(INDEX),
  read: async () => {},
};

/** Which message bytes begin, where that is certain. */
function shapeOf(head: Buffer, size: number): Shape | undefined {
  // Version 1 of the schema, then a graph of no text.
  if (head[0] === 0x08 && head[1] === 1 && head[2] === 0x12) {
    const inner = lengthAt(head, 3);
    const isInside = inner !== undefined && inner.end + inner.value <= size;
    return isInside && [0x0a, 0x12, 0x22].includes(head[inner.end])
      ? SAVED_MODEL
      : undefined;
  }
  return beginsNode(head, 0) ? GRAPH : undefined;
}

/** A node: its name, then an operator. */
function beginsNode(head: Buffer, at: number): boolean {
  const node = head[at] === 0x0a ? lengthAt(head, at + 1) : undefined;
  const name = node && head[node.end] === 0x0a && lengthAt(head, node.end + 1);
  if (!name || name.value > 1024) return false;
  const after = name.end + name.value;
  const operator = head[after] === 0x12 && lengthAt(head, after + 1);
  if (!operator || operator.value > 100) return false;
  const text = head.toString(
    'latin1',
    operator.end,
    operator.end + operator.value,
  );
  return text.length === operator.value && /^_?[A-Z]\w+$/.test(text);
}

function lengthAt(head: Buffer, at: number) {
  let value = 0;
  for (let i = 0; i < 5 && at + i < head.length; i++) {
    const byte = head[at + i];
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  return undefined;
}

/** By its bytes, or by the name under which frameworks look for it. */
function messageOf(name: string, head: Buffer, size: number): Shape {
  if (name === 'saved_model.pb') return SAVED_MODEL;
  if (name === 'keras_metadata.pb') return KERAS_METADATA;
  if (name === 'fingerprint.pb') return FINGERPRINT;
  if (name.endsWith('.meta')) return META_GRAPH;
  return shapeOf(head, size) ?? GRAPH;
}

async function readGraph(source: ByteSource, context: ScanContext) {
  const name = source.name.split(/[/!\\]/).pop() ?? '';
  const shape = messageOf(name, await source.read(0, HEAD), source.size);
  const parts: Array<{ text: string; at: number }> = [];
  const walk = new GraphWalk(
    new WireReader(ByteCursor.over(source)),
    (rule, message, at) => {
      context.signal?.throwIfAborted();
      context.report(rule, message, { offset: at });
    },
    (text, at) => {
      if (/^\s*\{/.test(text)) parts.push({ text, at });
    },
  );
  try {
    await walk.read(shape, source.size);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    context.report('tf-unreadable', error.message, { offset: error.at });
  }
  for (const part of parts) await judgeMetadata(part, context);
}

/** Layers of Keras in a SavedModel are made again from such texts. */
async function judgeMetadata(
  { text, at }: { text: string; at: number },
  context: ScanContext,
): Promise<void> {
  try {
    const { value, others } = parseJson(Buffer.from(text));
    const parts = judgeValues([value, ...others], (rule, message) =>
      context.report(rule, message, { offset: at }),
    );
    for (const part of parts) await context.scanPart(part);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    context.report('config-unreadable', `metadata ${error.message}`, {
      offset: at,
    });
  }
}
