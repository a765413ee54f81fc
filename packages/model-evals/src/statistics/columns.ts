import {
  PERFORMANCE_METRICS,
  type EvaluationMeasure,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { ComparisonError } from './ComparisonError';
import { labelMetric } from './labels';

/** What each case of a result has of a metric, and how to read it. */
export interface MetricColumn {
  values: Array<number | null>;
  measure: EvaluationMeasure;
}

/** As runs of packs name what they measure beside their scorers. */
const OF_EVERY_RUN: Record<
  string,
  {
    title: string;
    unit(result: EvaluationResult): string;
    values(result: EvaluationResult): Array<number | null> | undefined;
  }
> = {
  [PERFORMANCE_METRICS.requestLatency]: {
    title: 'Time to the end of the answer',
    unit: () => 'ms',
    values: ({ cases }) => cases.latencyMs,
  },
  [PERFORMANCE_METRICS.ttft]: {
    title: 'Time to the first token',
    unit: () => 'ms',
    values: ({ cases }) => cases.ttftMs,
  },
  [PERFORMANCE_METRICS.errorRate]: {
    title: 'Cases without an answer',
    unit: () => 'ratio',
    values: ({ cases }) =>
      cases.outcomes.map(outcome => (outcome === 'failed' ? 1 : 0)),
  },
  cost_per_case: {
    title: 'Cost of a case',
    unit: ({ metrics }) =>
      metrics.find(({ name }) => name === 'cost_per_case')?.unit ?? '1',
    values: ({ cases }) => cases.cost,
  },
};

/** Names of the metrics that have a value for each case. */
export function columnsOf(result: EvaluationResult): string[] {
  return [
    ...Object.keys(result.measures).filter(
      name => result.cases.scores[name] !== undefined,
    ),
    ...Object.keys(OF_EVERY_RUN).filter(name =>
      OF_EVERY_RUN[name].values(result)?.some(it => it !== null),
    ),
  ];
}

/** What the cases of a result have of a metric. */
export function columnOf(
  result: EvaluationResult,
  metric: string,
): MetricColumn | undefined {
  const measure = result.measures[metric];
  const values = result.cases.scores[metric];
  if (measure && values) return { values, measure };
  const other = OF_EVERY_RUN[metric];
  const found = other?.values(result);
  if (!found) return undefined;
  return {
    values: found,
    measure: {
      scorer: 'run',
      title: other.title,
      direction: 'lower',
      unit: other.unit(result),
      aggregate: 'mean',
    },
  };
}

/** Says what there is instead. */
export function unknownMetric(
  result: EvaluationResult,
  metric: string,
): ComparisonError {
  const ofLabels = result.cases.labels
    ? Object.keys(result.measures).filter(name => labelMetric(name))
    : [];
  const known = [...columnsOf(result), ...ofLabels];
  return new ComparisonError(
    `The result of ${result.model} on ${
      result.suite.name
    } has no metric '${metric}'. It has: ${known.join(', ')}.`,
  );
}

/** `[0, 1]` of shares. */
export function rangeOf(unit: string): [number, number] | undefined {
  return unit === 'ratio' ? [0, 1] : undefined;
}
