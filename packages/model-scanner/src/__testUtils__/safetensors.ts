/** Writes a safetensors file around a header that may be any text. */
export function safetensors(
  header: object | string | Buffer,
  data: Buffer = Buffer.alloc(0),
  options: { length?: bigint } = {},
): Buffer {
  const bytes = Buffer.isBuffer(header)
    ? header
    : Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(options.length ?? BigInt(bytes.length));
  return Buffer.concat([length, bytes, data]);
}

/** A header with one tensor of so many bytes. */
export const oneTensor = (bytes: number) => ({
  weight: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] },
});
