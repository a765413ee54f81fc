/**
 * Writes GGUF, version 3, little endian.
 *
 * Source: ggml, `docs/gguf.md`.
 */
const ALIGNMENT = 32;
const TYPES = { u32: 4, i32: 5, f32: 6, bool: 7, text: 8, array: 9 };
/** `ggml_type` of tensors: 32-bit and 16-bit floats. */
const F32 = 0;
const F16 = 1;

const u32 = value => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = value => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = value => {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
};
const writers = {
  u32,
  i32: value => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  },
  f32: value => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    return bytes;
  },
  bool: value => Buffer.from([value ? 1 : 0]),
  text,
};

function valueOf(value) {
  const [type, content] = Object.entries(value)[0];
  if (!Array.isArray(content)) {
    return Buffer.concat([u32(TYPES[type]), writers[type](content)]);
  }
  return Buffer.concat([
    u32(TYPES.array),
    u32(TYPES[type]),
    u64(content.length),
    ...content.map(writers[type]),
  ]);
}

/** The nearest 16-bit float, ties to even; what is too small becomes 0. */
export function toHalf(value) {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  if (exponent <= 0) return sign;
  if (exponent >= 31) throw new RangeError(`${value} is no 16-bit float`);
  const fraction = bits & 0x7fffff;
  const half = (exponent << 10) | (fraction >>> 13);
  const rest = fraction & 0x1fff;
  const up = rest > 0x1000 || (rest === 0x1000 && half & 1) ? 1 : 0;
  return sign | (half + up);
}

/**
 * A tensor of `rows` rows with `columns` numbers each, as 16-bit floats, or 32
 * bits wide where there is one row.
 */
function tensorOf({ name, rows, columns, numbers }) {
  const isVector = rows === 1;
  const data = Buffer.alloc(numbers.length * (isVector ? 4 : 2));
  numbers.forEach((number, index) => {
    // Digits that differ between machines are rounded away.
    const value = Number(number.toFixed(4));
    if (isVector) data.writeFloatLE(value, index * 4);
    else data.writeUInt16LE(toHalf(value), index * 2);
  });
  return {
    name,
    shape: isVector ? [columns] : [columns, rows],
    type: isVector ? F32 : F16,
    data,
  };
}

const padded = bytes =>
  Buffer.concat([bytes, Buffer.alloc(-bytes.length & (ALIGNMENT - 1))]);

/** The bytes of a file with these values and tensors, in this order. */
export function gguf(values, tensors) {
  const parts = [Buffer.from('GGUF'), u32(3)];
  parts.push(u64(tensors.length), u64(Object.keys(values).length));
  for (const [key, value] of Object.entries(values)) {
    parts.push(text(key), valueOf(value));
  }
  const written = tensors.map(tensorOf);
  let offset = 0;
  for (const { name, shape, type, data } of written) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64));
    parts.push(u32(type), u64(offset));
    offset += data.length + (-data.length & (ALIGNMENT - 1));
  }
  return Buffer.concat([
    padded(Buffer.concat(parts)),
    ...written.map(({ data }) => padded(data)),
  ]);
}
