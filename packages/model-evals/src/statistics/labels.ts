import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { Json } from '../pack/types';
import { classification } from '../scorers/classification/classification';
import type { LabelPair } from '../scorers/classification/confusion';
import type { CaseScore } from '../scorers/types';
import type { CountedStatistic } from './types';

export type { LabelPair };

/** A number of a classification that is made of all labels at once. */
export interface LabelMetric {
  direction: 'higher' | 'lower';
  unit: string;
  /** Between the least and the most that it can be. */
  width: number;
  /** Undefined of cases that say nothing of it. */
  of(pairs: LabelPair[]): number | undefined;
  /** The same of counts of the cases. */
  counted(pairs: LabelPair[]): CountedStatistic;
}

/**
 * How to make a metric such as `label.f1` anew of some labels. Undefined where
 * it is none of those.
 *
 * @param positiveLabel - what `positive_f1` and its like are about
 */
export function labelMetric(
  metric: string,
  positiveLabel?: string,
): LabelMetric | undefined {
  const at = metric.lastIndexOf('.');
  const suffix = at > 0 ? metric.slice(at + 1) : '';
  const aggregate = classification.aggregates?.find(
    it => it.suffix !== '' && it.suffix === suffix,
  );
  const counted = aggregate?.counted;
  if (!aggregate || !counted) return undefined;
  const scoresOf = (pairs: LabelPair[]): CaseScore[] =>
    pairs.map(({ expected, predicted }) => ({
      parts: { expected, ...(predicted !== undefined && { predicted }) },
    }));
  const paramsOf = (pairs: LabelPair[]): Record<string, Json> => ({
    ...(positiveLabel !== undefined && { positiveLabel }),
    labels: [
      ...new Set(pairs.flatMap(it => [it.expected, it.predicted ?? []].flat())),
    ],
  });
  return {
    direction: aggregate.direction,
    unit: aggregate.unit,
    // Correlations go from -1.
    width: aggregate.unit === 'ratio' ? 1 : 2,
    of: pairs => aggregate.of(scoresOf(pairs), paramsOf(pairs)),
    counted: pairs => counted(scoresOf(pairs), paramsOf(pairs)),
  };
}

/** Of the cases of a result that have labels; undefined of those without. */
export function labelsOf(
  result: EvaluationResult,
): Array<LabelPair | undefined> | undefined {
  const labels = result.cases.labels;
  return labels?.expected.map((expected, index) => {
    if (expected === null || result.cases.outcomes[index] === 'failed') {
      return undefined;
    }
    const predicted = labels.predicted[index];
    return predicted === null ? { expected } : { expected, predicted };
  });
}
