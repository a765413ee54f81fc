import type { EvaluationResult } from '@modelhub/governance-protocol';
import { columnOf, columnsOf, unknownMetric } from './columns';
import { ComparisonError } from './ComparisonError';
import { holm } from './holm';
import { labelMetric, labelsOf, type LabelPair } from './labels';
import {
  compareAggregates,
  comparePairs,
  type PairedDifference,
} from './pairs';
import type {
  CountedStatistic,
  MetricComparison,
  ResamplingOptions,
} from './types';

/** @public */
export interface CompareMetricOptions extends ResamplingOptions {
  /**
   * A metric of the scorers, `request_latency`, `ttft`, `cost_per_case`,
   * `error_rate`; or, of classifications, one that is made of all labels:
   * `<metric>.f1`, `.mcc` and the others of that scorer.
   */
  metric: string;
  /** What `<metric>.positive_f1` and its like are about. */
  positiveLabel?: string;
  /** How much worse the candidate may be, 0 or more, in the metric's unit. Default 0. */
  margin?: number;
}

/** @public */
export interface CompareResultsOptions extends ResamplingOptions {
  /** Without them, every metric of the scorers that both have, without a margin. */
  metrics?: Array<Omit<CompareMetricOptions, keyof ResamplingOptions>>;
}

/** What is known before the standing is. */
interface Compared {
  comparison: Omit<MetricComparison, 'standing'>;
  test: PairedDifference;
}

/**
 * Compares two results of the same pack in one metric, case by case. The level
 * of the test is `1 - confidence`, one-sided: of so many comparisons with a
 * model that is worse by no more than the margin, one in twenty says `worse`.
 *
 * Scores of 0 and 1 are compared by an exact unconditional test, others by a
 * studentised bootstrap and Student's t, of which the more careful one counts;
 * with fewer than 10 pairs of the latter the standing is `unclear`.
 *
 * @throws ComparisonError where the results are of different packs or versions,
 *   one of them does not have the metric, or fewer than two cases pair
 * @public
 */
export function compareMetric(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  options: CompareMetricOptions,
): MetricComparison {
  requireSamePack(candidate, incumbent);
  const compared = compare(candidate, incumbent, options);
  return {
    ...compared.comparison,
    standing: standingOf(compared, compared.comparison.pValue),
  };
}

/**
 * Compares two results of the same pack in several metrics at once. The more
 * metrics, the likelier one looks worse by chance: p-values are corrected by
 * Holm, so that the level holds for all of them together.
 *
 * @throws ComparisonError as {@link compareMetric} does
 * @public
 */
export function compareResults(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  options: CompareResultsOptions = {},
): MetricComparison[] {
  requireSamePack(candidate, incumbent);
  const metrics =
    options.metrics ??
    Object.keys(candidate.measures)
      .filter(
        metric => columnOf(candidate, metric) && columnOf(incumbent, metric),
      )
      .map(metric => ({ metric }));
  if (metrics.length === 0) {
    throw new ComparisonError(
      `The results have no metric in common. The candidate has ${columnsOf(
        candidate,
      ).join(', ')}; the incumbent ${columnsOf(incumbent).join(', ')}.`,
    );
  }
  const all = metrics.map(metric =>
    compare(candidate, incumbent, { ...options, ...metric }),
  );
  const adjusted = holm(all.map(({ comparison }) => comparison.pValue));
  return all.map((compared, index) => ({
    ...compared.comparison,
    ...(all.length > 1 && { adjustedPValue: adjusted[index] }),
    standing: standingOf(compared, adjusted[index]),
  }));
}

function requireSamePack(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
): void {
  if (candidate.pack.digest === incumbent.pack.digest) return;
  const name = ({ suite }: EvaluationResult) =>
    suite.version ? `${suite.name} ${suite.version}` : suite.name;
  const both =
    name(candidate) === name(incumbent)
      ? `Both results are of ${name(
          candidate,
        )}, but the pack was not the same: its digest is ${
          candidate.pack.digest
        } for the candidate and ${incumbent.pack.digest} for the incumbent.`
      : `The candidate's result is of ${name(
          candidate,
        )}, the incumbent's of ${name(incumbent)}.`;
  throw new ComparisonError(
    `${both} Only results of the same cases can be compared: run the older one's model again on the pack as it is now.`,
  );
}

