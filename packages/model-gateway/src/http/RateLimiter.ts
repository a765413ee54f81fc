import type { SnapshotKey } from '@modelhub/governance-protocol';
import { ApiError } from './ApiError';

/**
 * Requests per minute by key: a bucket that holds a minute's worth and refills
 * steadily. Each gateway counts for itself.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** @throws ApiError 429 when the key has no request left */
  take(key: SnapshotKey, now: Date): void {
    const perMinute = key.limits?.requestsPerMinute;
    if (perMinute === undefined) {
      return;
    }
    const at = now.getTime();
    const bucket = this.#buckets.get(key.id) ?? { tokens: perMinute, at };
    const refilled = ((at - bucket.at) / 60_000) * perMinute;
    bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, refilled));
    bucket.at = at;
    this.#buckets.set(key.id, bucket);
    if (bucket.tokens < 1) {
      const seconds = Math.ceil(((1 - bucket.tokens) / perMinute) * 60);
      throw new ApiError(
        429,
        'rate_limit_exceeded',
        `This key may send ${perMinute} requests per minute. Try again in ${seconds} s.`,
        {
          type: 'rate_limit_error',
          headers: { 'retry-after': String(seconds) },
        },
      );
    }
    bucket.tokens -= 1;
  }
}
