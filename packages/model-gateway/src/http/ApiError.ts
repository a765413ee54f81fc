import type { ServerResponse } from 'node:http';

/** A refusal in the shape of the OpenAI API's errors. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly param: string | undefined;
  /** More fields of the error object. */
  readonly details: Record<string, string | undefined>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    options: {
      type?: string;
      param?: string;
      details?: Record<string, string | undefined>;
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
  body(): string {
    return JSON.stringify({
      error: {
        message: this.message,
        type: this.type,
        param: this.param,
        code: this.code,
        ...this.details,
      },
    });
  }
}

/** Answers with an error; closes the connection when the request was not read. */
export function sendError(res: ServerResponse, error: ApiError): void {
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  const body = error.body();
  res.writeHead(error.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...error.headers,
  });
  res.end(body);
}
