import type {
  EvaluationMeasure,
  EvaluationResult,
} from '@modelhub/governance-protocol';

export const measure = (
  changes: Partial<EvaluationMeasure> = {},
): EvaluationMeasure => ({
  scorer: 'exact-match',
  title: 'Exact match',
  direction: 'higher',
  unit: 'ratio',
  aggregate: 'mean',
  ...changes,
});

/** A result whose cases scored these values. */
export function resultOf(
  scores: Record<string, Array<number | null>>,
  changes: Partial<Omit<EvaluationResult, 'cases'>> & {
    cases?: Partial<EvaluationResult['cases']>;
  } = {},
): EvaluationResult {
  const count = Object.values(scores)[0]?.length ?? 0;
  const { cases, ...others } = changes;
  return {
    suite: { name: 'support-answers', version: '1.2.0' },
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: '2026-11-21T10:01:30.000Z',
    target: { endpoint: 'http://localhost:8000/v1' },
    settings: { seed: 1, confidence: 0.95, concurrency: 8 },
    metrics: [],
    tool: { name: 'modelhub', version: '0.1.0' },
    pack: { type: 'quality', digest: `sha256:${'a'.repeat(64)}`, cases: count },
    model: 'qwen/qwen3-8b',
    inputDigest: `sha256:${'b'.repeat(64)}`,
    measures: Object.fromEntries(
      Object.keys(scores).map(name => [name, measure()]),
    ),
    ...others,
    cases: {
      ids: Array.from({ length: count }, (_, index) => `case-${index + 1}`),
      outcomes: Array.from({ length: count }, () => 'scored' as const),
      scores,
      ...cases,
    },
  };
}
