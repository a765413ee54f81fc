import { ApiError } from '../http/ApiError';

/** What went wrong between gateway and provider, in the words of a caller. */
export function upstreamError(provider: string, error: unknown): ApiError {
  const { code } = error as { code?: string };
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return new ApiError(
        504,
        'upstream_timeout',
        `Provider '${provider}' did not answer in time. Try again later.`,
      );
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new ApiError(
        502,
        'upstream_unreachable',
        `Provider '${provider}' cannot be reached. Try again later.`,
      );
    default:
      return new ApiError(
        502,
        'upstream_error',
        `Provider '${provider}' broke off. Try again later.`,
      );
  }
}

/**
 * The answer to a caller whose provider answered with a status that is not to
 * be passed on; `undefined` where it is.
 */
export function statusError(
  provider: string,
  status: number,
  retryAfter: string | undefined,
): ApiError | undefined {
  if (status === 401 || status === 403) {
    return new ApiError(
      502,
      'upstream_credentials',
      `Provider '${provider}' refused the gateway's own credentials. Tell whoever runs the gateway.`,
    );
  }
  const headers: Record<string, string> = retryAfter
    ? { 'retry-after': retryAfter }
    : {};
  if (status === 429) {
    return new ApiError(
      429,
      'upstream_rate_limited',
      `Provider '${provider}' takes no more calls for now. Try again later.`,
      { type: 'rate_limit_error', headers },
    );
  }
  if (status === 503 || status === 529) {
    return new ApiError(
      503,
      'upstream_unavailable',
      `Provider '${provider}' is overloaded or down for now. Try again later.`,
      { headers },
    );
  }
  if (status === 504) {
    return new ApiError(
      504,
      'upstream_timeout',
      `Provider '${provider}' timed out. Try again later.`,
    );
  }
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) {
    return new ApiError(
      502,
      'upstream_error',
      `Provider '${provider}' answered with status ${status}. Try again later.`,
    );
  }
  return undefined;
}
