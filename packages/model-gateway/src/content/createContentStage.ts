import { ApiError } from '../http/ApiError';
import type { CallContext, CallOutcome, CallStage } from '../pipeline';
import { SentBodies } from '../sanitation/SentBodies';
import { AnswerCopy } from './AnswerCopy';
import { CONTENT_KEY } from './ContentKeys';
import type { ContentStore } from './ContentStore';

type Fields = Record<string, unknown>;

/**
 * Keeps prompts and answers, of profiles that say for how many days and of no
 * other. It stands before sanitation, so that it sees the answer after it, and
 * takes the prompt as it was sent. Calls that no provider answered are not
 * kept; nor are uploads.
 *
 * @param options - `store` is absent where the gateway has no key: such calls
 * are refused
 */
export function createContentStage(
  options: { store?: ContentStore; sent?: SentBodies } = {},
): CallStage {
  const { store, sent = new SentBodies() } = options;
  return {
    name: 'content',
    begin: context => {
      const days = context.caller.profile?.contentRetentionDays;
      if (!days) {
        return undefined;
      }
      if (!store) {
        throw new ApiError(
          503,
          'content_key_missing',
          `The profile of this key has prompts and answers kept, and this gateway has no key to encrypt them with, so it refuses the call. Whoever runs the gateway sets ${CONTENT_KEY}.`,
        );
      }
      const recorder = new AnswerCopy();
      return {
        answer: recorder,
        end: outcome => {
          if (outcome.attempts > 0 || outcome.shortcut) {
            store.keep(
              recordOf(context, outcome, sent.of(context), recorder),
              days,
            );
          }
        },
      };
    },
  };
}

function recordOf(
  context: CallContext,
  outcome: CallOutcome,
  request: Fields | undefined,
  { answer, streamed, isCut }: AnswerCopy,
) {
  const { id, caller, route, trace, admission } = context;
  const { grant } = outcome.admission ?? admission;
  return {
    id,
    at: caller.now.toISOString(),
    profile: caller.key.profile,
    keyId: caller.key.id,
    purpose: caller.key.purpose,
    route,
    model: (outcome.admission ?? admission).gatewayId,
    version: grant?.version,
    trace,
    status: outcome.status,
    code: outcome.code,
    request,
    answer,
    ...(streamed.length > 0 && { events: streamed, isCut }),
  };
}
