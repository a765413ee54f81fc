import { PartError, type ScanContext } from '../../engine/FormatReader';
import { judgeJinja } from '../../text/jinja';
import { EndOfBytes, type ByteCursor } from '../archive/ByteCursor';
import { hasOddCharacters, shownName } from '../archive/names';
import type { TensorSpan } from '../tensors/spans';
import { ARRAY, BLOCKS, BOOLEAN, TEXT, VALUE_BYTES } from './dataTypes';

const LONGEST_KEY = 65_535;
/** What loaders keep of the name of a tensor, at most. */
const LONGEST_NAME = 127;
const MOST_DIMENSIONS = 4;
/** Arrays within arrays; writers have none. */
const DEEPEST = 4;
/** Entries, and bytes of names, that are kept to be compared. */
const MOST_ENTRIES = 1_000_000;
const MOST_KEPT = 32 * 1024 * 1024;
/** All templates of a file together. */
const MOST_TEMPLATE_BYTES = 4 * 1024 * 1024;
/** Texts and arrays in arrays, all together. */
const MOST_ITEMS = 5_000_000;
/** Texts of an array of templates. */
const MOST_TEMPLATES = 1000;
const ALIGNMENT = 32;
/** Larger ones leave room for something else. */
const USUAL_ALIGNMENT = 4096;
const MOST_ALIGNMENT = 1024 * 1024;

