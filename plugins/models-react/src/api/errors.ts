import { ResponseError } from '@backstage/errors';

/**
 * Whether a call failed because the backend that it needs is not installed.
 * A backend that is there and lacks the thing asked for says `NotFoundError`;
 * an address that nothing listens on answers 404 without one.
 *
 * @public
 */
export function isRoomMissing(error: unknown): boolean {
  return (
    error instanceof ResponseError &&
    error.response.status === 404 &&
    error.cause.name !== 'NotFoundError'
  );
}

/**
 * Whether a backend that is there does not know the thing asked for (any more),
 * or does not tell the caller about it.
 *
 * @public
 */
export function isGone(error: unknown): boolean {
  return error instanceof ResponseError && error.cause.name === 'NotFoundError';
}

/**
 * Whether a call failed because the caller may not do this.
 *
 * @public
 */
export function isNotAllowed(error: unknown): boolean {
  return error instanceof ResponseError
    ? error.response.status === 403 || error.response.status === 401
    : error instanceof Error && error.name === 'NotAllowedError';
}

/**
 * The sentence to show for an error: what the backend said, without the
 * transport's own words around it.
 *
 * @public
 */
export function errorText(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.cause.message || error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * Whether a call may or may not have been carried out: send it again unchanged.
 *
 * @public
 */
export function isUncertain(error: unknown): boolean {
  return !(error instanceof ResponseError) || error.response.status >= 500;
}
