import type {
  CallContext,
  CallEntry,
  CallHandle,
  CallOutcome,
  CallStage,
} from '../pipeline';
import { estimatePromptTokens, expectedOutputTokens } from './estimateTokens';
import {
  promptTooLarge,
  promptTooLong,
  tooManyCalls,
  tooManyRequests,
  tooManyTokens,
} from './limitErrors';
import type { LimitTable } from './LimitTable';
import { rateLimitHeaders } from './rateLimitHeaders';
import type { SubjectLimits } from './SubjectLimits';

/**
 * Requests and tokens per minute, calls at one time and the size of prompts, of
 * keys and profiles. Costs two property reads for callers without limits.
 */
export function createLimitsStage(options: { table: LimitTable }): CallStage {
  const { table } = options;
  return {
    name: 'limits',
    enter: ({ caller }: CallEntry) => {
      if (!caller.key.limits && !caller.profile?.limits) {
        return undefined;
      }
      const subjects = table.of(caller);
      enter(subjects, table.now);
      return () => {
        for (const subject of subjects) {
          subject.running -= 1;
        }
      };
    },
    begin: (context: CallContext) => {
      const { caller } = context;
      if (!caller.key.limits && !caller.profile?.limits) {
        return undefined;
      }
      return begin(context, table);
    },
  };
}

/** Takes all or nothing. */
function enter(subjects: readonly SubjectLimits[], now: number): void {
  for (const subject of subjects) {
    subject.ask('requestsPerMinute', 1);
    if (!subject.hasPlace()) {
      throw tooManyCalls(subject);
    }
    if (subject.requests && !subject.requests.has(1, now)) {
      throw tooManyRequests(
        subject,
        subject.requests.secondsUntil(1, now),
        rateLimitHeaders(subjects, now),
      );
    }
  }
  for (const subject of subjects) {
    subject.running += 1;
    subject.requests?.take(1, now);
  }
}

function begin(context: CallContext, table: LimitTable): CallHandle {
  const subjects = table.of(context.caller);
  for (const subject of subjects) {
    if (context.promptBytes > (subject.limits.maxPromptBytes ?? Infinity)) {
      throw promptTooLarge(subject, context.promptBytes);
    }
  }
  let reserved = 0;
  if (
    subjects.some(
      ({ limits }) =>
        limits.tokensPerMinute !== undefined ||
        limits.maxPromptTokens !== undefined,
    )
  ) {
    const prompt = estimatePromptTokens(context);
    for (const subject of subjects) {
      if (prompt > (subject.limits.maxPromptTokens ?? Infinity)) {
        throw promptTooLong(subject, prompt);
      }
    }
    reserved = prompt + expectedOutputTokens(context.route, context.body);
    reserve(subjects, reserved, table.now);
  }
  return {
    headers: () => rateLimitHeaders(subjects, table.now),
    end: outcome => settle(subjects, reserved, outcome, table.now),
  };
}

function reserve(
  subjects: readonly SubjectLimits[],
  needed: number,
  now: number,
): void {
  for (const subject of subjects) {
    subject.ask('tokensPerMinute', needed);
    const { tokens, limits } = subject;
    if (
      tokens &&
      (needed > (limits.tokensPerMinute ?? Infinity) ||
        !tokens.has(needed, now))
    ) {
      throw tooManyTokens(
        subject,
        needed,
        Math.max(1, tokens.secondsUntil(needed, now)),
        rateLimitHeaders(subjects, now),
      );
    }
  }
  for (const { tokens } of subjects) {
    tokens?.take(needed, now);
  }
}

/** What no provider counted was not used, unless one was called. */
function settle(
  subjects: readonly SubjectLimits[],
  reserved: number,
  { usage, attempts }: CallOutcome,
  now: number,
): void {
  if (reserved === 0) {
    return;
  }
  let used = attempts === 0 ? 0 : reserved;
  if (usage) {
    used = usage.inputTokens + usage.outputTokens;
  }
  for (const { tokens } of subjects) {
    tokens?.give(reserved - used, now);
  }
}
