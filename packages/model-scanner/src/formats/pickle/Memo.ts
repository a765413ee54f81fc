import { PickleError } from './PickleError';
import { mayBeName } from './shortText';
import { Entries, Imported, Items, Made, Opaque, Payload } from './values';
import type { Value } from './values';

const MOST = 8 * 1024 * 1024;
/** Memory of the names among the texts, and of one beside its characters. */
const MOST_TEXT = 48 * 1024 * 1024;
const TEXT = 40;
/** So many objects are kept with what they were made of. */
const MOST_KEPT = 512 * 1024;
/** Entries that are out of order. */
const MOST_SPARSE = 256 * 1024;

/** Nearly all machines that are tried on data remember nothing. */
const EMPTY = new Uint32Array(0);
const LEAST = 32;
const SMALL = 256;

const NOTHING = 0;
const SOMETHING = 1;
/** From here on a slot tells which of the kept values it is. */
const FIRST = 2;

/** What an unpickler remembers, in few bytes where nothing can come of it. */
export class Memo {
  #slots: Uint32Array = EMPTY;
  readonly #sparse = new Map<number, number>();
  #kept: Value[] = [];
  #text = 0;
  #objects = 0;
  /** Entries; the next one's index where no other is told. */
  size = 0;

  get isFull(): boolean {
    return this.size >= MOST;
  }

  get(index: number): Value | undefined {
    const slot =
      index < this.#slots.length
        ? this.#slots[index]
        : this.#sparse.get(index) ?? NOTHING;
    if (slot === NOTHING) return undefined;
    return slot === SOMETHING ? Opaque.something : this.#kept[slot - FIRST];
  }

  /** @throws PickleError when it is too much */
  set(index: number, value: Value): void {
    if (this.isFull) {
      throw new PickleError('it remembers too much', 'pickle-too-complex');
    }
    this.#makeRoom(index);
    const isDense = index < this.#slots.length;
    const before = isDense
      ? this.#slots[index]
      : this.#sparse.get(index) ?? NOTHING;
    if (before === NOTHING) this.size += 1;
    const after = this.#slotOf(before, value);
    if (after === before) return;
    if (isDense) this.#slots[index] = after;
    else this.#sparse.set(index, after);
  }

  copy(): Memo {
    const copy = new Memo();
    copy.#slots = this.#slots.slice();
    this.#sparse.forEach((slot, index) => copy.#sparse.set(index, slot));
    copy.#kept = this.#kept.slice();
    copy.#text = this.#text;
    copy.#objects = this.#objects;
    copy.size = this.size;
    return copy;
  }

  /** A slot that is overwritten gives its place to the new value. */
  #slotOf(before: number, value: Value): number {
    const kept = this.#remembered(value);
    if (kept === Opaque.something) return SOMETHING;
    if (before >= FIRST) {
      this.#kept[before - FIRST] = kept;
      return before;
    }
    return this.#kept.push(kept) - 1 + FIRST;
  }

  /**
   * What of a value is kept: whatever an import or a call could come out of.
   * The rest is the same for all, so that memory stays bounded; where it is used
   * as a name after all, it is one that nobody knows.
   */
  #remembered(value: Value): Value {
    if (typeof value === 'string') {
      if (this.#text > MOST_TEXT || !mayBeName(value)) return Opaque.something;
      this.#text += value.length + TEXT;
      return value;
    }
    if (typeof value !== 'object') return value;
    if (value instanceof Entries || value instanceof Payload) {
      return Opaque.something;
    }
    if (value instanceof Items) {
      if (!value.holdsObjects || this.#objects >= MOST_KEPT) {
        return Opaque.something;
      }
      this.#objects += 1;
    } else if (value instanceof Made) {
      if (this.#objects >= MOST_KEPT) return anyOf(value);
      this.#objects += 1;
    }
    return value;
  }

  #makeRoom(index: number): void {
    const { length } = this.#slots;
    if (index < length) return;
    if (index <= Math.max(2 * length, SMALL) && index < 2 * MOST) {
      const grown = new Uint32Array(Math.max(2 * length, index + 1, LEAST));
      grown.set(this.#slots);
      for (const [at, slot] of this.#sparse) {
        if (at >= grown.length) continue;
        grown[at] = slot;
        this.#sparse.delete(at);
      }
      this.#slots = grown;
    } else if (this.#sparse.size >= MOST_SPARSE) {
      throw new PickleError('it remembers out of order', 'pickle-too-complex');
    }
  }
}

const shared = new WeakMap<Imported, Made>();

/** One object of a class for all, when there are too many to keep each. */
function anyOf({ callee }: Made): Value {
  if (!(callee instanceof Imported)) return Opaque.something;
  const known = shared.get(callee);
  if (known) return known;
  const made = new Made(callee, Opaque.something);
  shared.set(callee, made);
  return made;
}
