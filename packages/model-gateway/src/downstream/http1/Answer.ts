import http from 'node:http';
import type { Socket } from 'node:net';
import type { CallerResponse } from '../../http/callerTypes';
import type { RequestHead } from './readRequestHead';

/** Up to here, one text is cheaper to send than two pieces of memory. */
const MOST_IN_ONE = 16 * 1024;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const CLOSES = /(?:^|[,\s])close(?:$|[,\s])/i;
const LAST_CHUNK = '0\r\n\r\n';

/** What a header means to its connection. */
type Kind = 'bad' | 'connection' | 'length' | 'other';

/** Of the names that the gateway sends, a few dozen. */
const kinds = new Map<string, Kind>();
const MOST_KINDS = 1_000;

function kindOf(name: string): Kind {
  const folded = name.toLowerCase();
  let kind: Kind = NAME.test(name) ? 'other' : 'bad';
  if (folded === 'connection') {
    kind = 'connection';
  } else if (folded === 'content-length') {
    kind = 'length';
  }
  if (kinds.size < MOST_KINDS) {
    kinds.set(name, kind);
  }
  return kind;
}

const REASONS = new Map(
  Object.entries(http.STATUS_CODES).map(([status, reason]) => [
    Number(status),
    `HTTP/1.1 ${status} ${reason}\r\n`,
  ]),
);

let dateSecond = 0;
let dateLine = '';

/** Answers of the same second share it. */
function dateOf(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateLine = `date: ${new Date(now).toUTCString()}\r\n`;
  }
  return dateLine;
}

/** What an answer tells its connection. */
export interface AnswerOwner {
  readonly socket: Socket;
  /** Lines of answers after which the connection stays open. */
  readonly keepAliveLines: string;
  /** Whether the connection may be used again, as far as it knows. */
  keepsAlive(): boolean;
  /** The answer is handed over. */
  answered(keepsAlive: boolean): void;
  /** The answer breaks off. */
  broken(): void;
}

/**
 * The answer to one request. Head and body leave together, in one text, where
 * they are there together.
 */
export class Answer implements CallerResponse {
  readonly #owner: AnswerOwner;
  readonly #request: Pick<RequestHead, 'method' | 'takesChunks'>;
  #status = 200;
  /** Of the head, while it was not sent. */
  #head = '';
  #state: 'waiting' | 'begun' | 'ended' | 'gone' = 'waiting';
  #keepsAlive = false;
  #hasBody = true;
  #framing: 'length' | 'chunked' | 'close' | 'unknown' = 'unknown';
  #onClose: Array<() => void> | undefined;
  #onDrain: Array<() => void> | undefined;

  constructor(
    owner: AnswerOwner,
    request: Pick<RequestHead, 'method' | 'takesChunks'>,
  ) {
    this.#owner = owner;
    this.#request = request;
  }

  get statusCode(): number {
    return this.#status;
  }

  get headersSent(): boolean {
    return this.#state !== 'waiting';
  }

  get destroyed(): boolean {
    return this.#state === 'gone';
  }

  get writableFinished(): boolean {
    return this.#state === 'ended';
  }

  /** @throws TypeError for what cannot be in a head */
  writeHead(status: number, headers: readonly string[]): void {
    if (this.#state !== 'waiting') {
      return;
    }
    let lines = REASONS.get(status) ?? `HTTP/1.1 ${status} Unknown\r\n`;
    this.#keepsAlive = this.#owner.keepsAlive();
    this.#framing = 'unknown';
    this.#hasBody =
      this.#request.method !== 'HEAD' && status !== 204 && status !== 304;
    for (let index = 0; index < headers.length; index += 2) {
      const name = headers[index];
      const value = headers[index + 1];
      const kind = kinds.get(name) ?? kindOf(name);
      if (kind === 'bad' || !VALUE.test(value)) {
        throw new TypeError(`The header '${name}' cannot be sent`);
      }
      if (kind === 'connection') {
        this.#keepsAlive &&= !CLOSES.test(value);
        continue;
      }
      if (kind === 'length') {
        this.#framing = 'length';
      }
      lines += `${name}: ${value}\r\n`;
    }
    this.#status = status;
    this.#head = lines;
    this.#state = 'begun';
  }

