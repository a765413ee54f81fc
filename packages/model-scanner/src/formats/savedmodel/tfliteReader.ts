import {
  PartError,
  type FormatReader,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { shown } from '../config/values';
import { isKnownOperator } from './knownOperators';
import { ruleOfOperator } from './operators';

const MOST_OPERATORS = 10_000;
const LONGEST_NAME = 1024;

/** Models of TensorFlow Lite; operators are read, tensors are only hashed. */
export const tfliteReader: FormatReader = {
  id: 'tflite',
  title: 'a model of TensorFlow Lite',
  extensions: ['tflite', 'lite'],
  matches: ({ head }) => head.toString('latin1', 4, 8) === 'TFL3',
  read: readOperators,
};

/** Operators of others that TensorFlow's own tools add. */
const USUAL =
  /^(TFLite_Detection_PostProcess|RFFT2D|HashTable\w*|Mfcc|AudioSpectrogram|Convolution2DTransposeBias|MaxPoolingWithArgmax2D|MaxUnpooling2D|TransformTensorBilinear|TransformLandmarks|RoiToTransformMatrix|Landmarks2TransformMatrix)$/;

/** Source: flatbuffers.dev, "FlatBuffer Internals". */
class FlatBuffer {
  constructor(readonly source: ByteSource) {}

  async #read(at: number, length: number): Promise<Buffer> {
    const bytes = await this.source.read(at, length);
    if (at < 0 || bytes.length < length) {
      throw new PartError('an offset leads beyond the file', 'tf-unreadable');
    }
    return bytes;
  }

  async uint32(at: number): Promise<number> {
    return (await this.#read(at, 4)).readUInt32LE(0);
  }

  async pointer(at: number): Promise<number> {
    return at + (await this.uint32(at));
  }

  /** Where a field of a table is; nothing where it is left out. */
  async field(table: number, index: number): Promise<number | undefined> {
    const fields = table - (await this.#read(table, 4)).readInt32LE(0);
    const size = (await this.#read(fields, 2)).readUInt16LE(0);
    const slot = 4 + 2 * index;
    if (slot + 2 > size) return undefined;
    const offset = (await this.#read(fields + slot, 2)).readUInt16LE(0);
    return offset === 0 ? undefined : table + offset;
  }

  async text(at: number): Promise<string> {
    const length = await this.uint32(at);
    if (length > LONGEST_NAME) {
      throw new PartError('a name is too long', 'tf-unreadable');
    }
    return (await this.#read(at + 4, length)).toString();
  }
}

/**
 * Source: tensorflow/lite/schema/schema.fbs: a model's second field are its
 * operators, whose second field is the name of one of others.
 */
async function readOperators(source: ByteSource, context: ScanContext) {
  const buffer = new FlatBuffer(source);
  const model = await buffer.pointer(0);
  const codes = await buffer.field(model, 1);
  if (codes === undefined) return;
  const vector = await buffer.pointer(codes);
  const count = await buffer.uint32(vector);
  if (count > MOST_OPERATORS) {
    throw new PartError('names too many operators', 'tf-unreadable');
  }
  for (let i = 0; i < count; i++) {
    context.signal?.throwIfAborted();
    const operator = await buffer.pointer(vector + 4 + 4 * i);
    const field = await buffer.field(operator, 1);
    if (field === undefined) continue;
    const at = await buffer.pointer(field);
    const name = await buffer.text(at);
    // TensorFlow's own operators carry this prefix.
    const plain = name.replace(/^Flex/, '');
    const rule = ruleOfOperator(plain);
    if (rule) {
      context.report(rule, `uses ${shown(name)}`, { offset: at });
    } else if (
      !USUAL.test(name) &&
      !(plain !== name && isKnownOperator(plain))
    ) {
      context.report('tf-custom-operator', `uses ${shown(name)}`, {
        offset: at,
      });
    }
  }
}
