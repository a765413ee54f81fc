import { BodyReader } from '../../http1/BodyReader';
import { type ResponseHead, brokenAnswer, readHead } from './readHead';

const MOST_HEAD_BYTES = 64 * 1024;
/** Answers that announce the real one. */
const MOST_INTERIM = 16;
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

/**
 * Reads the answers of one connection (RFC 9112), one after the other. Bodies
 * are passed on as they come, without copying.
 */
export class ResponseReader {
  readonly #events: ResponseEvents;
  readonly #body: BodyReader;
  #inHead = false;
  #kept: Buffer = EMPTY;
  #interim = 0;
  #keepsAlive = false;
  #stopped = false;

  constructor(events: ResponseEvents) {
    this.#events = events;
    this.#body = new BodyReader({
      events: {
        data: chunk => events.data(chunk),
        end: more => this.#end(more),
      },
      refuse: brokenAnswer,
      extensions: true,
    });
  }

  /** A request was sent: what comes is its answer. */
  expect(): void {
    this.#inHead = true;
    this.#interim = 0;
    this.#keepsAlive = false;
  }

  /** Whether the answer came to its end and nothing speaks against another. */
  get isReusable(): boolean {
    return (
      !this.#inHead && this.#body.isDone && this.#keepsAlive && !this.#stopped
    );
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#stopped = true;
    this.#kept = EMPTY;
    this.#body.stop();
  }

  /** @throws SocketError of undici when it cannot be read in one way only */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0 && !this.#stopped) {
      if (this.#inHead) {
        rest = this.#head(rest);
      } else if (this.#body.isDone) {
        throw brokenAnswer('more came than was asked for');
      } else {
        rest = this.#body.push(rest);
      }
    }
  }

  /**
   * The provider closes the connection.
   *
   * @returns whether that is where the answer ends
   */
  close(): boolean {
    this.#keepsAlive = false;
    return !this.#inHead && this.#body.close();
  }

  /** Bytes that nobody asked for must not become the answer to what comes next. */
  #end(more: boolean): void {
    this.#keepsAlive &&= !more;
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
    this.#inHead = false;
    this.#events.head(head);
    if (this.#stopped) {
      return EMPTY;
    }
    this.#body.begin(head.framing, head.length);
    if (head.framing === 'none') {
      this.#end(rest.length > 0);
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
}
