import type { Refuse } from './fields';

/** Of the line that tells the size of a chunk. */
const MOST_LINE_BYTES = 1024;
const MOST_TRAILER_BYTES = 16 * 1024;
const CHUNK_SIZE = /^([0-9A-Fa-f]{1,12})$/;
const EXTENDED_SIZE =
  /^([0-9A-Fa-f]{1,12})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/;
const TRAILER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*$/;
const EMPTY = Buffer.alloc(0);
const CR = 0x0d;
const LF = 0x0a;

/** How the end of a body is found. */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

/** Hears of one body. */
export interface BodyEvents {
  data(chunk: Buffer): void;
  /** @param more - whether bytes that are not of this body came with its last ones */
  end(more: boolean): void;
}

type State =
  | 'length'
  | 'close'
  | 'chunkSize'
  | 'chunkData'
  | 'chunkEnd'
  | 'trailers'
  | 'done';

const STATES: Record<Framing, State> = {
  none: 'done',
  length: 'length',
  chunked: 'chunkSize',
  close: 'close',
};

/** Reads bodies (RFC 9112, 6 and 7), one after the other, without copying them. */
export class BodyReader {
  readonly #events: BodyEvents;
  readonly #refuse: Refuse;
  readonly #size: RegExp;
  #state: State = 'done';
  #kept: Buffer = EMPTY;
  #left = 0;
  #stopped = false;

  /** @param options - `extensions`: whether chunks may have them, to be left out */
  constructor(options: {
    events: BodyEvents;
    refuse: Refuse;
    extensions: boolean;
  }) {
    this.#events = options.events;
    this.#refuse = options.refuse;
    this.#size = options.extensions ? EXTENDED_SIZE : CHUNK_SIZE;
  }

  /** @param length - in bytes, where `framing` is `length` */
  begin(framing: Framing, length: number): void {
    this.#left = length;
    this.#state = STATES[framing];
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#stopped = true;
    this.#kept = EMPTY;
  }

  /**
   * @returns what came after the end
   * @throws what `refuse` makes
   */
  push(chunk: Buffer): Buffer {
    let rest = chunk;
    while (rest.length > 0 && !this.#stopped) {
      switch (this.#state) {
        case 'length':
        case 'chunkData':
          rest = this.#counted(rest);
          break;
        case 'close':
          this.#events.data(rest);
          return EMPTY;
        case 'chunkSize':
          rest = this.#chunkSize(rest);
          break;
        case 'chunkEnd':
          rest = this.#chunkEnd(rest);
          break;
        case 'trailers':
          rest = this.#trailers(rest);
          break;
        default:
          return rest;
      }
    }
    return EMPTY;
  }

  /**
   * The other side closes the connection.
   *
   * @returns whether that is where the body ends
   */
  close(): boolean {
    if (this.#state !== 'close' || this.#stopped) {
      return false;
    }
    this.#end(EMPTY);
    return true;
  }

  #end(rest: Buffer): void {
    this.#state = 'done';
    this.#events.end(rest.length > 0);
  }

  #counted(chunk: Buffer): Buffer {
    const isWhole = chunk.length >= this.#left;
    const piece =
      chunk.length > this.#left ? chunk.subarray(0, this.#left) : chunk;
    const rest = piece === chunk ? EMPTY : chunk.subarray(piece.length);
    this.#left -= piece.length;
    this.#events.data(piece);
    if (isWhole && !this.#stopped) {
      if (this.#state === 'length') {
        this.#end(rest);
      } else {
        this.#state = 'chunkEnd';
      }
    }
    return rest;
  }

  #chunkSize(chunk: Buffer): Buffer {
    const line = this.#line(chunk, MOST_LINE_BYTES);
    if (!line) {
      return EMPTY;
    }
    const size = this.#size.exec(line.text);
    if (!size) {
      throw this.#refuse('the size of a chunk is no number');
    }
    this.#left = Number.parseInt(size[1], 16);
    this.#state = this.#left === 0 ? 'trailers' : 'chunkData';
    return line.rest;
  }

  #chunkEnd(chunk: Buffer): Buffer {
    const line = this.#line(chunk, 0);
    if (!line) {
      return EMPTY;
    }
    this.#state = 'chunkSize';
    return line.rest;
  }

  /** Are read and left out. */
  #trailers(chunk: Buffer): Buffer {
    const line = this.#line(chunk, MOST_TRAILER_BYTES);
    if (!line) {
      return EMPTY;
    }
    this.#left += line.text.length;
    if (this.#left > MOST_TRAILER_BYTES) {
      throw this.#refuse('its trailers are too long');
    }
    if (line.text === '') {
      this.#end(line.rest);
    } else if (!TRAILER.test(line.text)) {
      throw this.#refuse('a trailer is not one');
    }
    return line.rest;
  }

  /** The next line, once it is there as a whole. */
  #line(chunk: Buffer, most: number) {
    const bytes =
      this.#kept.length > 0 ? Buffer.concat([this.#kept, chunk]) : chunk;
    const lineFeed = bytes.indexOf(LF);
    const length = lineFeed < 0 ? bytes.length - 1 : lineFeed - 1;
    if (length > most || (lineFeed >= 0 && bytes[lineFeed - 1] !== CR)) {
      throw this.#refuse('a line does not end where it should');
    }
    if (lineFeed < 0) {
      this.#kept = bytes;
      return undefined;
    }
    this.#kept = EMPTY;
    return {
      text: bytes.toString('latin1', 0, lineFeed - 1),
      rest: bytes.subarray(lineFeed + 1),
    };
  }
}
