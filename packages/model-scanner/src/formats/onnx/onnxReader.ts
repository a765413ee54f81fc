import type { FormatReader, ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { ByteCursor } from '../archive/ByteCursor';
import { reportHidden } from '../archive/hidden';
import { WireError, WireReader } from '../protobuf';
import { OnnxWalk } from './OnnxWalk';
import { beginsOnnx } from './recognise';

const EXTENSIONS = ['onnx'];

/** Models of ONNX; names and places are read, tensors are only hashed. */
export const onnxReader: FormatReader = {
  id: 'onnx',
  title: 'an ONNX model',
  extensions: EXTENSIONS,
  matches: ({ head, size, extension }) =>
    beginsOnnx(head, size, EXTENSIONS.includes(extension)),
  read: readFile,
  readStream: async (stream, _, context) => {
    const most = Number.MAX_SAFE_INTEGER;
    await walk(ByteCursor.of(stream), most, context);
  },
};

/** What is named as such and is no format at all. */
export const brokenOnnxReader: FormatReader = {
  id: 'onnx',
  title: 'an ONNX model',
  extensions: EXTENSIONS,
  isFallback: true,
  matches: ({ extension }) => EXTENSIONS.includes(extension),
  read: readFile,
};

/** The optimised format of ONNX Runtime. */
export const ortReader: FormatReader = {
  id: 'ort',
  title: 'a model of ONNX Runtime',
  extensions: ['ort'],
  matches: ({ head }) => head.toString('latin1', 4, 8) === 'ORTM',
  read: async (_, context) =>
    context.report('onnx-unsupported', 'it is in ORT format'),
};

async function readFile(source: ByteSource, context: ScanContext) {
  const unexplained = await walk(ByteCursor.over(source), source.size, context);
  for (const range of unexplained) {
    await reportHidden(source, range, 'belong to no field', context);
  }
}

/** Returns what is to be searched. */
async function walk(cursor: ByteCursor, size: number, context: ScanContext) {
  const wire = new WireReader(cursor);
  const onnx = new OnnxWalk(wire, (rule, message, at) => {
    context.signal?.throwIfAborted();
    context.report(rule, message, { offset: at });
  });
  try {
    await onnx.model(size);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    context.report('onnx-corrupt', error.message, { offset: error.at });
  }
  return onnx.unexplained;
}
