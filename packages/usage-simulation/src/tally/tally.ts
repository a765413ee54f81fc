import type { UsageBatch, UsageRecord } from '@modelhub/governance-protocol';

/** What calls add up to. @public */
export interface TallySums {
  records: number;
  calls: number;
  /** A gateway said no. */
  refused: number;
  /** A gateway could not. */
  unavailable: number;
  clientErrors: number;
  throttled: number;
  serverErrors: number;
  cached: number;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  costMicros: number;
}

const NOTHING: TallySums = {
  records: 0,
  calls: 0,
  refused: 0,
  unavailable: 0,
  clientErrors: 0,
  throttled: 0,
  serverErrors: 0,
  cached: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  costMicros: 0,
};

type Outcome =
  | 'unavailable'
  | 'refused'
  | 'clientErrors'
  | 'throttled'
  | 'serverErrors';

function errorOf(it: UsageRecord): Outcome | undefined {
  if (it.status < 400) return undefined;
  if (it.attempts === 0) return it.status >= 500 ? 'unavailable' : 'refused';
  if (it.status === 429) return 'throttled';
  return it.status >= 500 ? 'serverErrors' : 'clientErrors';
}

/**
 * Counts what batches hold: the simulation's own count, to compare with what a
 * usage backend adds up.
 *
 * @param nameOf - what is counted together, for example the model
 *
 * @public
 */
export function tally(
  batches: Iterable<UsageBatch>,
  nameOf: (record: UsageRecord) => string = () => '',
): Map<string, TallySums> {
  const sums = new Map<string, TallySums>();
  for (const { records } of batches) {
    for (const it of records) {
      const name = nameOf(it);
      let sum = sums.get(name);
      if (!sum) sums.set(name, (sum = { ...NOTHING }));
      const calls = it.calls ?? 1;
      const error = errorOf(it);
      sum.records += 1;
      sum.calls += calls;
      if (error) sum[error] += calls;
      if (it.cacheHit) sum.cached += calls;
      sum.inputTokens += it.inputTokens ?? 0;
      sum.outputTokens += it.outputTokens ?? 0;
      sum.cachedInputTokens += it.cachedInputTokens ?? 0;
      sum.costMicros += it.costMicros ?? 0;
    }
  }
  return sums;
}
