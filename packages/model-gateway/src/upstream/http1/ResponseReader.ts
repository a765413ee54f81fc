import {
  type Framing,
  type ResponseHead,
  brokenAnswer,
  readHead,
} from './readHead';

const MOST_HEAD_BYTES = 64 * 1024;
/** Of the line that tells the size of a chunk. */
const MOST_LINE_BYTES = 1024;
/** Answers that announce the real one. */
const MOST_INTERIM = 16;
const CHUNK_SIZE = /^([0-9A-Fa-f]{1,12})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/;
const BEGINNING = Buffer.from('HTTP/1.');
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const EMPTY = Buffer.alloc(0);
const CR = 0x0d;
const LF = 0x0a;

/** Hears of one answer. */
export interface ResponseEvents {
  head(head: ResponseHead): void;
  data(chunk: Buffer): void;
  end(): void;
}

type State =
  | 'head'
  | 'length'
  | 'close'
  | 'chunkSize'
  | 'chunkData'
  | 'chunkEnd'
  | 'trailers'
  | 'done';

const BODY_STATES: Record<Framing, State> = {
  none: 'done',
  length: 'length',
  chunked: 'chunkSize',
  close: 'close',
};

/**
 * Reads the answers of one connection (RFC 9112), one after the other. Bodies
 * are passed on as they come, without copying.
 */
export class ResponseReader {
  readonly #events: ResponseEvents;
  #state: State = 'done';
  #kept: Buffer = EMPTY;
  #left = 0;
  #interim = 0;
  #keepsAlive = false;
  #stopped = false;

  constructor(events: ResponseEvents) {
    this.#events = events;
  }

  /** A request was sent: what comes is its answer. */
  expect(): void {
    this.#state = 'head';
    this.#interim = 0;
    this.#keepsAlive = false;
  }

  /** Whether the answer came to its end and nothing speaks against another. */
  get isReusable(): boolean {
    return this.#state === 'done' && this.#keepsAlive && !this.#stopped;
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#stopped = true;
    this.#kept = EMPTY;
  }

  /** @throws SocketError of undici when it cannot be read in one way only */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0 && !this.#stopped) {
      switch (this.#state) {
        case 'head':
          rest = this.#head(rest);
          break;
        case 'length':
        case 'chunkData':
          rest = this.#counted(rest);
          break;
        case 'close':
          this.#events.data(rest);
          return;
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
          throw brokenAnswer('more came than was asked for');
      }
    }
  }

  /**
   * The provider closes the connection.
   *
   * @returns whether that is where the answer ends
   */
  close(): boolean {
    if (this.#state !== 'close' || this.#stopped) {
      return false;
    }
    this.#keepsAlive = false;
    this.#end();
    return true;
  }

  #end(): void {
    this.#state = 'done';
    this.#events.end();
  }

  #head(chunk: Buffer): Buffer {
    const bytes =
      this.#kept.length > 0 ? Buffer.concat([this.#kept, chunk]) : chunk;
    const end = bytes.indexOf(END_OF_HEAD);
    if (end < 0 || end > MOST_HEAD_BYTES) {
      this.#keepHead(bytes);
      return EMPTY;
    }
    this.#kept = EMPTY;
    const head = readHead(bytes.toString('latin1', 0, end));
    const rest = bytes.subarray(end + END_OF_HEAD.length);
    if (head.status < 200) {
      this.#interim += 1;
      if (head.status === 101 || this.#interim > MOST_INTERIM) {
        throw brokenAnswer('it changes the protocol, or does not come');
      }
      return rest;
    }
    this.#keepsAlive = head.keepsAlive && head.framing !== 'close';
    this.#left = head.length;
    this.#state = BODY_STATES[head.framing];
    this.#events.head(head);
    if (head.framing === 'none' && !this.#stopped) {
      this.#end();
    }
    return rest;
  }

  /** What cannot become a head is told at once, not when time is up. */
  #keepHead(bytes: Buffer): void {
    const begins = Math.min(bytes.length, BEGINNING.length);
    const lineFeed = bytes.indexOf(LF);
    if (
      bytes.compare(BEGINNING, 0, begins, 0, begins) !== 0 ||
      (lineFeed >= 0 && bytes[lineFeed - 1] !== CR)
    ) {
      throw brokenAnswer('it does not begin as one');
    }
    if (bytes.length > MOST_HEAD_BYTES) {
      throw brokenAnswer(`its head has more than ${MOST_HEAD_BYTES} bytes`);
    }
    this.#kept = bytes;
  }

  #counted(chunk: Buffer): Buffer {
    const isWhole = chunk.length >= this.#left;
    const piece =
      chunk.length > this.#left ? chunk.subarray(0, this.#left) : chunk;
    this.#left -= piece.length;
    this.#events.data(piece);
    if (isWhole && !this.#stopped) {
      if (this.#state === 'length') {
        this.#end();
      } else {
        this.#state = 'chunkEnd';
      }
    }
    return piece === chunk ? EMPTY : chunk.subarray(piece.length);
  }

  #chunkSize(chunk: Buffer): Buffer {
    const line = this.#line(chunk, MOST_LINE_BYTES);
    if (!line) {
      return EMPTY;
    }
    const size = CHUNK_SIZE.exec(line.text);
    if (!size) {
      throw brokenAnswer('the size of a chunk is no number');
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
    const line = this.#line(chunk, MOST_HEAD_BYTES);
    if (!line) {
      return EMPTY;
    }
    this.#left += line.text.length;
    if (this.#left > MOST_HEAD_BYTES) {
      throw brokenAnswer('its trailers are too long');
    }
    if (line.text === '') {
      this.#end();
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
      throw brokenAnswer('a line does not end where it should');
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
