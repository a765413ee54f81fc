import { Opaque, type Value } from './values';

/** Entries of a page. */
export const PAGE_BITS = 14;
export const PAGE = 2 ** PAGE_BITS;
/** Nearly all machines that are tried on data need only a few. */
const LEAST = 32;

const NOTHING = 0;
const SOMETHING = 1;
/** From here on a slot tells which of the page's values it is. */
const FIRST = 2;
/** More values than there are places are kept only where places change. */
const MOST = 4 * PAGE - FIRST;

/** A part of what an unpickler remembers, in few bytes where nothing can come of it. */
export class MemoPage {
  /** By place; nothing any more once the page was put aside. */
  #slots: Uint16Array | undefined;
  #kept: Value[] = [];
  /** Where something is, once the page was put aside with gaps: a bit a place. */
  #filled: Uint8Array | undefined;
  /** Entries of it. */
  count = 0;
  /** What its names and objects add to what is kept. */
  text = 0;
  objects = 0;
  /** How often slots that were given before lost their meaning. */
  compacted = 0;

  constructor(slots: Uint16Array = new Uint16Array(LEAST)) {
    this.#slots = slots;
  }

  get isOpen(): boolean {
    return this.#slots !== undefined;
  }

  get isFull(): boolean {
    return this.count === PAGE;
  }

  has(place: number): boolean {
    if (this.#slots) {
      return place < this.#slots.length && this.#slots[place] !== NOTHING;
    }
    if (!this.#filled) return true;
    return (this.#filled[place >> 3] & (1 << (place & 7))) !== 0;
  }

  /** Of a page that was put aside, what is there is forgotten. */
  get(place: number): Value | undefined {
    const slots = this.#slots;
    if (!slots) return this.has(place) ? Opaque.forgotten : undefined;
    if (place >= slots.length) return undefined;
    const slot = slots[place];
    if (slot === NOTHING) return undefined;
    return slot === SOMETHING ? Opaque.something : this.#kept[slot - FIRST];
  }

  /** The slot for a value, which may be given to several places. */
  keep(value: Value): number {
    if (value === Opaque.something) return SOMETHING;
    if (this.#kept.length >= MOST) this.#compact();
    return this.#kept.push(value) - 1 + FIRST;
  }

  /** Whether the place was empty. */
  set(place: number, slot: number): boolean {
    let slots = this.#slots!;
    if (place >= slots.length) {
      const grown = new Uint16Array(
        Math.min(PAGE, Math.max(2 * slots.length, place + 1)),
      );
      grown.set(slots);
      this.#slots = grown;
      slots = grown;
    }
    const isNew = slots[place] === NOTHING;
    slots[place] = slot;
    if (isNew) this.count += 1;
    return isNew;
  }

  forEachKept(callback: (value: Value, place: number) => void): void {
    this.#slots?.forEach((slot, place) => {
      if (slot >= FIRST) callback(this.#kept[slot - FIRST], place);
    });
  }

  /**
   * Forgets what is in it, but not where something is.
   *
   * @returns room for another page
   */
  close(): Uint16Array | undefined {
    const slots = this.#slots;
    if (slots && !this.isFull) {
      const filled = new Uint8Array(PAGE / 8);
      slots.forEach((slot, place) => {
        if (slot !== NOTHING) filled[place >> 3] |= 1 << (place & 7);
      });
      this.#filled = filled;
    }
    this.#slots = undefined;
    this.#kept = [];
    return slots?.length === PAGE ? slots.fill(NOTHING) : undefined;
  }

  /** Drops the values that no place holds any more. */
  #compact(): void {
    const kept: Value[] = [];
    const moved = new Map<number, number>();
    this.#slots?.forEach((slot, place, slots) => {
      if (slot < FIRST) return;
      let to = moved.get(slot);
      if (to === undefined) {
        to = kept.push(this.#kept[slot - FIRST]) - 1 + FIRST;
        moved.set(slot, to);
      }
      slots[place] = to;
    });
    this.#kept = kept;
    this.compacted += 1;
  }

  copy(): MemoPage {
    const copy = new MemoPage(this.#slots?.slice());
    if (!this.#slots) copy.#slots = undefined;
    copy.#kept = this.#kept.slice();
    copy.#filled = this.#filled;
    copy.count = this.count;
    copy.text = this.text;
    copy.objects = this.objects;
    return copy;
  }
}
