import type { Socket } from 'node:net';
import { errors } from 'undici';
import { ResponseReader } from './ResponseReader';
import type { UpstreamController, UpstreamHandler } from './types';
import { writeRequest } from './writeRequest';

/** What a connection tells the pool that it belongs to. */
export interface ConnectionOwner<Of> {
  /** How long to wait, in milliseconds. */
  readonly timeouts: { headers: number; body: number; idle: number };
  /** The connection can be used again. */
  release(connection: Of): void;
  /** The connection is closed. */
  forget(connection: Of): void;
}

/** Hints of servers beyond this are not believed. */
const LONGEST_IDLE_MS = 600_000;
/** A server counts from earlier on than the gateway. */
const IDLE_MARGIN_MS = 2_000;

/** What an exchange may do with its connection. */
type Steered = Omit<UpstreamController, 'abort'> & {
  fail(error: Error): void;
};

/** One request and its answer. */
class Exchange implements UpstreamController {
  connection: Steered | undefined;
  readonly handler: UpstreamHandler;

  constructor(connection: Steered, handler: UpstreamHandler) {
    this.connection = connection;
    this.handler = handler;
  }

  pause(): void {
    this.connection?.pause();
  }

  resume(): void {
    this.connection?.resume();
  }

  abort(reason: Error): void {
    this.connection?.fail(reason);
  }
}

/** An open connection to a provider, which does one exchange at a time. */
export class Connection {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner<Connection>;
  readonly #reader: ResponseReader;
  #exchange: Exchange | undefined;
  /** How long nothing may come, in milliseconds. */
  #patience: number;
  /** Of the first check since which nothing has come. */
  #silentSince: number | undefined;
  /** Whether patience was at its end at the last check already. */
  #late = false;
  #answering = false;
  #paused = false;
  #idleMs: number;
  #hint: string | string[] | undefined;

  constructor(socket: Socket, owner: ConnectionOwner<Connection>) {
    this.#socket = socket;
    this.#owner = owner;
    this.#idleMs = owner.timeouts.idle;
    this.#patience = this.#idleMs;
    this.#reader = new ResponseReader({
      head: ({ status, headers }) => {
        const exchange = this.#exchange!;
        this.#answering = true;
        this.#takeHint(headers['keep-alive']);
        exchange.handler.onResponseStart(exchange, status, headers);
      },
      data: chunk => {
        const exchange = this.#exchange!;
        exchange.handler.onResponseData(exchange, chunk);
      },
      end: () => this.#end(),
    });
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('end', () => this.#closed());
    socket.on('error', error => this.fail(error));
    socket.on('close', () => this.#closed());
  }

  /** @param head - of the request, which is known to be well-formed */
  send(head: string, body: Buffer | undefined, handler: UpstreamHandler): void {
    const exchange = new Exchange(this, handler);
    this.#exchange = exchange;
    this.#answering = false;
    handler.onRequestStart(exchange);
    if (this.#exchange !== exchange) {
      return;
    }
    this.#reader.expect();
    this.#expect(this.#owner.timeouts.headers);
    writeRequest(this.#socket, head, body);
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }

  /** Ends the exchange, if there is one, and closes. */
  fail(error: Error): void {
    this.#drop();
    const exchange = this.#exchange;
    if (exchange) {
      this.#exchange = undefined;
      exchange.connection = undefined;
      exchange.handler.onResponseError(exchange, error);
    }
  }

  /**
   * Gives up what has taken too long: at the second check that finds it so,
   * because what has come while this process was busy is read between the two.
   */
  check(now: number): void {
    if (this.#paused) {
      this.#silentSince = undefined;
      return;
    }
    this.#silentSince ??= now;
    const wasLate = this.#late;
    this.#late = now - this.#silentSince >= this.#patience;
    if (!this.#late || !wasLate) {
      return;
    }
    if (!this.#exchange) {
      this.#drop();
    } else if (this.#answering) {
      this.fail(new errors.BodyTimeoutError());
    } else {
      this.fail(new errors.HeadersTimeoutError());
    }
  }

  /** Servers give the same again and again. */
  #takeHint(hint: string | string[] | undefined): void {
    if (hint !== this.#hint) {
      this.#hint = hint;
      this.#idleMs = idleOf(hint, this.#owner.timeouts.idle);
    }
  }

  #read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    if (this.#answering && this.#exchange) {
      this.#expect(this.#owner.timeouts.body);
    }
  }

  /** Patience begins anew. The clock is read when it is checked, not here. */
  #expect(patience: number): void {
    this.#patience = patience;
    this.#silentSince = undefined;
    this.#late = false;
  }

  #end(): void {
    const exchange = this.#exchange!;
    this.#exchange = undefined;
    exchange.connection = undefined;
    if (this.#paused) {
      this.resume();
    }
    if (this.#reader.isReusable && this.#socket.writableLength === 0) {
      this.#expect(this.#idleMs);
      this.#owner.release(this);
    } else {
      this.#drop();
    }
    exchange.handler.onResponseEnd(exchange);
  }

  #closed(): void {
    if (!this.#reader.close()) {
      this.fail(new errors.SocketError('The provider closed the connection'));
    }
  }

  #drop(): void {
    this.#reader.stop();
    this.#socket.destroy();
    this.#owner.forget(this);
  }
}

/** `timeout=5, max=100`: for how many seconds a server keeps a connection. */
function idleOf(
  hint: string | string[] | undefined,
  otherwise: number,
): number {
  if (hint === undefined) {
    return otherwise;
  }
  const seconds = /(?:^|[,\s])timeout\s*=\s*(\d{1,9})/i.exec(String(hint));
  return seconds
    ? Math.min(Number(seconds[1]) * 1000 - IDLE_MARGIN_MS, LONGEST_IDLE_MS)
    : otherwise;
}
