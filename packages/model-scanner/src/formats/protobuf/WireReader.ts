import { EndOfBytes, type ByteCursor } from '../archive/ByteCursor';

/** The bytes are no message of protocol buffers from here on. */
export class WireError extends Error {
  constructor(message: string, readonly at: number) {
    super(message);
  }
}

/** How the value of a field is written. */
export const WIRE = { VARINT: 0, FIXED64: 1, BYTES: 2, FIXED32: 5 } as const;

/** A field, in front of its value. */
export interface Field {
  number: number;
  wire: number;
  /** Of the tag. */
  at: number;
  /** Of the value, where that stands before it. */
  length: number;
}

const LONGEST_VARINT = 10;
/** So many bytes of a number are exact without more ado. */
const EXACT = 7;

/**
 * Reads messages of protocol buffers field by field and holds nothing of them.
 *
 * Source: protobuf.dev, "Encoding".
 */
export class WireReader {
  readonly #cursor: ByteCursor;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  get offset(): number {
    return this.#cursor.offset;
  }

  /**
   * The next field of the message that ends at `end`, or nothing when it is over.
   *
   * @throws WireError
   */
  async next(end: number): Promise<Field | undefined> {
    const cursor = this.#cursor;
    const at = cursor.offset;
    if (at >= end) return undefined;
    if (!cursor.has(2 * LONGEST_VARINT)) {
      await cursor.ensure(2 * LONGEST_VARINT);
      if (!cursor.has(1)) {
        if (end === Number.MAX_SAFE_INTEGER) return undefined;
        throw new WireError('a message breaks off', at);
      }
    }
    const tag = this.#varint(at);
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number < 1 || number > 536_870_911) {
      throw new WireError(`there is no field ${number}`, at);
    }
    let length = 0;
    if (wire === WIRE.FIXED64) length = 8;
    else if (wire === WIRE.FIXED32) length = 4;
    else if (wire === WIRE.BYTES) length = this.#varint(at);
    else if (wire !== WIRE.VARINT) {
      throw new WireError(`a value is written in a way ${wire}`, at);
    }
    if (length < 0 || cursor.offset + length > end) {
      throw new WireError(`field ${number} ends beyond its message`, at);
    }
    return { number, wire, at, length };
  }

  /** The value of a field that is a varint. */
  async varint(): Promise<number> {
    await this.#cursor.ensure(LONGEST_VARINT);
    return this.#varint(this.offset);
  }

  /** The bytes of a field, at most so many of them; the rest is passed over. */
  async bytes({ length }: Field, most: number): Promise<Buffer> {
    const taken = Math.min(length, most);
    const bytes = Buffer.from(await this.#read(taken));
    await this.#pass(length - taken);
    return bytes;
  }

  /** The text of a field, at most so many bytes of it. */
  async text({ length }: Field, most: number): Promise<string> {
    const taken = Math.min(length, most);
    const text = (await this.#read(taken)).toString();
    if (length > taken) await this.#pass(length - taken);
    return text;
  }

  async skip({ wire, length }: Field): Promise<void> {
    if (wire === WIRE.VARINT) await this.varint();
    else if (this.#cursor.has(length)) this.#cursor.pass(length);
    else await this.#pass(length);
  }

  async #read(count: number): Promise<Buffer> {
    try {
      return await this.#cursor.read(count);
    } catch (error) {
      throw this.#broken(error);
    }
  }

  async #pass(count: number): Promise<void> {
    try {
      await this.#cursor.skip(count);
    } catch (error) {
      throw this.#broken(error);
    }
  }

  #broken(error: unknown): unknown {
    return error instanceof EndOfBytes
      ? new WireError('a value breaks off', this.offset)
      : error;
  }

  /** Negative numbers come out as such; what is too large, as near as it gets. */
  #varint(at: number): number {
    const cursor = this.#cursor;
    let value = 0;
    let high = 0n;
    for (let i = 0; i < LONGEST_VARINT; i++) {
      if (!cursor.has(1)) throw new WireError('a number breaks off', at);
      const byte = cursor.byte();
      if (i < EXACT) value += (byte & 0x7f) * 2 ** (7 * i);
      else high |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) {
        return i < EXACT
          ? value
          : Number(BigInt.asIntN(64, high | BigInt(value)));
      }
    }
    throw new WireError('a number does not end', at);
  }
}
