import { Imported, type Items, type Value } from './values';

/**
 * The number with which torch's format before 1.6 begins: the long of ten bytes
 * that its first pickle holds, in whatever protocol.
 *
 * Source: torch, `serialization.py`, `MAGIC_NUMBER`.
 */
const MAGIC = Buffer.from('8a0a6cfc9c46f9206aa850192e', 'hex');
/** The pickle may be one of protocol 4 or 5, which has a frame. */
const FRAME = Buffer.from('950d00000000000000', 'hex');
/** So many bytes tell. */
export const LONGEST_MAGIC = 2 + FRAME.length + MAGIC.length;

export function beginsOldTorch(head: Buffer): boolean {
  if (head[0] !== 0x80 || head[1] < 2 || head[1] > 5) return false;
  const rest = head.subarray(2, LONGEST_MAGIC);
  const begins = (bytes: Buffer, mark: Buffer) =>
    bytes.subarray(0, mark.length).equals(mark);
  return begins(
    begins(rest, FRAME) ? rest.subarray(FRAME.length) : rest,
    MAGIC,
  );
}

const SIZES: Record<string, number> = {
  Double: 8,
  Long: 8,
  ComplexFloat: 8,
  ComplexDouble: 16,
  Float: 4,
  Int: 4,
  QInt32: 4,
  Half: 2,
  BFloat16: 2,
  Short: 2,
  Byte: 1,
  Char: 1,
  Bool: 1,
  QInt8: 1,
  QUInt8: 1,
  QUInt4x2: 1,
  QUInt2x4: 1,
  Untyped: 1,
};

/** Whether a persistent id names a storage: `('storage', type, key, location, size)`. */
export const isStorage = ({ type, first }: Items) =>
  type === 'tuple' && first[0] === 'storage';

const isImported = (value: Value): value is Imported =>
  value instanceof Imported;

/** `('module', class, file, source)` is how the old format names classes of layers. */
export function namedClass({ type, first }: Items): Imported | undefined {
  return type === 'tuple' && first[0] === 'module' && isImported(first[1])
    ? first[1]
    : undefined;
}

/** More are no model. */
const MOST = 1_000_000;

/**
 * The tensors with which a file of the old format ends: for each storage its
 * length and its bytes, in the order of their keys.
 *
 * Source: torch, `serialization.py`, `_legacy_save`.
 */
export class TorchStorages {
  readonly #lengths = new Map<string, { count: number; width: number }>();
  /** A storage is not understood, so nobody knows where the next one is. */
  #isUnclear = false;
  #order: string[] | undefined;
  /** Bytes of the present storage that are still to come. */
  #left = 0;
  #header = Buffer.alloc(0);

  /** Notes what a persistent id says. */
  add({ first }: Items): void {
    const [, type, key, , count] = first;
    const width =
      type instanceof Imported
        ? SIZES[type.name.replace(/Storage$/, '')]
        : undefined;
    if (
      width === undefined ||
      typeof key !== 'string' ||
      typeof count !== 'number' ||
      this.#lengths.size >= MOST
    ) {
      this.#isUnclear = true;
      return;
    }
    this.#lengths.set(key, { count, width });
  }

  /**
   * Passes over what belongs to the tensors; returns how many of the bytes that
   * are. Fewer than all means that what follows is none of theirs.
   */
  pass(bytes: Buffer): number {
    this.#order ??= this.#isUnclear ? [] : [...this.#lengths.keys()].sort();
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#left -= taken;
        at += taken;
        continue;
      }
      const [key] = this.#order;
      if (key === undefined) return at;
      const missing = 8 - this.#header.length;
      const part = bytes.subarray(at, at + missing);
      this.#header = Buffer.concat([this.#header, part]);
      at += part.length;
      if (this.#header.length < 8) break;
      const count = this.#header.readBigUInt64LE(0);
      const told = this.#lengths.get(key)!;
      this.#header = Buffer.alloc(0);
      if (count !== BigInt(told.count)) {
        this.#order.length = 0;
        return Math.max(0, at - 8);
      }
      this.#order.shift();
      this.#left = told.count * told.width;
    }
    return at;
  }
}
