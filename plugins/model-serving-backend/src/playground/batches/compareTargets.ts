import { ConflictError, InputError } from '@backstage/errors';
import type {
  PlaygroundComparison,
  PlaygroundDifference,
} from '@modelhub/backstage-plugin-models-common';
import {
  compareMetric,
  compareResults,
  ComparisonError,
  RUN_METRICS,
  type MetricComparison,
} from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { titleOf } from './presentBatch';
import type { BatchRunRecord } from './records';

const CONFIDENCE = 0.95;
const OPTIONS = { confidence: CONFIDENCE, resamples: 1000 };

/** What every run measures, and people choose a model by. */
const OF_ALL = [
  RUN_METRICS.requestLatency,
  RUN_METRICS.ttft,
  RUN_METRICS.costPerCase,
];

function resultOf(run: BatchRunRecord | undefined, place: number) {
  if (!run) {
    throw new InputError(`The batch has no target at place ${place}.`);
  }
  if (run.result) return run.result;
  throw new ConflictError(
    `Target ${place} (${run.target.title}) has no result: it is ${run.state}. Wait until it has finished, or go on with it.`,
  );
}

const isMeasured = ({ metrics }: EvaluationResult, name: string) =>
  metrics.some(metric => metric.name === name);

/** Two targets, row by row, on the rows that both have answered. */
export function compareTargets(
  candidate: { place: number; run?: BatchRunRecord },
  incumbent: { place: number; run?: BatchRunRecord },
): PlaygroundComparison {
  if (candidate.place === incumbent.place) {
    throw new InputError('Choose two different targets to compare.');
  }
  const mine = resultOf(candidate.run, candidate.place);
  const theirs = resultOf(incumbent.run, incumbent.place);
  const missing: PlaygroundComparison['missing'] = [];
  const items: MetricComparison[] = [];
  const scored = Object.keys(mine.measures);
  const told = (metric: string, work: () => MetricComparison[]) => {
    try {
      items.push(...work());
    } catch (error) {
      if (!(error instanceof ComparisonError)) throw error;
      missing.push({ metric, reason: error.message });
    }
  };
  // Together, so that one of several is not found better by chance.
  if (scored.length > 0) {
    told(scored.join(', '), () => compareResults(mine, theirs, OPTIONS));
  }
  for (const metric of OF_ALL) {
    if (isMeasured(mine, metric) && isMeasured(theirs, metric)) {
      told(metric, () => [compareMetric(mine, theirs, { ...OPTIONS, metric })]);
    } else {
      missing.push({
        metric,
        reason: `${titleOf(metric, mine.measures)} is not known of both.`,
      });
    }
  }
  return {
    candidate: candidate.place,
    incumbent: incumbent.place,
    confidence: CONFIDENCE,
    items: items.map(it => present(it, mine)),
    missing,
  };
}

function present(
  it: MetricComparison,
  { measures }: EvaluationResult,
): PlaygroundDifference {
  return {
    metric: it.metric,
    title: titleOf(it.metric, measures),
    pairs: it.pairs,
    candidate: it.candidate,
    incumbent: it.incumbent,
    direction: it.direction,
    unit: it.unit,
    difference: it.difference,
    interval: [...it.interval],
    pValue: it.adjustedPValue ?? it.pValue,
    standing: it.standing,
  };
}
