import type { Socket } from 'node:net';
import type { CallerHandler } from '../../http/callerTypes';
import {
  CallerConnection,
  type CallerTimeouts,
  type ConnectionOwner,
} from './CallerConnection';

const MOST_BETWEEN_CHECKS_MS = 500;
/** What clients are told is earlier, so that they do not send into a connection that closes. */
const IDLE_MARGIN_MS = 1_000;

/** HTTP/1.1 for callers, on sockets that somebody else accepts. */
export class CallerServer implements ConnectionOwner {
  readonly timeouts: CallerTimeouts;
  readonly keepAliveLines: string;
  readonly handler: CallerHandler;
  readonly refusal: ConnectionOwner['refusal'];
  readonly failed: (error: unknown) => void;
  readonly #connections = new Set<CallerConnection>();
  readonly #timer: NodeJS.Timeout;
  #isClosing = false;
  #whenEmpty: (() => void) | undefined;

  constructor(options: {
    timeouts: CallerTimeouts;
    handler: CallerHandler;
    refusal: ConnectionOwner['refusal'];
    /** Hears of errors of the handler and of this server. */
    failed: (error: unknown) => void;
  }) {
    const { head, request, idle } = options.timeouts;
    this.timeouts = { head, request, idle: idle + IDLE_MARGIN_MS };
    this.handler = options.handler;
    this.refusal = options.refusal;
    this.failed = options.failed;
    this.keepAliveLines = `connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(
      idle / 1000,
    )}\r\n\r\n`;
    this.#timer = setInterval(
      () => this.#check(),
      Math.max(
        1,
        Math.min(MOST_BETWEEN_CHECKS_MS, Math.min(head, request, idle) / 4),
      ),
    ).unref();
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Takes a socket over that was just accepted. */
  accept(socket: Socket): void {
    if (this.#isClosing) {
      socket.destroy();
      return;
    }
    this.#connections.add(new CallerConnection(socket, this));
  }

  forget(connection: CallerConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) {
      this.#whenEmpty?.();
    }
  }

  /**
   * Closes connections as their answers end, and resolves when none is left.
   *
   * @param patienceMs - after it, answers are broken off
   */
  async close(patienceMs: number): Promise<void> {
    this.#isClosing = true;
    for (const connection of [...this.#connections]) {
      connection.close();
    }
    if (this.#connections.size > 0) {
      const empty = new Promise<void>(resolve => {
        this.#whenEmpty = resolve;
      });
      const timer = setTimeout(() => {
        for (const connection of [...this.#connections]) {
          connection.destroy();
        }
      }, patienceMs);
      await empty;
      clearTimeout(timer);
    }
    clearInterval(this.#timer);
  }

  #check(): void {
    const now = performance.now();
    for (const connection of this.#connections) {
      connection.check(now);
    }
  }
}
