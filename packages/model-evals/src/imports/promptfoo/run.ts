import type {
  EvaluationMetric,
  EvaluationRun,
} from '@modelhub/governance-protocol';
import { EvaluationImportError, type ImportOptions } from '../types';
import {
  finiteOf,
  isRecord,
  known,
  may,
  must,
  recordOf,
  textOf,
} from '../values';

/** One prompt with one provider: what promptfoo compares. */
export interface Column {
  /** From 0 on, as its rows name it. */
  promptIdx: number;
  provider: string;
  label?: string;
  metrics: Record<string, unknown>;
}

/** Whether a document is the JSON output of promptfoo. */
export const isPromptfoo = (it: unknown): it is Record<string, unknown> =>
  isRecord(it) && isRecord(it.results) && isRecord(it.results.stats);

/** Id of a provider, which older results have as a text. */
export const providerOf = (value: unknown): string | undefined =>
  textOf(value) ?? textOf(recordOf(value).id) ?? textOf(recordOf(value).label);

/** Prompts with their providers; version 2 keeps them in the head of a table. */
export function columnsOf(it: Record<string, unknown>): Column[] {
  const results = recordOf(it.results);
  const head = recordOf(recordOf(results.table).head);
  const where =
    results.prompts === undefined ? 'results.table.head' : 'results';
  const prompts = may.list(results.prompts ?? head.prompts, `${where}.prompts`);
  if (prompts.length === 0) {
    throw new EvaluationImportError(
      "The results have no 'prompts'. Write them with promptfoo 0.100 or later, as JSON.",
    );
  }
  return prompts.map((value, promptIdx) => {
    const prompt = must.record(value, `${where}.prompts[${promptIdx}]`);
    return known({
      promptIdx,
      provider: providerOf(prompt.provider) ?? 'unknown',
      label: textOf(prompt.label),
      metrics: may.record(
        prompt.metrics,
        `${where}.prompts[${promptIdx}].metrics`,
      ),
    });
  });
}

/** The columns that were asked for. */
export function chosen(
  columns: Column[],
  { provider, prompt }: ImportOptions,
  labels: Map<number, string>,
): Column[] {
  const found = columns.filter(
    it =>
      (provider === undefined ||
        it.provider === provider ||
        labels.get(it.promptIdx) === provider) &&
      (prompt === undefined || it.promptIdx === prompt - 1),
  );
  if (found.length > 0) return found;
  throw new EvaluationImportError(
    `The results have nothing of ${
      provider === undefined ? '' : `provider '${provider}'`
    }${prompt === undefined ? '' : ` prompt ${prompt}`}; there are ${columns
      .map(it => `prompt ${it.promptIdx + 1} of '${it.provider}'`)
      .join(', ')}`,
  );
}

function metricsOf(
  { metrics: found, promptIdx }: Column,
  slice: string | undefined,
): EvaluationMetric[] {
  const where = `results.prompts[${promptIdx}].metrics`;
  const count = (name: string) => may.count(found[name], `${where}.${name}`);
  const passed = count('testPassCount');
  const errors = count('testErrorCount');
  const samples = passed + count('testFailCount') + errors;
  if (samples === 0) return [];
  const common = { samples, ...(slice && { slice }) };
  const rate = (name: string, value: number): EvaluationMetric => ({
    name,
    value,
    unit: 'ratio',
    statistic: 'rate',
    ...common,
  });
  const latency = count('totalLatencyMs');
  const cost = count('cost');
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
      const of = finiteOf(counts[name]) || samples;
      return typeof sum === 'number' && Number.isFinite(sum)
        ? [
            {
              name: `score.${name}`,
              value: sum / of,
              unit: '1',
              statistic: 'mean' as const,
              ...common,
              samples: of,
            },
          ]
        : [];
    }),
  ];
}

/** Whether there are rows that say who answered them; each column has one label. */
export function labelsOf(rows: Array<Record<string, unknown>>) {
  const labels = new Map<number, string>();
  for (const { promptIdx, provider } of rows) {
    const label = textOf(recordOf(provider).label);
    if (typeof promptIdx === 'number' && label) labels.set(promptIdx, label);
  }
  return labels;
}

/**
 * The JSON that `promptfoo eval --output results.json` writes. Where several
 * prompts or providers were compared, each is a slice.
 *
 * @see https://www.promptfoo.dev/docs/configuration/outputs/
 */
export function promptfooRun(
  it: Record<string, unknown>,
  columns: Column[],
): EvaluationRun {
  const results = recordOf(it.results);
  const metadata = recordOf(it.metadata);
  const metrics = columns.flatMap(column =>
    metricsOf(
      column,
      columns.length === 1
        ? undefined
        : `provider=${column.provider},prompt=${column.promptIdx + 1}`,
    ),
  );
  if (metrics.length === 0) {
    throw new EvaluationImportError('The results hold no test that was run.');
  }
  const started =
    textOf(metadata.evaluationCreatedAt) ?? textOf(results.timestamp) ?? '';
  if (Number.isNaN(Date.parse(started))) {
    throw new EvaluationImportError("The results have no 'timestamp'.");
  }
  const stats = recordOf(results.stats);
  const startedAt = new Date(started);
  const version = textOf(metadata.promptfooVersion) ?? 'unknown';
  const description = textOf(recordOf(it.config).description);
  return {
    suite: { name: description ?? 'promptfoo' },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(
      startedAt.getTime() +
        may.count(stats.durationMs, 'results.stats.durationMs'),
    ).toISOString(),
    target: {},
    settings: {
      evalId: textOf(it.evalId) ?? 'none',
      providers: [...new Set(columns.map(({ provider }) => provider))],
      tokens: finiteOf(recordOf(stats.tokenUsage).total) ?? 0,
    },
    metrics,
    tool: { name: 'promptfoo', version },
  };
}
