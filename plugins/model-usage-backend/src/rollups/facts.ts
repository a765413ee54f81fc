import type { UsageRecord } from '@modelhub/governance-protocol';
import type { UsageFact } from './types';

/** What our own gateway reports bears this source. */
export const GATEWAY_SOURCE = 'gateway';

/** What a record has to tell to be counted. */
export type CountedRecord = Pick<
  UsageRecord,
  | 'at'
  | 'profile'
  | 'tier'
  | 'team'
  | 'model'
  | 'version'
  | 'grantId'
  | 'status'
  | 'code'
  | 'attempts'
  | 'cacheHit'
  | 'inputTokens'
  | 'outputTokens'
  | 'cachedInputTokens'
  | 'tokensEstimated'
  | 'costMicros'
  | 'currency'
  | 'latencyMs'
  | 'firstByteMs'
  | 'calls'
>;

type Outcome =
  | 'ok'
  | 'refused'
  | 'unavailable'
  | 'clientErrors'
  | 'throttled'
  | 'serverErrors';

function outcomeOf(it: CountedRecord): Outcome {
  if (it.code === 'gateway_stopped') return 'unavailable';
  if (it.status < 400) return 'ok';
  if (it.attempts === 0 && !it.cacheHit) {
    return it.status >= 500 ? 'unavailable' : 'refused';
  }
  if (it.status === 429) return 'throttled';
  return it.status >= 500 ? 'serverErrors' : 'clientErrors';
}

/**
 * Whether the gateway knew the model: callers may ask for any name, and names
 * that nobody knows must not fill the tables.
 */
export function isModelKnown(it: CountedRecord): boolean {
  return it.attempts > 0 || it.cacheHit === true || it.grantId !== undefined;
}

const isComponent = (ref: string) => ref.startsWith('component:');

/**
 * A record as numbers. How long an answer took counts where a model gave it to
 * a single call: errors come fast or at their timeout, caches answer at once,
 * and of several calls only the slowest is told.
 */
export function factOf(it: CountedRecord): UsageFact {
  const calls = it.calls ?? 1;
  const owner = it.team ?? '';
  const outcome = outcomeOf(it);
  const isMeasured =
    outcome === 'ok' && it.attempts > 0 && !it.cacheHit && calls === 1;
  const isUnpriced =
    it.attempts > 0 && it.status < 400 && it.costMicros === undefined;
  const callsIf = (condition: boolean | undefined) => (condition ? calls : 0);
  return {
    at: Date.parse(it.at),
    model: it.model,
    version: it.version ?? '',
    team: isComponent(owner) ? '' : owner,
    component: isComponent(owner) ? owner : '',
    profile: it.profile,
    tier: it.tier,
    currency: it.currency ?? '',
    source: GATEWAY_SOURCE,
    calls,
    refused: callsIf(outcome === 'refused'),
    unavailable: callsIf(outcome === 'unavailable'),
    clientErrors: callsIf(outcome === 'clientErrors'),
    throttled: callsIf(outcome === 'throttled'),
    serverErrors: callsIf(outcome === 'serverErrors'),
    declined: 0,
    cached: callsIf(it.cacheHit),
    unpricedCalls: callsIf(isUnpriced),
    estimatedCalls: callsIf(it.tokensEstimated),
    inputTokens: it.inputTokens ?? 0,
    outputTokens: it.outputTokens ?? 0,
    cachedInputTokens: it.cachedInputTokens ?? 0,
    costMicros: it.costMicros ?? 0,
    latency: isMeasured ? [[it.latencyMs, 1]] : [],
    ttft:
      isMeasured && it.firstByteMs !== undefined ? [[it.firstByteMs, 1]] : [],
  };
}