  write(chunk: Buffer | string, encoding?: 'latin1'): boolean {
    if (this.#state !== 'begun') {
      return true;
    }
    if (this.#framing === 'unknown') {
      this.#framing = this.#request.takesChunks ? 'chunked' : 'close';
    }
    return this.#send(chunk, encoding, false);
  }

  end(chunk?: Buffer | string, encoding?: 'latin1'): void {
    if (this.#state !== 'begun') {
      return;
    }
    if (this.#framing === 'unknown') {
      this.#framing = 'length';
      if (this.#hasBody || chunk !== undefined) {
        this.#head += `content-length: ${sizeOf(chunk, encoding)}\r\n`;
      }
    }
    this.#send(chunk, encoding, true);
    this.#state = 'ended';
    this.#onClose = undefined;
    this.#owner.answered(this.#keepsAlive);
  }

  destroy(): void {
    if (this.#state === 'waiting' || this.#state === 'begun') {
      // Whoever breaks it off need not hear that the caller is gone.
      this.#state = 'gone';
      this.#onClose = undefined;
      this.#onDrain = undefined;
      this.#owner.broken();
    }
  }

  once(event: 'close' | 'drain', listener: () => void): void {
    if (event === 'close') {
      this.#onClose = [...(this.#onClose ?? []), listener];
    } else {
      this.#onDrain = [...(this.#onDrain ?? []), listener];
    }
  }

  off(_event: 'close', listener: () => void): void {
    if (this.#onClose) {
      this.#onClose =
        this.#onClose.length === 1 && this.#onClose[0] === listener
          ? undefined
          : this.#onClose.filter(it => it !== listener);
    }
  }

  /** The caller has caught up. */
  drained(): void {
    const listeners = this.#onDrain;
    this.#onDrain = undefined;
    listeners?.forEach(listener => listener());
  }

  /** The connection is closed. */
  gone(): void {
    if (this.#state === 'ended' || this.#state === 'gone') {
      return;
    }
    this.#state = 'gone';
    const listeners = this.#onClose;
    this.#onClose = undefined;
    this.#onDrain = undefined;
    listeners?.forEach(listener => listener());
  }

  /** The rest of the head, once it is known how the body is told from what follows. */
  #takeHead(): string {
    const lines = this.#head;
    if (lines === '') {
      return '';
    }
    this.#head = '';
    if (this.#framing === 'close') {
      this.#keepsAlive = false;
    }
    const coding =
      this.#framing === 'chunked' && this.#hasBody
        ? 'transfer-encoding: chunked\r\n'
        : '';
    return `${lines}${coding}${dateOf(Date.now())}${
      this.#keepsAlive
        ? this.#owner.keepAliveLines
        : 'connection: close\r\n\r\n'
    }`;
  }

  #send(
    chunk: Buffer | string | undefined,
    encoding: 'latin1' | undefined,
    isLast: boolean,
  ): boolean {
    const { socket } = this.#owner;
    const body = this.#hasBody ? chunk : undefined;
    const size = sizeOf(body, encoding);
    const isChunked = this.#framing === 'chunked' && this.#hasBody;
    let before = this.#takeHead();
    let after = '';
    if (isChunked) {
      before += size > 0 ? `${size.toString(16)}\r\n` : '';
      after = `${size > 0 ? '\r\n' : ''}${isLast ? LAST_CHUNK : ''}`;
    }
    if (size === 0 || body === undefined) {
      const rest = before + after;
      return rest === '' || socket.write(rest, 'latin1');
    }
    if (typeof body === 'string' ? encoding : size <= MOST_IN_ONE) {
      // Every byte is a character of Latin-1, so that none is changed.
      const text = typeof body === 'string' ? body : body.toString('latin1');
      return socket.write(before + text + after, 'latin1');
    }
    socket.cork();
    if (before !== '') socket.write(before, 'latin1');
    const keepsUp =
      typeof body === 'string'
        ? socket.write(body, 'utf8')
        : socket.write(body);
    if (after !== '') socket.write(after, 'latin1');
    socket.uncork();
    return keepsUp;
  }
}

function sizeOf(
  chunk: Buffer | string | undefined,
  encoding: 'latin1' | undefined,
): number {
  if (chunk === undefined) {
    return 0;
  }
  if (typeof chunk === 'string') {
    return encoding ? chunk.length : Buffer.byteLength(chunk);
  }
  return chunk.length;
}
