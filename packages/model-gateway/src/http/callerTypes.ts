import type { IncomingHttpHeaders } from 'node:http';

/** Hears of the body of one request; the last call is either `end` or `broken`. */
export interface BodySink {
  /** @returns whether more is wanted; what comes else is thrown away */
  data(chunk: Buffer): boolean;
  end(): void;
  /** It will not come to its end: the caller went away, or took too long. */
  broken(reason: 'gone' | 'invalid' | 'timeout'): void;
}

/** What a caller asks. Servers of Node and our own both give it. */
export interface CallerRequest {
  readonly method: string;
  /** As it came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The body, where it came together with the head. */
  readonly whole: Buffer | undefined;
  /** Asks for the body, at most once. */
  receive(sink: BodySink): void;
}

/** Where the answer goes: the part of Node's `ServerResponse` that is needed. */
export interface CallerResponse {
  readonly statusCode: number;
  /** Whether an answer was begun. */
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  /** Whether all of the answer was handed over. */
  readonly writableFinished: boolean;
  /** @param headers - names and values in turn */
  writeHead(status: number, headers: string[]): unknown;
  /** @returns whether the caller keeps up */
  write(chunk: Buffer | string): boolean;
  write(chunk: string, encoding: 'latin1'): boolean;
  end(chunk?: Buffer | string): unknown;
  end(chunk: string, encoding: 'latin1'): unknown;
  /** Breaks off what was begun, with its connection. */
  destroy(): unknown;
  /** `close`: nothing more can be sent; `drain`: the caller has caught up. */
  once(event: 'close' | 'drain', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

/** Answers requests. */
export type CallerHandler = (
  request: CallerRequest,
  response: CallerResponse,
) => unknown;
