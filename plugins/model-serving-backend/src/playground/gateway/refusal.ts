/** What the gateway, or what is behind it, said instead of an answer. */
export class GatewayRefusal extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly accessUrl: string | undefined;

  constructor(options: {
    status: number;
    message: string;
    code?: string;
    retryAfterSeconds?: number;
    accessUrl?: string;
  }) {
    super(options.message);
    this.name = 'GatewayRefusal';
    this.status = options.status;
    this.code = options.code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.accessUrl = options.accessUrl;
  }
}

const LONGEST_MESSAGE = 2000;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** Only what a browser may be sent to. */
function urlOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text && /^https?:\/\//i.test(text) ? text : undefined;
}

function secondsOf(value: string | null): number | undefined {
  const seconds = Number(value ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0
    ? Math.ceil(seconds)
    : undefined;
}

/** Where the gateway says nothing that people can use. */
function wordsFor(status: number): string {
  if (status === 401) {
    return 'The gateway does not know the key any more. Try again; a new one is made then.';
  }
  if (status === 403) return 'The gateway refuses the call.';
  if (status === 429) return 'Too many calls. Wait a moment and try again.';
  if (status >= 500) {
    return `The model does not answer (${status}). Try again in a moment.`;
  }
  return `The gateway refused the call (${status}).`;
}

/** Reads an error as OpenAI's API has it. */
export function refusalOf(
  status: number,
  body: unknown,
  headers?: Pick<Headers, 'get'>,
): GatewayRefusal {
  const error = (body as { error?: Record<string, unknown> } | undefined)
    ?.error;
  const message = textOf(error?.message) ?? wordsFor(status);
  return new GatewayRefusal({
    status,
    message: message.slice(0, LONGEST_MESSAGE),
    code: textOf(error?.code),
    retryAfterSeconds: secondsOf(headers?.get('retry-after') ?? null),
    accessUrl: urlOf(error?.request_access_url),
  });
}