const TEMPLATE_KEY = /template/i;
const isJinja = (text: string) => /\{[{%]/.test(text);

export const corrupt = (why: string) => new PartError(why, 'gguf-corrupt');

/** What a header tells of the tensors behind it. */
export interface GgufTensors {
  spans: TensorSpan[];
  /** Where they begin. */
  base: number;
  alignment: number;
}

/**
 * Reads the header of a GGUF file in order.
 *
 * Source: ggml, `docs/gguf.md`, versions 1 to 3, in either order of bytes.
 */
export class GgufHeader {
  readonly #cursor: ByteCursor;
  readonly #context: ScanContext;
  readonly #size: number;
  #isBig = false;
  #version = 0;
  #alignment = ALIGNMENT;
  #kept = 0;
  #items = 0;
  #judged = 0;

  /** @param size - bytes of the file, where they are known */
  constructor(cursor: ByteCursor, size: number, context: ScanContext) {
    this.#cursor = cursor;
    this.#size = size;
    this.#context = context;
  }

  /** @throws PartError, EndOfBytes */
  async read(): Promise<GgufTensors> {
    const start = await this.#cursor.read(8);
    this.#isBig = start.readUInt16LE(4) === 0;
    this.#version = this.#isBig ? start.readUInt32BE(4) : start.readUInt32LE(4);
    if (this.#version < 1 || this.#version > 3) {
      throw corrupt(`it is of version ${this.#version}`);
    }
    const tensors = await this.#count('tensors', 24);
    const values = await this.#count('values', 13);
    await this.#values(values);
    const spans = await this.#tensors(tensors);
    const { offset } = this.#cursor;
    const base = Math.ceil(offset / this.#alignment) * this.#alignment;
    return { spans, base, alignment: this.#alignment };
  }

  /** @param least - bytes of the shortest of them */
  async #count(what: string, least: number): Promise<number> {
    const count = await this.#length();
    if (count * least > this.#size) {
      throw corrupt(`it is said to have ${count} ${what}`);
    }
    if (count > MOST_ENTRIES) {
      throw new PartError(`it has ${count} ${what}`, 'too-large');
    }
    return count;
  }

  async #values(count: number): Promise<void> {
    const keys = new Set<string>();
    for (let i = 0; i < count; i++) {
      this.#context.signal?.throwIfAborted();
      const { offset } = this.#cursor;
      const key = await this.#name(LONGEST_KEY, 'a key');
      this.#checkName(key, keys, offset, !/^[\w.-]+$/.test(key));
      const type = await this.#number();
      if (key === 'general.alignment') await this.#readAlignment(type);
      else await this.#value(key, type, 0);
    }
  }

  #checkName(
    name: string,
    names: Set<string>,
    offset: number,
    isOdd: boolean,
  ): void {
    if (names.has(name)) {
      const message = `${shownName(name)} is there twice`;
      this.#context.report('gguf-duplicate-key', message, { offset });
    }
    names.add(name);
    if (isOdd || hasOddCharacters(name)) {
      const message = `there is a name ${shownName(name) || 'of nothing'}`;
      this.#context.report('gguf-odd-header', message, { offset });
    }
  }

  async #readAlignment(type: number): Promise<void> {
    if (type !== 4) throw corrupt('its alignment is no number');
    const alignment = await this.#number();
    const isPower = (alignment & (alignment - 1)) === 0;
    if (alignment < 8 || alignment > MOST_ALIGNMENT || !isPower) {
      throw corrupt(`it is aligned to ${alignment} bytes`);
    }
    if (alignment > USUAL_ALIGNMENT) {
      const message = `it is aligned to ${alignment} bytes`;
      this.#context.report('gguf-odd-header', message, {
        offset: this.#cursor.offset - 4,
      });
    }
    this.#alignment = alignment;
  }

  async #value(key: string, type: number, depth: number): Promise<void> {
    const cursor = this.#cursor;
    if (type === TEXT) {
      await this.#text(key, depth === 0 || TEMPLATE_KEY.test(key));
    } else if (type === ARRAY) await this.#array(key, depth + 1);
    else if (type === BOOLEAN) {
      const [value] = await cursor.read(1);
      if (value > 1)
        throw corrupt(`${shownName(key)} is neither true nor false`);
    } else await cursor.skip(bytesOf(type, key));
  }

  async #array(key: string, depth: number): Promise<void> {
    const { offset } = this.#cursor;
    const type = await this.#number();
    const count = await this.#length();
    if (depth > DEEPEST) throw corrupt(`${shownName(key)} is nested too deep`);
    if (type === ARRAY && depth === 1) {
      const message = `${shownName(key)} is an array of arrays`;
      this.#context.report('gguf-odd-header', message, { offset });
    }
    const isTold = type === TEXT || type === ARRAY;
    const least = isTold ? 4 : bytesOf(type, key);
    if (count * least > this.#size) {
      throw corrupt(`${shownName(key)} is said to have ${count} items`);
    }
    if (!isTold) {
      await this.#cursor.skip(count * least);
      return;
    }
    this.#items += count;
    if (this.#items > MOST_ITEMS) {
      throw new PartError('it has too many texts', 'too-large');
    }
    const isTemplate = type === TEXT && TEMPLATE_KEY.test(key);
    for (let i = 0; i < count; i++) {
      if (type === ARRAY) await this.#value(key, type, depth);
      else if (isTemplate && i < MOST_TEMPLATES) await this.#text(key, true);
      else {
        const pending = this.#passText();
        if (pending) await pending;
      }
    }
  }

  /** Vocabularies are long: what is there is passed over without waiting. */
  #passText(): Promise<void> | undefined {
    const cursor = this.#cursor;
    if (this.#version === 1 || !cursor.has(8)) return this.#skipText();
    const length = this.#longNow();
    if (!cursor.has(length)) return cursor.skip(length);
    cursor.pass(length);
    return undefined;
  }

  async #skipText(): Promise<void> {
    await this.#cursor.skip(await this.#length());
  }

  /** Only what may be a template is looked at: words of a vocabulary are none. */
  async #text(key: string, isRead: boolean): Promise<void> {
    const length = await this.#length();
    const { offset } = this.#cursor;
    const isTemplate = TEMPLATE_KEY.test(key);
    const isTooMuch = this.#judged + length > MOST_TEMPLATE_BYTES;
    if (isTooMuch || !isRead) {
      if (isTemplate) {
        const message = `${shownName(key)} has ${length} bytes`;
        this.#context.report('template-unreadable', message, { offset });
      }
      await this.#cursor.skip(length);
      return;
    }
    const text = (await this.#cursor.read(length)).toString();
    if (!isTemplate && !isJinja(text)) return;
    this.#judged += length;
    for (const { rule, message } of judgeJinja(text)) {
      this.#context.report(rule, `${shownName(key)} ${message}`, { offset });
    }
  }

  async #tensors(count: number): Promise<TensorSpan[]> {
    const spans: TensorSpan[] = [];
    const names = new Set<string>();
    for (let i = 0; i < count; i++) {
      const { offset } = this.#cursor;
      const name = await this.#name(LONGEST_KEY, 'the name of a tensor');
      this.#checkName(name, names, offset, name.length > LONGEST_NAME);
      spans.push(await this.#tensor(name));
    }
    return spans;
  }

  async #tensor(name: string): Promise<TensorSpan> {
    const shown = shownName(name);
    const dimensions = await this.#number();
    if (dimensions > MOST_DIMENSIONS) {
      throw corrupt(`${shown} has ${dimensions} dimensions`);
    }
    const shape: number[] = [];
    for (let i = 0; i < dimensions; i++) shape.push(await this.#length());
    const type = await this.#number();
    const start = await this.#long();
    const block = BLOCKS.get(type);
    if (!block) throw corrupt(`${shown} is of an unknown type ${type}`);
    const [items, bytes] = block;
    const all = shape.reduce((product, length) => product * length, 1);
    const size = (all / items) * bytes;
    if ((shape[0] ?? 1) % items !== 0 || !Number.isSafeInteger(size)) {
      throw corrupt(`${shown} has an impossible shape [${shape.join(', ')}]`);
    }
    if (start % this.#alignment !== 0) {
      throw corrupt(`${shown} begins at ${start}, which is not aligned`);
    }
    return { name, start, end: start + size };
  }

  async #name(most: number, what: string): Promise<string> {
    const length = await this.#length();
    if (length > most) throw corrupt(`${what} has ${length} bytes`);
    this.#kept += length;
    if (this.#kept > MOST_KEPT) {
      throw new PartError('its names are too many to be compared', 'too-large');
    }
    return (await this.#cursor.read(length)).toString();
  }

  async #number(): Promise<number> {
    await this.#ready(4);
    return this.#cursor.uint32(this.#isBig);
  }

  async #long(): Promise<number> {
    await this.#ready(8);
    return this.#longNow();
  }

  async #ready(count: number): Promise<void> {
    if (this.#cursor.has(count)) return;
    await this.#cursor.ensure(count);
    if (!this.#cursor.has(count)) {
      throw new EndOfBytes(`it ends at ${this.#cursor.offset}`);
    }
  }

  #longNow(): number {
    const first = this.#cursor.uint32(this.#isBig);
    const second = this.#cursor.uint32(this.#isBig);
    const [low, high] = this.#isBig ? [second, first] : [first, second];
    const value = high * 2 ** 32 + low;
    if (!Number.isSafeInteger(value)) {
      throw corrupt(`a length or count is ${value}`);
    }
    return value;
  }

  /** Counts have four bytes in version 1 and eight after that. */
  #length(): Promise<number> {
    return this.#version === 1 ? this.#number() : this.#long();
  }
}

function bytesOf(type: number, key: string): number {
  const bytes = VALUE_BYTES.get(type);
  if (bytes === undefined) {
    throw corrupt(`${shownName(key)} is of an unknown type ${type}`);
  }
  return bytes;
}
