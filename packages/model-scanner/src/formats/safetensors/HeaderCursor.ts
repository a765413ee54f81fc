import { PartError } from '../../engine/FormatReader';

/** As deep as the library itself follows. */
const DEEPEST = 128;
/** More dimensions or offsets mean nothing. */
const MOST_NUMBERS = 1024;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x5b, 0x5d, 0x7b, 0x7d,
];
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const isBlank = (byte: number) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Reads JSON strictly and in order, without building anything of it. */
export class HeaderCursor {
  readonly #bytes: Buffer;
  #at = 0;

  /** @param bytes - UTF-8, which must have been checked */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  fail(why: string): PartError {
    return new PartError(
      `the header ${why} at ${this.#at}`,
      'safetensors-corrupt',
    );
  }

  /** Goes through an object: `read` has to read the value of each key. */
  object(read: (key: string, at: number) => void): void {
    this.#expect(OPEN_OBJECT, 'lacks an object');
    if (this.#take(CLOSE_OBJECT)) return;
    do {
      this.#blank();
      const { at } = this;
      const key = this.text();
      this.#expect(COLON, 'lacks a colon');
      read(key, at);
    } while (this.#take(COMMA));
    this.#expect(CLOSE_OBJECT, 'lacks a comma or brace');
  }

  text(): string {
    this.#blank();
    const bytes = this.#bytes;
    if (bytes[this.#at] !== QUOTE) throw this.fail('lacks a text');
    const start = this.#at;
    let isEscaped = false;
    for (let at = start + 1; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        return isEscaped
          ? this.#unescape(bytes.toString('utf8', start, at + 1))
          : bytes.toString('utf8', start + 1, at);
      }
      if (byte < 0x20) break;
      if (byte === BACKSLASH) {
        isEscaped = true;
        at += 1;
      }
    }
    throw this.fail('has a text without an end');
  }

  /** A list of counts: no sign, no fraction, no exponent. */
  counts(): number[] {
    const counts: number[] = [];
    this.#expect(OPEN_LIST, 'lacks a list');
    if (this.#take(CLOSE_LIST)) return counts;
    do {
      counts.push(this.#count());
      if (counts.length > MOST_NUMBERS) throw this.fail('has a long list');
    } while (this.#take(COMMA));
    this.#expect(CLOSE_LIST, 'lacks a comma or bracket');
    return counts;
  }

  /** Whether `null` stands here, which is passed over. */
  takesNull(): boolean {
    this.#blank();
    if (this.#bytes.toString('latin1', this.#at, this.#at + 4) !== 'null') {
      return false;
    }
    this.#at += 4;
    return true;
  }

  /** Passes over any value. */
  skip(depth = 0): void {
    if (depth > DEEPEST) throw this.fail('is nested too deep');
    this.#blank();
    const byte = this.#bytes[this.#at];
    if (byte === QUOTE) this.text();
    else if (byte === OPEN_OBJECT) this.object(() => this.skip(depth + 1));
    else if (byte === OPEN_LIST) {
      this.#at += 1;
      if (this.#take(CLOSE_LIST)) return;
      do this.skip(depth + 1);
      while (this.#take(COMMA));
      this.#expect(CLOSE_LIST, 'lacks a comma or bracket');
    } else this.#scalar();
  }

  /** @throws PartError when something follows */
  end(): void {
    this.#blank();
    if (this.#at < this.#bytes.length) throw this.fail('goes on');
  }

  #unescape(quoted: string): string {
    let text: unknown;
    try {
      text = JSON.parse(quoted);
    } catch {
      throw this.fail('has a wrong escape');
    }
    const plain = String(text);
    // Half a character: one library refuses it, others do not.
    if (/\p{Surrogate}/u.test(plain)) throw this.fail('has half a character');
    return plain;
  }

  #count(): number {
    this.#blank();
    const start = this.#at;
    let value = 0;
    while (isDigit(this.#bytes[this.#at])) {
      value = value * 10 + this.#bytes[this.#at] - 0x30;
      this.#at += 1;
    }
    const length = this.#at - start;
    const isPadded = length > 1 && this.#bytes[start] === 0x30;
    if (length === 0 || isPadded || !Number.isSafeInteger(value)) {
      throw this.fail('has a number that counts nothing');
    }
    return value;
  }

  #scalar(): void {
    const rest = this.#bytes.toString('latin1', this.#at, this.#at + 400);
    const found =
      /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/.exec(
        rest,
      );
    if (!found) throw this.fail('has a value that is none');
    this.#at += found[0].length;
  }

  #blank(): void {
    while (isBlank(this.#bytes[this.#at])) this.#at += 1;
  }

  #take(byte: number): boolean {
    this.#blank();
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }

  #expect(byte: number, why: string): void {
    if (!this.#take(byte)) throw this.fail(why);
  }
}
