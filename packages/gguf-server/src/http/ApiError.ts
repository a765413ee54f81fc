/** An error as OpenAI's API shapes it. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly type: string;
  readonly code?: string;
  readonly param?: string;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;

  constructor(
    status: number,
    message: string,
    more: {
      type?: string;
      code?: string;
      param?: string;
      retryAfter?: number;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.type = more.type ?? 'invalid_request_error';
    this.code = more.code;
    this.param = more.param;
    this.retryAfter = more.retryAfter;
  }

  toJSON() {
    const { message, type, param, code } = this;
    return {
      error: { message, type, param: param ?? null, code: code ?? null },
    };
  }
}
