import { ApiError } from '../http/ApiError';
import type { SubjectLimits } from './SubjectLimits';

const words = (subject: SubjectLimits) =>
  subject.id.startsWith('key:')
    ? 'This key'
    : `Profile '${subject.id.slice('profile:'.length)}'`;

const rateLimit = (
  message: string,
  seconds: number,
  headers: Record<string, string>,
) =>
  new ApiError(429, 'rate_limit_exceeded', message, {
    type: 'rate_limit_error',
    headers: { 'retry-after': String(seconds), ...headers },
  });

export function tooManyRequests(
  subject: SubjectLimits,
  seconds: number,
  headers: Record<string, string>,
): ApiError {
  return rateLimit(
    `${words(subject)} may send ${
      subject.limits.requestsPerMinute
    } requests per minute. Try again in ${seconds} s.`,
    seconds,
    headers,
  );
}

export function tooManyTokens(
  subject: SubjectLimits,
  needed: number,
  seconds: number,
  headers: Record<string, string>,
): ApiError {
  const limit = subject.limits.tokensPerMinute ?? 0;
  return rateLimit(
    needed > limit
      ? `${words(
          subject,
        )} may use ${limit} tokens per minute, and this call alone would use about ${needed}. Shorten the prompt, or bound the answer with max_tokens.`
      : `${words(
          subject,
        )} may use ${limit} tokens per minute; this call needs about ${needed}. Try again in ${seconds} s.`,
    seconds,
    headers,
  );
}

export function tooManyCalls(subject: SubjectLimits): ApiError {
  return rateLimit(
    `${words(subject)} may have ${
      subject.limits.maxConcurrent
    } calls at one time. Wait for one to end.`,
    1,
    {},
  );
}

export function promptTooLong(
  subject: SubjectLimits,
  tokens: number,
): ApiError {
  return new ApiError(
    400,
    'context_length_exceeded',
    `${words(subject)} may send prompts of up to ${
      subject.limits.maxPromptTokens
    } tokens, and this one has about ${tokens}. Shorten it.`,
    { param: 'messages' },
  );
}

export function promptTooLarge(
  subject: SubjectLimits,
  bytes: number,
): ApiError {
  return new ApiError(
    413,
    'request_too_large',
    `${words(subject)} may send requests of up to ${
      subject.limits.maxPromptBytes
    } bytes, and this one has ${bytes}. Send less.`,
  );
}
