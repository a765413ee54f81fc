/** What is read of a field. */
export type FieldKind =
  | 'text'
  | 'number'
  | 'numbers'
  | 'length'
  | 'skip'
  | Shape;

/** A message and its fields by number. */
export interface Shape {
  name:
    | 'model'
    | 'graph'
    | 'node'
    | 'attribute'
    | 'tensor'
    | 'entry'
    | 'opset'
    | 'function'
    | 'sparse'
    | 'training'
    | 'value';
  fields: Map<number, { name: string; kind: FieldKind; isRepeated?: true }>;
}

const shape = (name: Shape['name']): Shape => ({ name, fields: new Map() });

export const MODEL = shape('model');
export const GRAPH = shape('graph');
const NODE = shape('node');
const ATTRIBUTE = shape('attribute');
const TENSOR = shape('tensor');
const ENTRY = shape('entry');
const OPSET = shape('opset');
const FUNCTION = shape('function');
const SPARSE = shape('sparse');
const TRAINING = shape('training');
const VALUE = shape('value');

/** A line is `number name kind`, with `*` where it may stand more than once. */
function describe(
  { fields }: Shape,
  kinds: Record<string, FieldKind>,
  lines: string,
): void {
  for (const line of lines.trim().split(/\s*\n\s*/)) {
    const [number, name, kind] = line.split(' ');
    const isRepeated = kind.endsWith('*');
    const plain = kind.replace('*', '');
    fields.set(Number(number), {
      name,
      kind: kinds[plain] ?? (plain as FieldKind),
      ...(isRepeated && { isRepeated }),
    });
  }
}

const KINDS = {
  GRAPH,
  NODE,
  ATTRIBUTE,
  TENSOR,
  ENTRY,
  OPSET,
  FUNCTION,
  SPARSE,
  TRAINING,
  VALUE,
};

// Source: onnx 1.20, `onnx/onnx-ml.proto`.
describe(
  MODEL,
  KINDS,
  `1 ir_version number
  2 producer_name text
  3 producer_version text
  4 domain text
  5 model_version number
  6 doc_string skip
  7 graph GRAPH
  8 opset_import OPSET*
  14 metadata_props ENTRY*
  20 training_info TRAINING*
  25 functions FUNCTION*
  26 configuration skip*`,
);
describe(
  GRAPH,
  KINDS,
  `1 node NODE*
  2 name text
  5 initializer TENSOR*
  10 doc_string skip
  11 input VALUE*
  12 output VALUE*
  13 value_info VALUE*
  14 quantization_annotation skip*
  15 sparse_initializer SPARSE*
  16 metadata_props ENTRY*`,
);
describe(
  NODE,
  KINDS,
  `1 input skip*
  2 output skip*
  3 name text
  4 op_type text
  5 attribute ATTRIBUTE*
  6 doc_string skip
  7 domain text
  8 overload text
  9 metadata_props ENTRY*
  10 device_configurations skip*`,
);
describe(
  ATTRIBUTE,
  KINDS,
  `1 name text
  2 f skip
  3 i number
  4 s text
  5 t TENSOR
  6 g GRAPH
  7 floats skip*
  8 ints skip*
  9 strings skip*
  10 tensors TENSOR*
  11 graphs GRAPH*
  13 doc_string skip
  14 tp skip
  15 type_protos skip*
  20 type number
  21 ref_attr_name text
  22 sparse_tensor SPARSE
  23 sparse_tensors SPARSE*`,
);
describe(
  TENSOR,
  KINDS,
  `1 dims numbers*
  2 data_type number
  3 segment skip
  4 float_data skip*
  5 int32_data skip*
  6 string_data skip*
  7 int64_data skip*
  8 name text
  9 raw_data length
  10 double_data skip*
  11 uint64_data skip*
  12 doc_string skip
  13 external_data ENTRY*
  14 data_location number
  16 metadata_props ENTRY*`,
);
describe(ENTRY, KINDS, `1 key text\n2 value text`);
describe(OPSET, KINDS, `1 domain text\n2 version number`);
describe(
  FUNCTION,
  KINDS,
  `1 name text
  2 since_version skip
  3 status skip
  4 input skip*
  5 output skip*
  6 attribute skip*
  7 node NODE*
  8 doc_string skip
  9 opset_import OPSET*
  10 domain text
  11 attribute_proto ATTRIBUTE*
  12 value_info VALUE*
  13 overload text
  14 metadata_props ENTRY*`,
);
describe(SPARSE, KINDS, `1 values TENSOR\n2 indices TENSOR\n3 dims skip*`);
describe(
  TRAINING,
  KINDS,
  `1 initialization GRAPH
  2 algorithm GRAPH
  3 initialization_binding skip*
  4 update_binding skip*`,
);
describe(
  VALUE,
  KINDS,
  `1 name text
  2 type skip
  3 doc_string skip
  4 metadata_props ENTRY*`,
);

/**
 * Bits of an item by the number of its type; texts have none.
 *
 * Source: onnx 1.20, `TensorProto.DataType`.
 */
export const ITEM_BITS = new Map<number, number>([
  [1, 32],
  [2, 8],
  [3, 8],
  [4, 16],
  [5, 16],
  [6, 32],
  [7, 64],
  [9, 8],
  [10, 16],
  [11, 64],
  [12, 32],
  [13, 64],
  [14, 64],
  [15, 128],
  [16, 16],
  [17, 8],
  [18, 8],
  [19, 8],
  [20, 8],
  [21, 4],
  [22, 4],
  [23, 4],
  [24, 8],
  [25, 2],
  [26, 2],
]);
