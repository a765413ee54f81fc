import OpenAI from 'openai';

/** Why a request got no answer. */
export interface Failure {
  /** `timeout`, `connection`, `empty`, `broken`, `http-503`. */
  reason: string;
  message: string;
  /** The endpoint asks to wait so long. */
  retryAfterMs?: number;
}

/** A request that got no answer, as an error. */
export class EndpointError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.message, options);
    this.name = 'EndpointError';
    this.failure = failure;
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof EndpointError) return error.failure;
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return { reason: 'timeout', message: error.message };
  }
  if (error instanceof OpenAI.APIConnectionError) {
    const { cause } = error as { cause?: { message?: string; code?: string } };
    const inner = (cause as { cause?: { message?: string } })?.cause;
    const why = inner?.message ?? cause?.code ?? cause?.message;
    return {
      reason: 'connection',
      message: why ? `no connection (${why})` : 'no connection',
    };
  }
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    const headers: Headers | undefined = error.headers;
    const retryAfterMs = retryAfter(headers, Date.now());
    return {
      reason: `http-${error.status}`,
      message: error.message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  return {
    reason: 'broken',
    message: error instanceof Error ? error.message : String(error),
  };
}

/** Milliseconds that `Retry-After` asks for: seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfter(
  headers: Headers | undefined,
  now: number,
): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? NaN);
  if (exact >= 0) return exact;
  const value = headers?.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Whether another attempt may go better. */
export function isPassing({ reason }: Failure): boolean {
  if (['connection', 'timeout', 'broken'].includes(reason)) return true;
  const status = Number(/^http-(\d+)$/.exec(reason)?.[1]);
  return (
    [408, 409, 425, 429].includes(status) ||
    (status >= 500 && ![501, 505].includes(status))
  );
}

/** Whether it had too much to do, and would take fewer at once. */
export const isOverload = ({ reason, retryAfterMs }: Failure): boolean =>
  reason === 'http-429' ||
  (reason === 'http-503' && retryAfterMs !== undefined);

/** What people can do about it, where they can. */
export function adviceFor(
  { reason }: Failure,
  model: string,
): string | undefined {
  switch (reason) {
    case 'connection':
      return 'Look whether the address is right and the server runs.';
    case 'http-401':
      return 'Give a key that the endpoint knows.';
    case 'http-403':
      return `The key may not use ${model}; request access, or give another key.`;
    case 'http-404':
      return `Look whether the address ends in /v1 or the like, and whether ${model} is the model's name there.`;
    case 'http-400':
    case 'http-422':
      return 'Change the parameters of the request so that the endpoint takes it.';
    default:
      return undefined;
  }
}
