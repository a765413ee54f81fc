import { MemoPage, PAGE, PAGE_BITS } from './MemoPage';
import { PickleError } from './PickleError';
import { mayBeName } from './shortText';
import { Entries, Imported, Items, Made, Opaque, Payload } from './values';
import type { Value } from './values';

/** Of the entries so many pages are known as they are: the first, and the last. */
const KNOWN_PAGES = { first: 64, last: 64 };
/** Memory of the names among the texts, and of one beside its characters. */
const MOST_TEXT = 48 * 1024 * 1024;
const TEXT = 40;
/** So many objects are kept with what they were made of. */
const MOST_KEPT = 512 * 1024;
/** Names that were kept lately, which come again and again: so many are looked up. */
const RECENT = 256;
/** Entries that are out of order, and those that outlive their page. */
const MOST_SPARSE = 256 * 1024;
const MOST_PRECIOUS = 64 * 1024;
/** Pages that were put aside with gaps in them. */
const MOST_GAPPED = 8 * 1024;

const placeOf = (index: number) => index & (PAGE - 1);

/**
 * What an unpickler remembers, in memory that is bounded: nothing of a value is
 * kept of which no import or call could come. Of very many entries the first
 * and the last are known, and of the rest the classes and their names; any
 * other reads as {@link Opaque.forgotten}, which nobody may call or change.
 */
export class Memo {
  readonly #lastPages: number;
  #pages: MemoPage[] = [];
  /** The page from which on nothing was put aside. */
  #known: number;
  readonly #sparse = new Map<number, Value>();
  readonly #precious = new Map<number, Value>();
  readonly #names = new Set<string>();
  readonly #recentNames: string[] = new Array(RECENT).fill('');
  readonly #recentSlots = new Uint16Array(RECENT);
  /** The slots are those of this page, since it was compacted so often. */
  #recentPage: MemoPage | undefined;
  #compacted = 0;
  /** Room of pages that were put aside, for new ones. */
  #spare: Uint16Array | undefined;
  #gapped = 0;
  #text = 0;
  #objects = 0;
  /** Entries; the next one's index where no other is told. */
  size = 0;

  /** @param pages - how many are known as they are */
  constructor(pages: { first: number; last: number } = KNOWN_PAGES) {
    this.#known = pages.first;
    this.#lastPages = pages.last;
  }

  get(index: number): Value | undefined {
    const page = this.#pages[index >>> PAGE_BITS];
    if (page === undefined) return this.#sparse.get(index);
    const value = page.get(placeOf(index));
    return value === Opaque.forgotten
      ? this.#precious.get(index) ?? value
      : value;
  }

