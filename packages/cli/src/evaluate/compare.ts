import {
  compareResults,
  ComparisonError,
  formatComparisons,
  type MetricComparison,
} from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { EXIT, UnableError } from '../exitCodes';
import { readResult } from './readResult';

export interface CompareFlags {
  metric?: Array<{ metric: string; margin?: number }>;
  margin: number;
  confidence: number;
  positiveLabel?: string;
  json?: boolean;
}

const identity = ({ model, suite, inputDigest }: EvaluationResult) => ({
  model,
  suite,
  inputDigest,
});

/** `modelhub evaluate compare`: 1 where the candidate is worse. */
export function evaluateCompare(
  files: { candidate: string; incumbent: string },
  flags: CompareFlags,
): number {
  const candidate = readResult(files.candidate);
  const incumbent = readResult(files.incumbent);
  const comparisons = compared(candidate, incumbent, flags);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(
          {
            candidate: identity(candidate),
            incumbent: identity(incumbent),
            comparisons,
          },
          undefined,
          2,
        )}\n`
      : `${candidate.model} beside ${incumbent.model}\n\n${formatComparisons(
          comparisons,
        )}\n`,
  );
  return comparisons.some(({ standing }) => standing === 'worse')
    ? EXIT.bad
    : EXIT.ok;
}

function compared(
  candidate: EvaluationResult,
  incumbent: EvaluationResult,
  { confidence, margin, metric, positiveLabel }: CompareFlags,
): MetricComparison[] {
  const metrics =
    metric ??
    Object.keys(candidate.cases.scores)
      .filter(name => incumbent.cases.scores[name])
      .map(name => ({ metric: name }));
  try {
    return compareResults(candidate, incumbent, {
      confidence,
      metrics: metrics.map(it => ({ margin, positiveLabel, ...it })),
    });
  } catch (error) {
    if (error instanceof ComparisonError) throw new UnableError(error.message);
    throw error;
  }
}
