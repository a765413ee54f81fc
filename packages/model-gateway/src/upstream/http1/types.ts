import type { IncomingHttpHeaders } from 'node:http';

/** One request to a provider. */
export interface UpstreamRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Origin form: path and query. */
  path: string;
  /** Names and values in turn. */
  headers: readonly string[];
  body: Buffer | undefined;
}

/** Steers one exchange; does nothing once it has ended. */
export interface UpstreamController {
  /** Reads no more of the answer, so that the provider has to wait. */
  pause(): void;
  resume(): void;
  /** Ends the exchange and closes its connection. */
  abort(reason: Error): void;
}

/** Hears of one exchange, in this order; the last is either an end or an error. */
export interface UpstreamHandler {
  /** A connection is there; the request is written as soon as this returns. */
  onRequestStart(controller: UpstreamController): void;
  onResponseStart(
    controller: UpstreamController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void;
  onResponseData(controller: UpstreamController, chunk: Buffer): void;
  onResponseEnd(controller: UpstreamController): void;
  onResponseError(
    controller: UpstreamController | undefined,
    error: Error,
  ): void;
}
