import type { CallerResponse } from './callerTypes';

/** The API whose shapes a caller expects. */
export type Dialect = 'openai' | 'anthropic';

/** Anthropic's names for what went wrong, by status. */
const ANTHROPIC_TYPES = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
]);

/** A refusal in the shape of the OpenAI API's errors, or of Anthropic's. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly param: string | undefined;
  /** More fields of the error object. */
  readonly details: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    options: {
      type?: string;
      param?: string;
      details?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.type =
      options.type ?? (status < 500 ? 'invalid_request_error' : 'server_error');
    this.param = options.param;
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
  }

  /** The JSON text of the body. */
  body(dialect: Dialect = 'openai'): string {
    const { message, param, code, details } = this;
    if (dialect === 'anthropic') {
      const type =
        ANTHROPIC_TYPES.get(this.status) ??
        (this.status < 500 ? 'invalid_request_error' : 'api_error');
      const error = { type, message, param, code, ...details };
      return JSON.stringify({ type: 'error', error });
    }
    return JSON.stringify({
      error: { message, type: this.type, param, code, ...details },
    });
  }

  /** As one event of a stream that has begun. */
  event(dialect: Dialect): string {
    return dialect === 'anthropic'
      ? `\n\nevent: error\ndata: ${this.body(dialect)}\n\n`
      : `\n\ndata: ${this.body()}\n\n`;
  }
}

/** Answers with an error; closes the connection when the request was not read. */
export function sendError(
  res: CallerResponse,
  error: ApiError,
  options: { dialect?: Dialect; headers?: readonly string[] } = {},
): void {
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  const body = error.body(options.dialect);
  res.writeHead(error.status, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(body)),
    ...(options.headers ?? []),
    ...Object.entries(error.headers).flat(),
  ]);
  res.end(body);
}
