import {
  LONGEST_FAILURE_CONTENT,
  MOST_EVALUATION_CASES,
  MOST_EVALUATION_FAILURES,
  type CaseOutcome,
  type EvaluationCases,
  type EvaluationFailure,
  type EvaluationMeasure,
  type EvaluationMetric,
  type EvaluationResult,
  type EvaluationRun,
  type EvaluationType,
} from '@modelhub/governance-protocol';
import { digestOf } from '../pack/digest';
import { shortText } from '../run/CaseTable';
import { meanInterval } from '../statistics';
import { counted } from './values';

/** A case of another program. */
export interface ImportedCase {
  id: string;
  outcome: CaseOutcome;
  scores: Record<string, number>;
  slices?: Record<string, string>;
  latencyMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  cost?: number;
}

export interface ResultParts {
  run: EvaluationRun;
  type: EvaluationType;
  model: string;
  /** Whatever makes two packs the same. */
  packIdentity: unknown;
  /** Cases of the whole pack. */
  packCases: number;
  /** Beside the pack: whatever was asked of the model. */
  asked: unknown;
  measures: Record<string, EvaluationMeasure>;
  cases: ImportedCase[];
  failures: EvaluationFailure[];
}

const NUMBERS = ['latencyMs', 'inputTokens', 'outputTokens', 'cost'] as const;

/** The cases, column by column. */
function columnsOf(cases: ImportedCase[]): EvaluationCases {
  const named = <T>(
    of: (it: ImportedCase) => Record<string, T> | undefined,
  ) => {
    const names = new Set(cases.flatMap(it => Object.keys(of(it) ?? {})));
    return Object.fromEntries(
      [...names].map(name => [name, cases.map(it => of(it)?.[name] ?? null)]),
    );
  };
  const slices = named(it => it.slices);
  return {
    ids: cases.map(it => it.id),
    outcomes: cases.map(it => it.outcome),
    scores: named(it => it.scores),
    ...(Object.keys(slices).length > 0 && { slices }),
    ...Object.fromEntries(
      NUMBERS.filter(name => cases.some(it => it[name] !== undefined)).map(
        name => [name, cases.map(it => it[name] ?? null)],
      ),
    ),
  };
}

/** The mean of every column that the run has no number of. */
export function columnMetrics(
  cases: ImportedCase[],
  measures: Record<string, EvaluationMeasure>,
  there: EvaluationMetric[],
): EvaluationMetric[] {
  const names = new Set(there.map(it => it.name));
  return Object.entries(measures).flatMap(([name, { unit, aggregate }]) => {
    const values = cases.flatMap(it => it.scores[name] ?? []);
    if (names.has(name) || aggregate === 'own' || values.length === 0) {
      return [];
    }
    const interval = meanInterval(values, {
      ...(unit === 'ratio' && { range: [0, 1] }),
    });
    return [
      {
        name,
        value: values.reduce((sum, it) => sum + it, 0) / values.length,
        unit,
        statistic: 'mean' as const,
        samples: values.length,
        ...(interval && { interval }),
      },
    ];
  });
}

/**
 * A column whose number is not the mean of its cases is more than that, or less
 * of it is here; nobody is to resample it.
 */
function toldApart(
  measures: Record<string, EvaluationMeasure>,
  metrics: EvaluationMetric[],
  cases: ImportedCase[],
): Record<string, EvaluationMeasure> {
  return Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => {
      const values = cases.flatMap(it => it.scores[name] ?? []);
      const mean =
        values.reduce((sum, value) => sum + value, 0) / values.length;
      const said = metrics.find(
        it => it.name === name && it.slice === undefined,
      )?.value;
      const isMean =
        said === undefined ||
        Math.abs(said - mean) <= 1e-6 * Math.max(1, Math.abs(said));
      return [name, isMean ? measure : { ...measure, aggregate: 'own' }];
    }),
  );
}

const shortened = ({ input, output, reason, ...rest }: EvaluationFailure) => ({
  ...rest,
  reason: shortText(reason, 1_000),
  ...(input && { input: shortText(input, LONGEST_FAILURE_CONTENT) }),
  ...(output && { output: shortText(output, LONGEST_FAILURE_CONTENT) }),
});

/** Halves of characters have no canonical form; JSON writes them as escapes. */
const canonical = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null).replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\ufffd'),
  );

/** Digest of whatever another program wrote. */
export const digestOfJson = (value: unknown): string =>
  digestOf(canonical(value));

/** A result with single cases; what does not fit is said in the notes. */
export function resultOf(
  parts: ResultParts,
  notes: string[],
): EvaluationResult {
  const { run, cases, failures, measures } = parts;
  const kept = cases.slice(0, MOST_EVALUATION_CASES);
  if (kept.length < cases.length) {
    notes.push(
      `${cases.length} cases are more than a result holds; the first ${kept.length} are in it, and it is marked partial.`,
    );
  }
  if (failures.length > MOST_EVALUATION_FAILURES) {
    notes.push(
      `${counted(
        failures.length - MOST_EVALUATION_FAILURES,
        'failed case is',
        'failed cases are',
      )} in the columns only; a result tells the content of ${MOST_EVALUATION_FAILURES}.`,
    );
  }
  const packCases = Math.max(parts.packCases, cases.length);
  const digest = digestOfJson(parts.packIdentity);
  const ids = new Set(kept.map(it => it.id));
  const shown = failures
    .filter(it => ids.has(it.caseId))
    .slice(0, MOST_EVALUATION_FAILURES)
    .map(shortened);
  return {
    ...run,
    ...(kept.length < packCases && { partial: true }),
    pack: { type: parts.type, digest, cases: packCases },
    model: parts.model,
    inputDigest: digestOfJson({
      pack: digest,
      model: parts.model,
      asked: parts.asked,
    }),
    measures: toldApart(measures, run.metrics, kept),
    cases: columnsOf(kept),
    ...(shown.length > 0 && { failures: shown }),
  };
}
