/** Values by the kinds that the format has. */
export type GgufValue =
  | { u32: number }
  | { u8: number }
  | { bool: number }
  | { f64: number }
  | { text: string | Buffer }
  | { texts: string[] }
  | { u32s: number[] }
  | { lists: GgufValue[] }
  /** Type and bytes as they are. */
  | { raw: Buffer; type: number };

export interface GgufTensor {
  name: string;
  shape: Array<number | bigint>;
  type?: number;
  offset: number | bigint;
}

export interface GgufOptions {
  version?: number;
  isBig?: boolean;
  values?: Array<[string, GgufValue]>;
  tensors?: GgufTensor[];
  data?: Buffer;
  alignment?: number;
  /** Written instead of what is true. */
  counts?: { tensors?: bigint; values?: bigint };
}

/** Writes a GGUF file byte by byte. */
export function gguf(options: GgufOptions = {}): Buffer {
  const { version = 3, isBig = false, values = [], tensors = [] } = options;
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (isBig) bytes.writeUInt32BE(value);
    else bytes.writeUInt32LE(value);
    return bytes;
  };
  const u64 = (value: number | bigint) => {
    const bytes = Buffer.alloc(8);
    if (isBig) bytes.writeBigUInt64BE(BigInt(value));
    else bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  const length = (value: number | bigint) =>
    version === 1 ? u32(Number(value)) : u64(value);
  const text = (value: string | Buffer) => {
    const bytes = Buffer.from(value as string);
    return Buffer.concat([length(bytes.length), bytes]);
  };
  const typed = (type: number, ...bytes: Buffer[]) =>
    [u32(type), Buffer.concat(bytes)] as const;
  const encode = (value: GgufValue): readonly [Buffer, Buffer] => {
    if ('u32' in value) return typed(4, u32(value.u32));
    if ('u8' in value) return typed(0, Buffer.from([value.u8]));
    if ('bool' in value) return typed(7, Buffer.from([value.bool]));
    if ('f64' in value) return typed(12, Buffer.alloc(8, value.f64));
    if ('text' in value) return typed(8, text(value.text));
    if ('raw' in value) return typed(value.type, value.raw);
    if ('texts' in value) {
      const { texts } = value;
      return typed(9, u32(8), length(texts.length), ...texts.map(text));
    }
    if ('u32s' in value) {
      const { u32s } = value;
      return typed(9, u32(4), length(u32s.length), ...u32s.map(u32));
    }
    const inner = value.lists.map(it => encode(it)[1]);
    return typed(9, u32(9), length(inner.length), ...inner);
  };
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    length(options.counts?.tensors ?? tensors.length),
    length(options.counts?.values ?? values.length),
    ...values.flatMap(([key, value]) => [text(key), ...encode(value)]),
    ...tensors.flatMap(({ name, shape, type = 0, offset }) => [
      text(name),
      u32(shape.length),
      ...shape.map(length),
      u32(type),
      u64(offset),
    ]),
  ]);
  const { alignment = 32, data } = options;
  if (!data) return head;
  const padding = (alignment - (head.length % alignment)) % alignment;
  return Buffer.concat([head, Buffer.alloc(padding), data]);
}
