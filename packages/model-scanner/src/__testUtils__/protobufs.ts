/** A value of a field: a number is a varint, all else has a length before it. */
export type ProtobufValue = number | bigint | string | Buffer;

export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

export function field(number: number, value: ProtobufValue): Buffer {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Buffer.concat([varint(number * 8), varint(value)]);
  }
  const bytes = Buffer.from(value as string);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

/** A message of fields, in the order in which they are given. */
export const message = (
  ...fields: Array<readonly [number, ProtobufValue] | Buffer>
): Buffer =>
  Buffer.concat(
    fields.map(it => (Buffer.isBuffer(it) ? it : field(it[0], it[1]))),
  );

const entry = (key: string, value: string) => message([1, key], [2, value]);

/** A node of ONNX. */
export const node = (
  op: string,
  domain = '',
  ...more: Array<readonly [number, ProtobufValue] | Buffer>
) =>
  message(
    [1, 'x'],
    [2, 'y'],
    [4, op],
    ...(domain ? [[7, domain] as const] : []),
    ...more,
  );

/** An attribute of ONNX that is a text. */
export const textAttribute = (name: string, text: string) =>
  message([1, name], [4, text], [20, 3]);

/** An attribute of ONNX that is a graph. */
export const graphAttribute = (name: string, graph: Buffer) =>
  message([1, name], [6, graph], [20, 5]);

/** A tensor of ONNX with so many floats. */
export const tensor = (items: number, data = Buffer.alloc(4 * items)) =>
  message([1, items], [2, 1], [8, 'w'], [9, data]);

/** A tensor of ONNX that is in another file. */
export const externalTensor = (
  entries: Record<string, string>,
  location: number | undefined = 1,
) =>
  message(
    [1, 4],
    [2, 1],
    [8, 'w'],
    ...Object.entries(entries).map(
      ([key, value]) => [13, entry(key, value)] as const,
    ),
    ...(location === undefined ? [] : [[14, location] as const]),
  );

/** A model of ONNX around what its graph holds. */
export const onnx = (
  graph: Array<readonly [number, ProtobufValue] | Buffer> = [],
  more: Array<readonly [number, ProtobufValue] | Buffer> = [],
) =>
  message(
    [1, 8],
    [2, 'pytorch'],
    [3, '2.4.0'],
    [7, message(...graph, [2, 'main_graph'], [11, message([1, 'x'])])],
    [8, message([1, ''], [2, 17])],
    ...more,
  );

export const metadata = (key: string, value: string) =>
  [14, entry(key, value)] as const;
