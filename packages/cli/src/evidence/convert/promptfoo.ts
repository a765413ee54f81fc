import type {
  EvaluationMetric,
  EvaluationRun,
} from '@modelhub/governance-protocol';
import { UnableError } from '../../exitCodes';
import { isRecord, numberOf, recordOf, textOf } from './values';

/** Whether a document is the JSON output of promptfoo. */
export const isPromptfoo = (it: Record<string, unknown>) =>
  isRecord(it.results) && isRecord(it.results.stats);

function metricsOf(
  prompt: Record<string, unknown>,
  slice: string | undefined,
): EvaluationMetric[] {
  const found = recordOf(prompt.metrics);
  const passed = numberOf(found.testPassCount);
  const failed = numberOf(found.testFailCount);
  const errors = numberOf(found.testErrorCount);
  const samples = passed + failed + errors;
  if (samples === 0) return [];
  const common = { samples, ...(slice && { slice }) };
  const rate = (name: string, value: number): EvaluationMetric => ({
    name,
    value,
    unit: 'ratio',
    statistic: 'rate',
    ...common,
  });
  const latency = numberOf(found.totalLatencyMs);
  const cost = numberOf(found.cost);
  const counts = recordOf(found.namedScoresCount);
  return [
    rate('pass_rate', passed / samples),
    rate('error_rate', errors / samples),
    ...(latency > 0
      ? [
          {
            name: 'latency',
            value: latency / samples,
            unit: 'ms',
            statistic: 'mean' as const,
            ...common,
          },
        ]
      : []),
    ...(cost > 0
      ? [{ name: 'cost', value: cost, unit: 'USD', ...common }]
      : []),
    ...Object.entries(recordOf(found.namedScores)).flatMap(([name, sum]) => {
      const count = numberOf(counts[name]) || samples;
      return typeof sum === 'number' && Number.isFinite(sum)
        ? [
            {
              name: `score.${name}`,
              value: sum / count,
              unit: '1',
              statistic: 'mean' as const,
              ...common,
              samples: count,
            },
          ]
        : [];
    }),
  ];
}

/**
 * The JSON that `promptfoo eval --output results.json` writes. Where several
 * prompts or providers were compared, each is a slice.
 *
 * @see https://www.promptfoo.dev/docs/configuration/outputs/
 */
export function fromPromptfoo(it: Record<string, unknown>): EvaluationRun {
  const results = recordOf(it.results);
  const metadata = recordOf(it.metadata);
  const prompts = (Array.isArray(results.prompts) ? results.prompts : []).map(
    recordOf,
  );
  if (prompts.length === 0) {
    throw new UnableError(
      "The results have no 'prompts'. Write them with promptfoo 0.100 or later, as JSON.",
    );
  }
  const metrics = prompts.flatMap((prompt, place) => {
    const provider = textOf(prompt.provider) ?? 'unknown';
    return metricsOf(
      prompt,
      prompts.length === 1
        ? undefined
        : `provider=${provider},prompt=${place + 1}`,
    );
  });
  if (metrics.length === 0) {
    throw new UnableError('The results hold no test that was run.');
  }
  const started =
    textOf(metadata.evaluationCreatedAt) ?? textOf(results.timestamp) ?? '';
  if (Number.isNaN(Date.parse(started))) {
    throw new UnableError("The results have no 'timestamp'.");
  }
  const stats = recordOf(results.stats);
  const startedAt = new Date(started);
  const version = textOf(metadata.promptfooVersion) ?? 'unknown';
  const description = textOf(recordOf(it.config).description);
  return {
    suite: { name: description ?? 'promptfoo' },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(
      startedAt.getTime() + numberOf(stats.durationMs),
    ).toISOString(),
    target: {},
    settings: {
      evalId: textOf(it.evalId) ?? 'none',
      providers: [
        ...new Set(prompts.flatMap(({ provider }) => textOf(provider) ?? [])),
      ],
      tokens: numberOf(recordOf(stats.tokenUsage).total),
    },
    metrics,
    tool: { name: 'promptfoo', version },
  };
}
