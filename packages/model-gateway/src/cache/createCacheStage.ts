import type {
  CallContext,
  CallHandle,
  CallOutcome,
  CallStage,
} from '../pipeline';
import { AnswerCache, CachedAnswer } from './AnswerCache';
import { AnswerRecorder } from './AnswerRecorder';
import { cacheKey } from './cacheKey';

const STATE = 'x-modelhub-cache';
const DEFAULT_BYTES = 64 * 1024 * 1024;

/**
 * Repeats answers to equal calls of one profile for `cacheSeconds`. It stands
 * behind the admission, and an answer is kept under the approval that admitted
 * it: what was revoked is not reached any more, and a new grant starts afresh.
 * Kept is what the provider said; sanitation sees it again each time.
 */
export function createCacheStage(
  options: { maxBytes?: number; now?: () => number } = {},
): CallStage {
  const { maxBytes = DEFAULT_BYTES, now = Date.now } = options;
  const cache = new AnswerCache({ maxBytes, now });
  return {
    name: 'cache',
    begin: context => {
      const { key: of, profile } = context.caller;
      // An evaluation measures what runs at its endpoint.
      const seconds = of.endpoint ? undefined : profile?.cacheSeconds;
      const key = seconds ? cacheKey(context) : undefined;
      if (!seconds || key === undefined) {
        return undefined;
      }
      const known = cache.get(key);
      return known ? hit(known) : miss(cache, key, seconds, context);
    },
  };
}

function hit({ type, body }: CachedAnswer): CallHandle {
  return {
    shortcut: {
      status: 200,
      headers: { 'content-type': type, [STATE]: 'hit' },
      body,
    },
  };
}

function miss(
  cache: AnswerCache,
  key: string,
  seconds: number,
  context: CallContext,
): CallHandle {
  const recorder = new AnswerRecorder(context, cache.mostBytes);
  return {
    answer: recorder,
    headers: () => ({ [STATE]: 'miss' }),
    end: outcome => {
      const answer = isWhole(outcome, context) ? recorder.answer : undefined;
      if (answer) {
        cache.set(key, answer, seconds);
      }
    },
  };
}

/** Whether the model that was approved gave a whole answer. */
function isWhole(outcome: CallOutcome, context: CallContext): boolean {
  const { status, code, clientGone, admission } = outcome;
  return (
    status === 200 &&
    code === undefined &&
    !clientGone &&
    // A fallback answered: the model that was asked for may be back by then.
    admission?.grant?.id === context.admission.grant?.id
  );
}
