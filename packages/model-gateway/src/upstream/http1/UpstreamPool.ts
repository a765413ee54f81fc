import { buildConnector, errors } from 'undici';
import type { Connector } from '../../tls';
import { Connection } from './Connection';
import type { UpstreamHandler, UpstreamRequest } from './types';
import { headOf, headerLines } from './writeRequest';

/** Without a hint of the server. */
const IDLE_MS = 4_000;
const MOST_BETWEEN_CHECKS_MS = 500;

interface Waiting {
  head: string;
  body: Buffer | undefined;
  handler: UpstreamHandler;
}

/**
 * Connections to one provider, kept open between calls. It does of HTTP/1.1
 * what calls of models need: one request at a time, a body that is there as a
 * whole, answers of any length.
 */
export class UpstreamPool {
  readonly #origin: URL;
  readonly #connector: buildConnector.connector;
  /** Lines of every request. */
  readonly #common: string;
  readonly #connections: number;
  readonly #timeouts: { headers: number; body: number; idle: number };
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: Waiting[] = [];
  readonly #timer: NodeJS.Timeout;
  #opening = 0;
  #closed: Error | undefined;
  #whenIdle: (() => void) | undefined;

  /**
   * @param options - `connections`: at most so many, others wait;
   * `headersTimeout`: until an answer begins, `bodyTimeout`: between two pieces
   * of it, both in milliseconds; `headers`: of every request, names and values in
   * turn
   * @throws InvalidArgumentError of undici for headers that cannot be sent
   */
  constructor(
    origin: string,
    options: {
      connections: number;
      headersTimeout: number;
      bodyTimeout: number;
      connect: Connector['connect'];
      headers?: readonly string[];
    },
  ) {
    const { connect, headersTimeout: headers, bodyTimeout: body } = options;
    this.#origin = new URL(origin);
    this.#common = `host: ${
      this.#origin.host
    }\r\nconnection: keep-alive\r\n${headerLines(options.headers ?? [])}`;
    this.#connections = options.connections;
    this.#timeouts = { headers, body, idle: IDLE_MS };
    this.#connector =
      typeof connect === 'function' ? connect : buildConnector(connect);
    const shortest = Math.min(headers, body) / 4;
    this.#timer = setInterval(
      () => this.#check(),
      Math.max(1, Math.min(MOST_BETWEEN_CHECKS_MS, shortest)),
    ).unref();
  }

  /** Sends a request as soon as there is a connection for it. */
  dispatch(request: UpstreamRequest, handler: UpstreamHandler): void {
    let head: string;
    try {
      if (this.#closed) {
        throw this.#closed;
      }
      head = headOf(request, this.#common);
    } catch (error) {
      handler.onResponseError(undefined, error as Error);
      return;
    }
    const { body } = request;
    const connection = this.#idle.pop();
    if (connection) {
      connection.send(head, body, handler);
    } else {
      this.#waiting.push({ head, body, handler });
      this.#open();
    }
  }

  /** Lets exchanges in progress end; others are refused. */
  async close(): Promise<void> {
    this.#closed ??= new errors.ClientClosedError();
    for (const connection of [...this.#idle]) {
      connection.fail(this.#closed);
    }
    if (this.#all.size > 0 || this.#opening > 0) {
      await new Promise<void>(resolve => {
        this.#whenIdle = resolve;
      });
    }
    clearInterval(this.#timer);
  }

  /** Breaks exchanges in progress off. */
  async destroy(): Promise<void> {
    const error = new errors.ClientDestroyedError();
    this.#closed = error;
    for (const { handler } of this.#waiting.splice(0)) {
      handler.onResponseError(undefined, error);
    }
    for (const connection of [...this.#all]) {
      connection.fail(error);
    }
    await this.close();
  }

  /** For those who wait, as many as may be. */
  #open(): void {
    if (
      this.#opening >= this.#waiting.length ||
      this.#all.size + this.#opening >= this.#connections
    ) {
      return;
    }
    this.#opening += 1;
    const { host, protocol, port } = this.#origin;
    const hostname = this.#origin.hostname.replace(/^\[|\]$/g, '');
    this.#connector({ host, hostname, protocol, port }, (error, socket) => {
      this.#opening -= 1;
      if (!socket) {
        this.#waiting.shift()?.handler.onResponseError(undefined, error);
        this.#tellIdle();
        return;
      }
      const connection = new Connection(socket, {
        timeouts: this.#timeouts,
        release: it => this.#release(it),
        forget: it => this.#forget(it),
      });
      this.#all.add(connection);
      this.#release(connection);
    });
  }

  #release(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) {
      connection.send(next.head, next.body, next.handler);
    } else if (this.#closed) {
      connection.fail(this.#closed);
    } else {
      this.#idle.push(connection);
    }
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) {
      this.#idle.splice(at, 1);
    }
    this.#open();
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (this.#all.size === 0 && this.#opening === 0) {
      this.#whenIdle?.();
    }
  }

  #check(): void {
    const now = performance.now();
    for (const connection of this.#all) {
      connection.check(now);
    }
  }
}
