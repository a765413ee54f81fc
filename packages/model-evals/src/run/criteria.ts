import type { EvaluationMetric } from '@modelhub/governance-protocol';
import type { PackCriterion } from '../pack/types';

/**
 * What became of a criterion. `isMet` goes by the value alone, `isSure` says
 * whether its whole interval lies on the same side.
 *
 * @public
 */
export interface CriterionOutcome {
  criterion: PackCriterion;
  /** Absent where the run has no such number. */
  metric?: EvaluationMetric;
  isMet: boolean;
  isSure: boolean;
}

/**
 * The number that a criterion is about. Without a statistic it is the mean, or
 * the only number there is; without a slice it is about all cases, and of speed
 * about the load of the run.
 *
 * @public
 */
export function metricOf(
  { metric, statistic, slice }: PackCriterion,
  metrics: EvaluationMetric[],
): EvaluationMetric | undefined {
  const named = metrics.filter(it => it.name === metric);
  const inSlice = named.filter(it => it.slice === slice);
  const loads = named.filter(it => it.slice?.startsWith('concurrency='));
  const candidates =
    inSlice.length === 0 && slice === undefined ? loads : inSlice;
  if (statistic !== undefined) {
    return candidates.find(
      it =>
        it.statistic === statistic ||
        // What is more than a mean has no statistic of its own.
        (statistic === 'mean' && it.statistic === undefined),
    );
  }
  return (
    candidates.find(it => it.statistic === 'mean') ??
    candidates.find(it => it.statistic === undefined) ??
    candidates.find(it => it.statistic === 'rate')
  );
}

/** What became of the criteria of a pack, in their order. @public */
export function judgeCriteria(
  criteria: PackCriterion[],
  metrics: EvaluationMetric[],
): CriterionOutcome[] {
  return criteria.map(criterion => {
    const metric = metricOf(criterion, metrics);
    if (!metric) return { criterion, isMet: false, isSure: false };
    const { atLeast = -Infinity, atMost = Infinity } = criterion;
    const meets = (value: number) => value >= atLeast && value <= atMost;
    const isMet = meets(metric.value);
    const ends = metric.interval ?? [metric.value];
    return {
      criterion,
      metric,
      isMet,
      isSure: ends.every(end => meets(end) === isMet),
    };
  });
}
