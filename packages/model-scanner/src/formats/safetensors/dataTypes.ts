/**
 * Bits of an item by its type.
 *
 * Source: safetensors 0.7, `tensor.rs`, `Dtype::bitsize`.
 */
export const BITS: Record<string, number> = {
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  U16: 16,
  I16: 16,
  F16: 16,
  BF16: 16,
  U32: 32,
  I32: 32,
  F32: 32,
  U64: 64,
  I64: 64,
  F64: 64,
  C64: 64,
};

/** Bytes of so many items, or nothing where that is no whole number of them. */
export function bytesOf(type: string, shape: number[]): number | undefined {
  const items = shape.reduce((product, length) => product * length, 1);
  const bytes = (items * BITS[type]) / 8;
  return Number.isSafeInteger(items) && Number.isSafeInteger(bytes)
    ? bytes
    : undefined;
}
