import type { ApiError, Dialect } from './ApiError';
import { sendError } from './ApiError';
import type { CallerResponse } from './callerTypes';

const MOST_AS_TEXT = 16 * 1024;

/**
 * Node sends head and body together when both are text, with one write of one
 * piece. Every byte is a character of Latin-1, so that none is changed.
 */
function isSmall(chunk: Buffer | string): chunk is Buffer {
  return typeof chunk !== 'string' && chunk.length <= MOST_AS_TEXT;
}

/** Where the answer to one caller goes; counts what was sent. */
export class AnswerSink {
  readonly #res: CallerResponse;
  readonly #common: readonly string[];
  readonly dialect: Dialect;
  #bytes = 0;
  #firstByteAt: number | undefined;
  #isEventStream = false;

  /** @param common - headers of every answer, names and values in turn */
  constructor(
    res: CallerResponse,
    options: { common: readonly string[]; dialect: Dialect },
  ) {
    this.#res = res;
    this.#common = options.common;
    this.dialect = options.dialect;
  }

  get status(): number {
    return this.#res.statusCode;
  }

  get begun(): boolean {
    return this.#res.headersSent;
  }

  /** Whether the caller went away. */
  get gone(): boolean {
    return this.#res.destroyed && !this.#res.writableFinished;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** By `performance.now()`. */
  get firstByteAt(): number | undefined {
    return this.#firstByteAt;
  }

  /** @param headers - names and values in turn */
  begin(status: number, type: string, headers: readonly string[]): void {
    this.#firstByteAt ??= performance.now();
    this.#isEventStream = type.startsWith('text/event-stream');
    this.#res.writeHead(
      status,
      ['content-type', type].concat(this.#common, headers),
    );
  }

  /** @returns whether the caller keeps up */
  write(chunk: Buffer | string): boolean {
    this.#bytes += chunk.length;
    return isSmall(chunk)
      ? this.#res.write(chunk.toString('latin1'), 'latin1')
      : this.#res.write(chunk);
  }

  end(chunk?: Buffer | string): void {
    if (chunk === undefined) {
      this.#res.end();
    } else {
      this.#bytes += chunk.length;
      if (isSmall(chunk)) {
        this.#res.end(chunk.toString('latin1'), 'latin1');
      } else {
        this.#res.end(chunk);
      }
    }
  }

  /**
   * A whole answer at once.
   *
   * @param headers - names and values in turn, to which the length is added
   */
  send(status: number, type: string, headers: string[], body: Buffer): void {
    headers.push('content-length', String(body.length));
    this.begin(status, type, headers);
    this.end(body);
  }

  /**
   * Calls back when the caller goes away before the end.
   *
   * @returns what ends the listening
   */
  onceGone(listener: () => void): () => void {
    const onClose = () => {
      if (!this.#res.writableFinished) {
        listener();
      }
    };
    this.#res.once('close', onClose);
    return () => this.#res.off('close', onClose);
  }

  /** Calls back when the caller has caught up. */
  onceDrained(listener: () => void): void {
    this.#res.once('drain', listener);
  }

  refuse(error: ApiError): void {
    sendError(this.#res, error, {
      dialect: this.dialect,
      headers: this.#common,
    });
  }

  /** Tells a caller in the middle of an answer that the rest will not come. */
  breakOff(error: ApiError): void {
    if (this.#isEventStream && !this.#res.destroyed) {
      this.end(error.event(this.dialect));
    } else {
      this.#res.destroy();
    }
  }
}
