import { BodyReader } from '../../http1/BodyReader';
import {
  BrokenRequest,
  type RequestHead,
  readRequestHead,
} from './readRequestHead';

const MOST_HEAD_BYTES = 16 * 1024;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const EMPTY = Buffer.alloc(0);
const CR = 0x0d;
const LF = 0x0a;
const FIRST_LETTER = 0x41;
const LAST_LETTER = 0x5a;

/** Hears of one request after the other. */
export interface RequestEvents {
  /** @param whole - the body, where all of it is there already; nothing else follows */
  head(head: RequestHead, whole: Buffer | undefined): void;
  data(chunk: Buffer): void;
  end(): void;
}

const broken = (message: string) =>
  new BrokenRequest(`The request is not valid HTTP: ${message}`);

/** Reads the requests of one connection (RFC 9112), each when it is asked for. */
export class RequestReader {
  readonly #events: RequestEvents;
  readonly #body: BodyReader;
  #state: 'head' | 'body' | 'done' = 'head';
  #kept: Buffer = EMPTY;

  constructor(events: RequestEvents) {
    this.#events = events;
    this.#body = new BodyReader({
      events: {
        data: chunk => events.data(chunk),
        end: () => {
          this.#state = 'done';
          events.end();
        },
      },
      refuse: broken,
      extensions: false,
    });
  }

  /** Whether no byte of the next request was read. */
  get isFresh(): boolean {
    return this.#state === 'head' && this.#kept.length === 0;
  }

  get isInHead(): boolean {
    return this.#state === 'head';
  }

  /** Whether a whole request was read. */
  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** After a whole request: what comes is another. */
  next(): void {
    this.#state = 'head';
  }

  /** Nothing is kept any more. */
  stop(): void {
    this.#kept = EMPTY;
    this.#body.stop();
  }

  /**
   * Reads on, at most to the end of a request.
   *
   * @returns what was not read
   * @throws BrokenRequest and UnknownExpectation
   */
  push(chunk: Buffer): Buffer {
    switch (this.#state) {
      case 'head':
        return this.#head(chunk);
      case 'body':
        return this.#body.push(chunk);
      default:
        return chunk;
    }
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
    const head = readRequestHead(bytes.toString('latin1', 0, end));
    const from = end + END_OF_HEAD.length;
    const { framing, length } = head;
    if (framing !== 'chunked' && bytes.length >= from + length) {
      const to = from + length;
      this.#state = 'done';
      this.#events.head(head, bytes.subarray(from, to));
      return to === bytes.length ? EMPTY : bytes.subarray(to);
    }
    this.#state = 'body';
    this.#body.begin(framing, length);
    this.#events.head(head, undefined);
    return from === bytes.length ? EMPTY : bytes.subarray(from);
  }

  /** What cannot become a head is told at once, not when time is up. */
  #keepHead(bytes: Buffer): void {
    if (bytes[0] < FIRST_LETTER || bytes[0] > LAST_LETTER) {
      throw broken('it does not begin as one');
    }
    for (
      let lineFeed = bytes.indexOf(LF);
      lineFeed >= 0;
      lineFeed = bytes.indexOf(LF, lineFeed + 1)
    ) {
      if (bytes[lineFeed - 1] !== CR) {
        throw broken('a line of its head ends in a line feed alone');
      }
    }
    if (bytes.length > MOST_HEAD_BYTES) {
      throw broken(`its head has more than ${MOST_HEAD_BYTES} bytes`);
    }
    this.#kept = bytes;
  }
}
