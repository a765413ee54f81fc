import type {
  EvaluationMetric,
  EvaluationRun,
} from '@modelhub/governance-protocol';
import { EvaluationImportError, type ImportOptions } from '../types';
import { isRecord, listed, may, recordOf, textOf } from '../values';

/** Two-sided 95 % of a normal distribution. */
const Z95 = 1.959964;

/** Fields of a task's results that are no metrics, though they are numbers. */
const NO_METRICS = ['sample_len', 'samples'];

const SECRET = /token|key|secret|password|credential|auth/i;

/** Metrics that are shares of cases, by the harness's names for them. */
const SHARES = /(?:^|_)(?:acc|em|f1|match|pass)(?:_|@|$)/;

/** Metrics of which less is better, where the results do not say so. */
const LESS_IS_BETTER =
  /perplexity|bits_per_byte|loss|(?:^|_)(?:wer|ter|mae|mse|rmse|brier)(?:_|$)|error|bias|toxicity/;

export const unitOf = (metric: string, values: number[]) =>
  SHARES.test(metric) && values.every(it => it >= 0 && it <= 1) ? 'ratio' : '1';

/** Which way is better, as the results say it. */
export function directionOf(
  it: Record<string, unknown>,
  task: string,
  metric: string,
): 'higher' | 'lower' {
  const said = recordOf(recordOf(it.higher_is_better)[task])[metric];
  if (typeof said === 'boolean') return said ? 'higher' : 'lower';
  return LESS_IS_BETTER.test(metric) ? 'lower' : 'higher';
}

/** Name of a metric in a run: the filter stands behind it, where there is one. */
export const metricName = (task: string, metric: string, filter = 'none') =>
  `${task}.${metric}${filter === 'none' ? '' : `.${filter}`}`;

/** Arguments of the model without what nobody should read. */
export function withoutSecrets(args: unknown): unknown {
  if (typeof args === 'string') {
    return args
      .split(',')
      .filter(part => !SECRET.test(part.split('=')[0]))
      .join(',');
  }
  return isRecord(args)
    ? Object.fromEntries(
        Object.entries(args).filter(([name]) => !SECRET.test(name)),
      )
    : undefined;
}

/** Results of tasks and of groups; newer ones have both in `results`. */
export function taskResults(
  it: Record<string, unknown>,
): Array<[string, Record<string, unknown>]> {
  const found = Object.entries({
    ...may.record(it.groups, 'groups'),
    ...may.record(it.results, 'results'),
  });
  return found.map(([task, of]) => {
    if (isRecord(of)) return [task, of];
    throw new EvaluationImportError(`results.${task} must be an object`);
  });
}

/** Tasks below a name; itself where it is no group. */
export function leavesOf(
  it: Record<string, unknown>,
  name: string,
  seen = new Set<string>(),
): string[] {
  const below = recordOf(it.group_subtasks)[name];
  if (!Array.isArray(below) || below.length === 0 || seen.has(name)) {
    return [name];
  }
  seen.add(name);
  return below.flatMap(each => leavesOf(it, String(each), seen));
}

/** How many cases a task or a group was measured on. */
export function effectiveCases(
  it: Record<string, unknown>,
  name: string,
): number | undefined {
  const counts = leavesOf(it, name).map(task => {
    const where = `n-samples.${task}`;
    const of = may.record(recordOf(it['n-samples'])[task], where);
    return may.number(of.effective, `${where}.effective`);
  });
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  return counts.every(count => count !== undefined) &&
    Number.isSafeInteger(sum) &&
    sum > 0
    ? sum
    : undefined;
}

function metricsOf(
  task: string,
  found: Record<string, unknown>,
  samples: number | undefined,
  leftOut: string[],
): EvaluationMetric[] {
  return Object.entries(found).flatMap(([key, value]) => {
    // `acc,none` is a metric with a filter; `acc_stderr,none` is its error.
    const [name, filter = 'none'] = key.split(',');
    if (NO_METRICS.includes(name) || name.endsWith('_stderr')) return [];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      if (name !== 'alias' && name !== 'name') leftOut.push(`${task}.${key}`);
      return [];
    }
    const error = found[`${name}_stderr,${filter}`] ?? found[`${name}_stderr`];
    return [
      {
        name: metricName(task, name, filter),
        value,
        unit: unitOf(name, [value]),
        ...(samples !== undefined && { samples }),
        // Without bootstrap the harness writes 'N/A'.
        ...(typeof error === 'number' &&
          Number.isFinite(error) &&
          error >= 0 && {
            interval: [value - Z95 * error, value + Z95 * error] as [
              number,
              number,
            ],
          }),
      },
    ];
  });
}

