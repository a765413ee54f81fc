import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../http/ApiError';

/**
 * What a caller proves itself with: `Authorization`, or the `x-api-key` of
 * Anthropic's clients, which means the same.
 *
 * @throws ApiError 401 when both are there and differ
 */
export function credentialOf(headers: IncomingHttpHeaders): string | undefined {
  const apiKey = headers['x-api-key'];
  if (apiKey === undefined) {
    return headers.authorization;
  }
  const credential = `Bearer ${apiKey}`;
  if (
    headers.authorization !== undefined &&
    headers.authorization !== credential
  ) {
    throw new ApiError(
      401,
      'invalid_api_key',
      "Send one key: 'Authorization' and 'x-api-key' differ.",
      { type: 'authentication_error' },
    );
  }
  return credential;
}
