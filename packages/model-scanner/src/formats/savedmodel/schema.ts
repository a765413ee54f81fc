/** What is read of a message: by the number of the field, what it holds. */
export interface Shape {
  name: string;
  fields: Record<number, { key: string; shape?: Shape; isText?: boolean }>;
}

const shape = (name: string, fields: Shape['fields'] = {}): Shape => ({
  name,
  fields,
});
const text = (key: string) => ({ key, isText: true });
const part = (key: string, of: Shape) => ({ key, shape: of });

/** Source: tensorflow/core/framework: `tensor.proto`, `attr_value.proto`. */
const TENSOR = shape('tensor', { 4: text('content'), 8: text('texts') });
const LIST = shape('list', { 2: text('texts') });
const FUNCTION_NAME = shape('call', { 1: text('name') });
const VALUE = shape('value', {
  1: part('list', LIST),
  2: text('text'),
  8: part('tensor', TENSOR),
  10: part('call', FUNCTION_NAME),
});
const ATTRIBUTE = shape('attribute', {
  1: text('key'),
  2: part('value', VALUE),
});

/** Source: `node_def.proto`, `function.proto`, `graph.proto`. */
export const NODE = shape('node', {
  1: text('name'),
  2: text('op'),
  3: text('inputs'),
  5: part('attributes', ATTRIBUTE),
});
const SIGNATURE = shape('signature', { 1: text('name') });
export const FUNCTION = shape('function', {
  1: part('signature', SIGNATURE),
  3: part('node', NODE),
});
const GRADIENT = shape('gradient', { 1: text('name'), 2: text('gradient') });
const LIBRARY = shape('library', {
  1: part('function', FUNCTION),
  2: part('gradient', GRADIENT),
});
export const GRAPH = shape('graph', {
  1: part('node', NODE),
  2: part('library', LIBRARY),
});

/** Source: `meta_graph.proto`, `saved_object_graph.proto`, `saved_model.proto`. */
const TENSOR_INFO = shape('tensor info', { 1: text('name') });
export const ASSET = shape('asset', {
  1: part('tensor', TENSOR_INFO),
  2: text('filename'),
});
const USER_OBJECT = shape('user object', {
  1: text('identifier'),
  3: text('metadata'),
});
const SAVED_OBJECT = shape('object', { 4: part('user', USER_OBJECT) });
const OBJECTS = shape('objects', { 1: part('object', SAVED_OBJECT) });
export const META_GRAPH = shape('meta graph', {
  2: part('graph', GRAPH),
  6: part('asset', ASSET),
  7: part('objects', OBJECTS),
});
export const SAVED_MODEL = shape('model', {
  2: part('meta graph', META_GRAPH),
});

/** Source: keras/protobuf: `saved_metadata.proto`. */
const KERAS_NODE = shape('layer', {
  3: text('path'),
  4: text('identifier'),
  5: text('metadata'),
});
export const KERAS_METADATA = shape('metadata', {
  1: part('layer', KERAS_NODE),
});
/** Numbers and one text only. */
export const FINGERPRINT = shape('fingerprint');