  /** @throws PickleError when it is too much */
  set(index: number, value: Value): void {
    const number = index >>> PAGE_BITS;
    const page = this.#pages[number] ?? this.#pageFor(index, number);
    if (page === undefined) this.#putSparse(index, value);
    else if (!page.isOpen) this.#putLate(index, page, value);
    else {
      const slot =
        typeof value === 'string'
          ? this.#nameSlot(value, page)
          : page.keep(this.#remembered(value, page));
      if (page.set(placeOf(index), slot)) this.size += 1;
    }
  }

  /** An import was named by this text: it is not forgotten. */
  keepName(name: string): void {
    if (this.#names.size < MOST_PRECIOUS) this.#names.add(name);
  }

  copy(): Memo {
    const copy = new Memo({ first: this.#known, last: this.#lastPages });
    copy.#pages = this.#pages.map(page => page.copy());
    this.#sparse.forEach((value, index) => copy.#sparse.set(index, value));
    this.#precious.forEach((value, index) => copy.#precious.set(index, value));
    this.#names.forEach(name => copy.#names.add(name));
    copy.#gapped = this.#gapped;
    copy.#text = this.#text;
    copy.#objects = this.#objects;
    copy.size = this.size;
    return copy;
  }

  /**
   * What of a value is kept: whatever an import or a call could come out of.
   * The rest is the same for all, so that memory stays bounded; where it is used
   * as a name after all, it is one that nobody knows.
   */
  #remembered(value: Value, page?: MemoPage): Value {
    if (typeof value !== 'object') return value;
    if (value instanceof Entries || value instanceof Payload) {
      return Opaque.something;
    }
    if (value instanceof Items) {
      if (!value.holdsObjects || this.#objects >= MOST_KEPT) {
        return Opaque.something;
      }
    } else if (!(value instanceof Made)) return value;
    else if (this.#objects >= MOST_KEPT) return anyOf(value);
    this.#objects += 1;
    if (page) page.objects += 1;
    return value;
  }

  /** The same name takes no more memory the second time. */
  #nameSlot(name: string, page: MemoPage): number {
    const { length } = name;
    if (length === 0) return page.keep(Opaque.something);
    const place =
      (Math.imul(name.charCodeAt(length - 1), 37) +
        Math.imul(name.charCodeAt(length >> 1), 11) +
        name.charCodeAt(0) +
        length) &
      (RECENT - 1);
    if (this.#recentPage !== page || this.#compacted !== page.compacted) {
      this.#recentPage = page;
      this.#compacted = page.compacted;
      this.#recentNames.fill('');
    }
    if (this.#recentNames[place] === name) return this.#recentSlots[place];
    if (this.#text > MOST_TEXT || !mayBeName(name)) {
      return page.keep(Opaque.something);
    }
    this.#text += length + TEXT;
    page.text += length + TEXT;
    const slot = page.keep(name);
    if (this.#compacted !== page.compacted) return slot;
    this.#recentNames[place] = name;
    this.#recentSlots[place] = slot;
    return slot;
  }

  #putSparse(index: number, value: Value): void {
    if (!this.#sparse.has(index)) {
      if (this.#sparse.size >= MOST_SPARSE) {
        throw new PickleError(
          'it remembers out of order',
          'pickle-too-complex',
        );
      }
      this.size += 1;
    }
    this.#sparse.set(index, this.#remembered(value));
  }

  /** Into a page that was put aside. */
  #putLate(index: number, page: MemoPage, value: Value): void {
    if (this.#precious.size >= MOST_PRECIOUS || !page.has(placeOf(index))) {
      throw new PickleError('it remembers out of order', 'pickle-too-complex');
    }
    this.#precious.set(index, this.#remembered(value));
  }

  /** The page that comes next; none for what is far ahead. */
  #pageFor(index: number, number: number): MemoPage | undefined {
    const next = this.#pages.length;
    const isNear = number === next && (next > 0 || placeOf(index) < 256);
    if (!isNear) return undefined;
    const page = new MemoPage(this.#spare);
    this.#spare = undefined;
    this.#pages.push(page);
    for (const [at, value] of this.#sparse) {
      if (at >>> PAGE_BITS !== number) continue;
      page.set(placeOf(at), page.keep(value));
      this.#sparse.delete(at);
    }
    const oldest = number - this.#lastPages;
    if (oldest >= this.#known) this.#putAside(oldest);
    return page;
  }

  #putAside(number: number): void {
    const page = this.#pages[number];
    this.#known = number + 1;
    if (!page.isFull && ++this.#gapped > MOST_GAPPED) {
      throw new PickleError('it remembers with gaps', 'pickle-too-complex');
    }
    page.forEachKept((value, place) => {
      if (this.#precious.size < MOST_PRECIOUS && this.#isPrecious(value)) {
        this.#precious.set(number * PAGE + place, value);
      }
    });
    this.#text -= page.text;
    this.#objects -= page.objects;
    this.#spare = page.close();
  }

  /** Classes are used again and again, and so are the texts that name them. */
  #isPrecious(value: Value): boolean {
    return (
      value instanceof Imported ||
      (typeof value === 'string' && this.#names.has(value))
    );
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
