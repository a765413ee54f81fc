import type { SubjectLimits } from './SubjectLimits';
import type { TokenBucket } from './TokenBucket';

/** Of the key and the profile, the one that has the smaller part left counts. */
function tightest(
  subjects: readonly SubjectLimits[],
  bucketOf: (subject: SubjectLimits) => TokenBucket | undefined,
  now: number,
): TokenBucket | undefined {
  let found: TokenBucket | undefined;
  for (const subject of subjects) {
    const bucket = bucketOf(subject);
    if (
      bucket &&
      (!found ||
        bucket.level(now) / bucket.capacity < found.level(now) / found.capacity)
    ) {
      found = bucket;
    }
  }
  return found;
}

function add(
  headers: Record<string, string>,
  name: 'requests' | 'tokens',
  bucket: TokenBucket | undefined,
  now: number,
): void {
  if (bucket) {
    const left = Math.max(
      0,
      Math.floor(Math.min(bucket.level(now), bucket.capacity)),
    );
    headers[`x-ratelimit-limit-${name}`] = String(Math.floor(bucket.capacity));
    headers[`x-ratelimit-remaining-${name}`] = String(left);
    headers[`x-ratelimit-reset-${name}`] = `${bucket.secondsUntil(
      bucket.capacity,
      now,
    )}s`;
  }
}

/** What is left of the rates at this gateway, in the headers that OpenAI's clients know. */
export function rateLimitHeaders(
  subjects: readonly SubjectLimits[],
  now: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  add(
    headers,
    'requests',
    tightest(subjects, it => it.requests, now),
    now,
  );
  add(
    headers,
    'tokens',
    tightest(subjects, it => it.tokens, now),
    now,
  );
  return headers;
}
