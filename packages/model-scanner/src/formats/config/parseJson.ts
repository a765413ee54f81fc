import { ConfigObject, withValue, type ConfigValue } from './values';

/** Deeper ones are refused by Python too. */
const DEEPEST = 500;
/** Beyond that the numbers of an object, such as a vocabulary, are not kept. */
const MOST_NUMBERS = 1000;
/** Beyond that only objects of a list are kept; texts are searched elsewhere. */
const MOST_ITEMS = 20_000;
/** What is kept altogether. */
const MOST_KEPT = 1_000_000;
const MOST_DOUBLE = 100;

const LITERALS: Array<[string, ConfigValue]> = [
  ['true', true],
  ['false', false],
  ['null', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [
  0x7b, 0x7d, 0x5b, 0x5d,
];

/** What is no JSON, with where that shows. */
export class JsonError extends Error {
  constructor(message: string, readonly at: number) {
    super(message);
  }
}

/** What a JSON says. */
export interface JsonText {
  value: ConfigValue;
  /** Keys that an object has twice. */
  doubles: Array<{ key: string; at: number }>;
  /** Objects as they would be by the first of two equal keys. */
  others: ConfigObject[];
}

class Parser {
  readonly #bytes: Buffer;
  readonly #doubles: JsonText['doubles'] = [];
  readonly #others: ConfigObject[] = [];
  #at = 0;
  #kept = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(): JsonText {
    this.#blank();
    const value = this.#value(0);
    this.#blank();
    if (this.#at < this.#bytes.length)
      throw this.#error('goes on after its end');
    return { value, doubles: this.#doubles, others: this.#others };
  }

  #error(message: string) {
    return new JsonError(message, this.#at);
  }

  #blank(): void {
    const bytes = this.#bytes;
    for (;;) {
      const byte = bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
        return;
      this.#at += 1;
    }
  }

  #value(depth: number): ConfigValue {
    if (depth > DEEPEST)
      throw this.#error(`is more than ${DEEPEST} levels deep`);
    const byte = this.#bytes[this.#at];
    if (byte === QUOTE) return this.#text();
    if (byte === OPEN_OBJECT) return this.#object(depth + 1);
    if (byte === OPEN_LIST) return this.#list(depth + 1);
    return this.#scalar();
  }

  #object(depth: number): ConfigObject {
    const object = new ConfigObject(this.#at);
    const firsts: Array<[string, ConfigValue]> = [];
    let numbers = 0;
    this.#at += 1;
    this.#blank();
    if (this.#take(CLOSE_OBJECT)) return object;
    for (;;) {
      const { key, at } = this.#key();
      const value = this.#value(depth);
      if (object.has(key)) {
        firsts.push([key, object.get(key)]);
        if (this.#doubles.length < MOST_DOUBLE) this.#doubles.push({ key, at });
      }
      if (typeof value !== 'number' || numbers < MOST_NUMBERS) {
        this.#keep();
        object.set(key, value);
      }
      if (typeof value === 'number') numbers += 1;
      this.#blank();
      if (this.#take(CLOSE_OBJECT)) break;
      if (!this.#take(COMMA)) throw this.#error('lacks a comma or brace');
      this.#blank();
    }
    for (const [key, value] of firsts) {
      if (this.#others.length >= MOST_DOUBLE) break;
      this.#others.push(withValue(object, key, value));
    }
    return object;
  }

  #key(): { key: string; at: number } {
    const at = this.#at;
    if (this.#bytes[at] !== QUOTE) throw this.#error('lacks a key');
    const key = this.#text();
    this.#blank();
    if (!this.#take(COLON)) throw this.#error('lacks a colon');
    this.#blank();
    return { key, at };
  }

  #list(depth: number): ConfigValue[] {
    const items: ConfigValue[] = [];
    this.#at += 1;
    this.#blank();
    if (this.#take(CLOSE_LIST)) return items;
    for (;;) {
      const item = this.#value(depth);
      if (items.length < MOST_ITEMS || holdsObject(item)) {
        this.#keep();
        items.push(item);
      }
      this.#blank();
      if (this.#take(CLOSE_LIST)) return items;
      if (!this.#take(COMMA)) throw this.#error('lacks a comma or bracket');
      this.#blank();
    }
  }

  #text(): string {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let all = 0;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        return bytes.toString(all < 0x80 ? 'latin1' : 'utf8', start, at);
      }
      all |= byte;
      if (byte < 0x20) break;
      if (byte === BACKSLASH) return this.#escapedText(start, at);
    }
    throw this.#error('has a text without an end');
  }

  #escapedText(start: number, escape: number): string {
    const bytes = this.#bytes;
    for (let at = escape; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === BACKSLASH) at += 1;
      else if (byte < 0x20) break;
      else if (byte === QUOTE) {
        try {
          const text = JSON.parse(bytes.toString('utf8', start - 1, at + 1));
          this.#at = at + 1;
          return String(text);
        } catch {
          throw this.#error('has a text with a wrong escape');
        }
      }
    }
    throw this.#error('has a text without an end');
  }

  #scalar(): ConfigValue {
    const bytes = this.#bytes;
    const start = this.#at;
    const plain = this.#digits();
    if (plain !== undefined) return plain;
    let end = start;
    while (end < bytes.length && isScalar(bytes[end])) end += 1;
    const text = bytes.toString('latin1', start, Math.min(end, start + 400));
    const literal = LITERALS.find(([name]) => name === text);
    if (!literal && !/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
      throw this.#error('has a value that is none');
    }
    this.#at = end;
    return literal ? literal[1] : Number(text);
  }

  /** A whole number of few digits, which is what vocabularies are made of. */
  #digits(): number | undefined {
    const bytes = this.#bytes;
    let value = 0;
    let at = this.#at;
    for (; bytes[at] >= 0x30 && bytes[at] <= 0x39; at++) {
      value = value * 10 + bytes[at] - 0x30;
    }
    const length = at - this.#at;
    const isPadded = length > 1 && bytes[this.#at] === 0x30;
    if (length === 0 || length > 15 || isPadded || isScalar(bytes[at])) {
      return undefined;
    }
    this.#at = at;
    return value;
  }

  #take(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }

  #keep(): void {
    this.#kept += 1;
    if (this.#kept > MOST_KEPT) throw this.#error('holds too many values');
  }
}

/**
 * Reads JSON strictly, as Python's reader does (which also takes `NaN` and
 * `Infinity`), and keeps what can matter: no numbers of vocabularies.
 *
 * @throws JsonError
 */
export const parseJson = (bytes: Buffer): JsonText => new Parser(bytes).read();

function holdsObject(value: ConfigValue): boolean {
  return (
    value instanceof ConfigObject ||
    (Array.isArray(value) && value.some(holdsObject))
  );
}

/** Letters, digits, `+`, `-` and `.`. */
function isScalar(byte: number) {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x2d && byte <= 0x39 && byte !== 0x2f) ||
    byte === 0x2b
  );
}
