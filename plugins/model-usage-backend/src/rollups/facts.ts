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
  | 'declined'
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
  // The model failed so often that it is not even asked: that is its failure.
  if (it.code === 'circuit_open') return 'serverErrors';
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

/** Nothing yet, under the names of a record. */
export function emptyFact(
  it: Pick<
    CountedRecord,
    'model' | 'version' | 'team' | 'profile' | 'tier' | 'currency'
  >,
  at: number,
): UsageFact {
  const owner = it.team ?? '';
  return {
    at,
    model: it.model,
    version: it.version ?? '',
    team: isComponent(owner) ? '' : owner,
    component: isComponent(owner) ? owner : '',
    profile: it.profile,
    tier: it.tier,
    currency: it.currency ?? '',
    source: GATEWAY_SOURCE,
    calls: 0,
    refused: 0,
    unavailable: 0,
    clientErrors: 0,
    throttled: 0,
    serverErrors: 0,
    declined: 0,
    cached: 0,
    unpricedCalls: 0,
    estimatedCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    cachedInputTokens: 0,
    costMicros: 0,
    latency: [],
    ttft: [],
  };
}

/**
 * Adds a record to what others of the same names add up to.
 *
 * @returns whether it counts how long the answer took: where a model gave it to
 * a single call. Errors come fast or at their timeout, caches answer at once,
 * and of several calls only the slowest is told.
 */
export function addRecord(fact: UsageFact, it: CountedRecord): boolean {
  const calls = it.calls ?? 1;
  const outcome = outcomeOf(it);
  fact.calls += calls;
  if (outcome !== 'ok') fact[outcome] += calls;
  if (it.cacheHit) fact.cached += calls;
  if (it.attempts > 0 && it.status < 400 && it.costMicros === undefined) {
    fact.unpricedCalls += calls;
  }
  if (it.tokensEstimated) fact.estimatedCalls += calls;
  if (it.declined) fact.declined += calls;
  fact.inputTokens += it.inputTokens ?? 0;
  fact.outputTokens += it.outputTokens ?? 0;
  fact.cachedInputTokens += it.cachedInputTokens ?? 0;
  fact.costMicros += it.costMicros ?? 0;
  return outcome === 'ok' && it.attempts > 0 && !it.cacheHit && calls === 1;
}

/** A record as numbers. */
export function factOf(it: CountedRecord): UsageFact {
  const fact = emptyFact(it, Date.parse(it.at));
  if (addRecord(fact, it)) {
    fact.latency.push([it.latencyMs, 1]);
    if (it.firstByteMs !== undefined) fact.ttft.push([it.firstByteMs, 1]);
  }
  return fact;
}