/** Whether a document is the `results.json` of lm-evaluation-harness. */
export const isLmEvalResults = (it: unknown): it is Record<string, unknown> =>
  isRecord(it) &&
  isRecord(it.results) &&
  (isRecord(it.configs) || isRecord(it['n-shot']));

/** The tasks that were asked for, and the groups that hold or are them. */
export const isAskedFor = (
  it: Record<string, unknown>,
  task: string,
  { tasks }: ImportOptions,
) =>
  tasks === undefined ||
  tasks.includes(task) ||
  tasks.some(asked => leavesOf(it, asked).includes(task));

/** The model, as the results name it. */
export function modelOf(it: Record<string, unknown>): string | undefined {
  const { model, model_args: args } = recordOf(it.config);
  const inArgs =
    typeof args === 'string'
      ? /(?:^|,)(?:model|pretrained)=([^,]+)/.exec(args)?.[1]
      : textOf(recordOf(args).model) ?? textOf(recordOf(args).pretrained);
  return textOf(it.model_name) ?? inArgs ?? textOf(model);
}

/**
 * The `results_….json` of EleutherAI's lm-evaluation-harness, 0.4. Metrics are
 * named `<task>.<metric>`, with the filter behind where there is one; intervals
 * are those of 95 %.
 *
 * @see https://github.com/EleutherAI/lm-evaluation-harness
 */
export function lmEvalRun(
  it: Record<string, unknown>,
  options: ImportOptions,
  notes: string[],
): EvaluationRun {
  const date = it.date === undefined ? Number.NaN : Number(it.date);
  if (!Number.isFinite(date)) {
    throw new EvaluationImportError(
      "The results have no 'date'. Write them with lm-evaluation-harness 0.4 or later.",
    );
  }
  const seconds = Number(it.total_evaluation_time_seconds ?? 0);
  const leftOut: string[] = [];
  const metrics = taskResults(it)
    .filter(([task]) => isAskedFor(it, task, options))
    .flatMap(([task, found]) =>
      metricsOf(task, found, effectiveCases(it, task), leftOut),
    );
  if (metrics.length === 0) {
    throw new EvaluationImportError('The results hold no metrics.');
  }
  if (leftOut.length > 0) {
    notes.push(`Values that are no numbers are left out: ${listed(leftOut)}.`);
  }
  const config = may.record(it.config, 'config');
  const version = textOf(it.lm_eval_version) ?? textOf(it.git_hash);
  const groups = Object.entries(recordOf(it.group_subtasks)).filter(
    ([, below]) => Array.isArray(below) && below.length > 0,
  );
  return {
    suite: { name: 'lm-evaluation-harness', ...(version && { version }) },
    startedAt: new Date(date * 1000).toISOString(),
    finishedAt: new Date(
      (date + (seconds > 0 ? seconds : 0)) * 1000,
    ).toISOString(),
    target: {},
    settings: Object.fromEntries(
      Object.entries({
        model: config.model,
        modelArgs: withoutSecrets(config.model_args),
        modelName: it.model_name,
        fewShots: it['n-shot'],
        taskVersions: it.versions,
        ...(groups.length > 0 && { groups: Object.fromEntries(groups) }),
        limit: config.limit,
        seed: config.random_seed,
        genKwargs: config.gen_kwargs,
        chatTemplate: it.chat_template_sha,
        systemInstruction: it.system_instruction_sha,
        confidence: 0.95,
      }).filter(([, value]) => value !== undefined && value !== null),
    ),
    metrics,
    tool: { name: 'lm-evaluation-harness', version: version ?? 'unknown' },
  };
}