function compare(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  options: CompareMetricOptions,
): Compared {
  const { metric, margin = 0, confidence = 0.95 } = options;
  if (!(margin >= 0 && Number.isFinite(margin))) {
    throw new ComparisonError(
      `The margin of ${metric} is ${margin}; it says how much worse may be, and is 0 or more.`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new ComparisonError(
      `The confidence is ${confidence}; it lies between 0 and 1, 0.95 for example.`,
    );
  }
  const found =
    ofLabels(candidate, incumbent, options) ??
    ofColumns(candidate, incumbent, options);
  const { test, ...comparison } = found;
  return {
    test,
    comparison: {
      metric,
      ...comparison,
      difference: test.difference,
      interval: test.interval,
      confidence,
      margin,
      pValue: test.below(-margin),
    },
  };
}

type Found = Pick<
  MetricComparison,
  | 'pairs'
  | 'unpaired'
  | 'basis'
  | 'candidate'
  | 'incumbent'
  | 'direction'
  | 'unit'
> & { test: PairedDifference };

/** Where each id stands in a result. */
const placesOf = (result: EvaluationResult) =>
  new Map(result.cases.ids.map((id, index) => [id, index]));

/** Values of the cases that both have, side by side. */
function pair<T>(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  metric: string,
  ofCandidate: (index: number) => T | undefined,
  ofIncumbent: (index: number) => T | undefined,
): { pairs: Array<[T, T]>; unpaired: number } {
  const places = placesOf(incumbent);
  const pairs: Array<[T, T]> = [];
  let mine = 0;
  candidate.cases.ids.forEach((id, index) => {
    const value = ofCandidate(index);
    if (value === undefined) return;
    mine += 1;
    const place = places.get(id);
    const other = place === undefined ? undefined : ofIncumbent(place);
    if (other !== undefined) pairs.push([value, other]);
  });
  const theirs = incumbent.cases.ids.filter(
    (_, index) => ofIncumbent(index) !== undefined,
  ).length;
  if (pairs.length < 2) {
    throw new ComparisonError(
      `${
        pairs.length === 0 ? 'No case' : 'Only one case'
      } has a score of ${metric} in both results: the candidate has ${mine}, the incumbent ${theirs}. Run both models on the whole pack.`,
    );
  }
  return { pairs, unpaired: mine + theirs - 2 * pairs.length };
}

const mean = (values: number[]) =>
  values.reduce((sum, it) => sum + it, 0) / values.length;

function ofColumns(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  options: CompareMetricOptions,
): Found {
  const { metric } = options;
  const mine = columnOf(candidate, metric);
  if (!mine) throw unknownMetric(candidate, metric);
  const theirs = columnOf(incumbent, metric);
  if (!theirs) throw unknownMetric(incumbent, metric);
  const { direction, unit, aggregate } = mine.measure;
  if (direction !== theirs.measure.direction || unit !== theirs.measure.unit) {
    throw new ComparisonError(
      `${metric} is in ${unit}, ${direction} is better, in the candidate's result, and in ${theirs.measure.unit}, ${theirs.measure.direction} is better, in the incumbent's: these are not the same metric.`,
    );
  }
  const { pairs, unpaired } = pair(
    candidate,
    incumbent,
    metric,
    index => mine.values[index] ?? undefined,
    index => theirs.values[index] ?? undefined,
  );
  const [own, other] = [pairs.map(it => it[0]), pairs.map(it => it[1])];
  const turned = direction === 'higher' ? [own, other] : [other, own];
  return {
    pairs: pairs.length,
    unpaired,
    basis: aggregate === 'own' ? 'case-means' : 'cases',
    candidate: mean(own),
    incumbent: mean(other),
    direction,
    unit,
    test: comparePairs(
      turned[0],
      turned[1],
      options,
      unit === 'ratio' ? 1 : largest([...own, ...other]),
    ),
  };
}

/** Shares that exceed 1 have more room. */
function largest(values: number[]): number {
  return values.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
}

/** Metrics that are made of all labels at once, where both results have labels. */
function ofLabels(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  options: CompareMetricOptions,
): Found | undefined {
  const { metric, positiveLabel } = options;
  const measure = labelMetric(metric, positiveLabel);
  const mine = labelsOf(candidate);
  const theirs = labelsOf(incumbent);
  if (!measure || !mine || !theirs || columnOf(candidate, metric)) {
    return undefined;
  }
  const { pairs, unpaired } = pair<LabelPair>(
    candidate,
    incumbent,
    metric,
    index => mine[index],
    index => theirs[index],
  );
  const sides = [pairs.map(it => it[0]), pairs.map(it => it[1])];
  const [left, right] = sides.map(measure.of);
  const counted = sides.map(measure.counted);
  const sign = measure.direction === 'higher' ? 1 : -1;
  const test = compareAggregates(
    pairs.length,
    without => {
      const [own, other] = counted.map(it => it.of(countsOf(it, without)));
      return own === undefined || other === undefined
        ? undefined
        : sign * (own - other);
    },
    measure.width,
    options,
  );
  if (!test || left === undefined || right === undefined) {
    throw new ComparisonError(
      metric.includes('.positive_') && positiveLabel === undefined
        ? `${metric} is about one label: say which one as positiveLabel.`
        : `${metric} cannot be made of the ${pairs.length} cases that both results have labels of: it takes more of them.`,
    );
  }
  return {
    pairs: pairs.length,
    unpaired,
    basis: 'labels',
    candidate: left,
    incumbent: right,
    direction: measure.direction,
    unit: measure.unit,
    test,
  };
}

/** By kind, how many cases there are but for those that are left out. */
function countsOf({ kinds, size }: CountedStatistic, without?: Set<number>) {
  const counts = new Float64Array(size);
  for (let i = 0; i < kinds.length; i++) {
    if (!without?.has(i)) counts[kinds[i]] += 1;
  }
  return counts;
}

function standingOf(
  { comparison: { margin, confidence }, test }: Compared,
  pValue: number,
): MetricComparison['standing'] {
  const level = 1 - confidence;
  if (pValue <= level) return 'worse';
  if (test.above(0) <= level) return 'better';
  return test.above(-margin) <= level ? 'not-worse' : 'unclear';
}
