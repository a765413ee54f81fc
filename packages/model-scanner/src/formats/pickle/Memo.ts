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
/** Values that are kept at all; the rest is as if it could be anything. */
const MOST_VALUES = 2 * 1024 * 1024;
/** Names that were kept lately, which come again and again: so many are looked up. */
const RECENT = 256;
/** Entries that are out of order. */
const MOST_SPARSE = 256 * 1024;

/** Slots of a page; nearly all machines that are tried on data need only a few. */
const PAGE = 16 * 1024;
const LEAST = 32;
const SMALL = 256;

const NOTHING = 0;
const SOMETHING = 1;
/** From here on a slot tells which of the kept values it is. */
const FIRST = 2;

/** What an unpickler remembers, in few bytes where nothing can come of it. */
export class Memo {
  /** Pages of slots; the first is small at first. */
  #pages: Uint32Array[] = [];
  /** So many slots the pages have. */
  #room = 0;
  readonly #sparse = new Map<number, number>();
  #kept: Value[] = [];
  readonly #recentNames: string[] = [];
  readonly #recentSlots: number[] = [];
  #text = 0;
  #objects = 0;
  /** Entries; the next one's index where no other is told. */
  size = 0;

  get isFull(): boolean {
    return this.size >= MOST;
  }

  get(index: number): Value | undefined {
    const slot = this.#slotAt(index);
    if (slot === NOTHING) return undefined;
    return slot === SOMETHING ? Opaque.something : this.#kept[slot - FIRST];
  }

  /** @throws PickleError when it is too much */
  set(index: number, value: Value): void {
    if (this.isFull) {
      throw new PickleError('it remembers too much', 'pickle-too-complex');
    }
    if (index >= this.#room) this.#makeRoom(index);
    if (this.#slotAt(index) === NOTHING) this.size += 1;
    const slot = this.#slotOf(value);
    if (index < this.#room) {
      this.#pages[Math.floor(index / PAGE)][index % PAGE] = slot;
    } else this.#sparse.set(index, slot);
  }

  copy(): Memo {
    const copy = new Memo();
    copy.#pages = this.#pages.map(page => page.slice());
    copy.#room = this.#room;
    this.#sparse.forEach((slot, index) => copy.#sparse.set(index, slot));
    copy.#kept = this.#kept.slice();
    copy.#text = this.#text;
    copy.#objects = this.#objects;
    copy.size = this.size;
    return copy;
  }

  #slotOf(value: Value): number {
    if (typeof value === 'string') return this.#nameSlot(value);
    const kept = this.#remembered(value);
    return kept === Opaque.something ? SOMETHING : this.#keep(kept);
  }

  /** The same name takes no more memory the second time. */
  #nameSlot(name: string): number {
    const { length } = name;
    if (length === 0) return SOMETHING;
    const place =
      (Math.imul(name.charCodeAt(length - 1), 37) +
        Math.imul(name.charCodeAt(length >> 1), 11) +
        name.charCodeAt(0) +
        length) &
      (RECENT - 1);
    if (this.#recentNames[place] === name) return this.#recentSlots[place];
    if (this.#text > MOST_TEXT || !mayBeName(name)) return SOMETHING;
    this.#text += length + TEXT;
    const slot = this.#keep(name);
    this.#recentNames[place] = name;
    this.#recentSlots[place] = slot;
    return slot;
  }

  #keep(value: Value): number {
    if (this.#kept.length >= MOST_VALUES) return SOMETHING;
    return this.#kept.push(value) - 1 + FIRST;
  }

  /**
   * What of a value is kept: whatever an import or a call could come out of.
   * The rest is the same for all, so that memory stays bounded; where it is used
   * as a name after all, it is one that nobody knows.
   */
  #remembered(value: Value): Value {
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

  #slotAt(index: number): number {
    return index < this.#room
      ? this.#pages[Math.floor(index / PAGE)][index % PAGE]
      : this.#sparse.get(index) ?? NOTHING;
  }

  #makeRoom(index: number): void {
    if (index > Math.max(this.#room + PAGE, SMALL) || index >= 2 * MOST) {
      if (this.#sparse.size >= MOST_SPARSE) {
        throw new PickleError(
          'it remembers out of order',
          'pickle-too-complex',
        );
      }
      return;
    }
    while (index >= this.#room) {
      const [first] = this.#pages;
      if (this.#room < PAGE) {
        const grown = new Uint32Array(
          Math.min(PAGE, Math.max(2 * this.#room, index + 1, LEAST)),
        );
        if (first) grown.set(first);
        this.#pages[0] = grown;
        this.#room = grown.length;
      } else {
        this.#pages.push(new Uint32Array(PAGE));
        this.#room += PAGE;
      }
    }
    for (const [at, slot] of this.#sparse) {
      if (at >= this.#room) continue;
      this.#pages[Math.floor(at / PAGE)][at % PAGE] = slot;
      this.#sparse.delete(at);
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
