import type {
  EvaluationMetric,
  EvaluationRun,
} from '@modelhub/governance-protocol';
import { UnableError } from '../../exitCodes';
import { isRecord, recordOf, textOf } from './values';

/** Two-sided 95 % of a normal distribution. */
const Z95 = 1.959964;

/** Fields of a task's results that are no metrics, though they are numbers. */
const NO_METRICS = ['sample_len', 'samples'];

const SECRET = /token|key|secret|password|credential/i;

/** Arguments of the model without what nobody should read. */
function withoutSecrets(args: unknown): unknown {
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

function metricsOf(
  task: string,
  found: Record<string, unknown>,
  samples: number | undefined,
): EvaluationMetric[] {
  return Object.entries(found).flatMap(([key, value]) => {
    // `acc,none` is a metric with a filter; `acc_stderr,none` is its error.
    const [name, filter = 'none'] = key.split(',');
    if (
      typeof value !== 'number' ||
      !Number.isFinite(value) ||
      NO_METRICS.includes(name) ||
      name.endsWith('_stderr')
    ) {
      return [];
    }
    const error = found[`${name}_stderr,${filter}`] ?? found[`${name}_stderr`];
    return [
      {
        name: `${task}.${name}${filter === 'none' ? '' : `.${filter}`}`,
        value,
        unit: '1',
        ...(samples !== undefined && { samples }),
        // Without bootstrap the harness writes 'N/A'.
        ...(typeof error === 'number' &&
          Number.isFinite(error) && {
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
export const isLmEval = (it: Record<string, unknown>) =>
  isRecord(it.results) && (isRecord(it.configs) || isRecord(it['n-shot']));

/**
 * The `results_….json` of EleutherAI's lm-evaluation-harness, 0.4. Metrics are
 * named `<task>.<metric>`, with the filter behind where there is one; intervals
 * are those of 95 %.
 *
 * @see https://github.com/EleutherAI/lm-evaluation-harness
 */
export function fromLmEval(it: Record<string, unknown>): EvaluationRun {
  const date = Number(it.date);
  if (!Number.isFinite(date)) {
    throw new UnableError(
      "The results have no 'date'. Write them with lm-evaluation-harness 0.4 or later.",
    );
  }
  const seconds = Number(it.total_evaluation_time_seconds);
  const counts = recordOf(it['n-samples']);
  const metrics = Object.entries(recordOf(it.results)).flatMap(
    ([task, found]) => {
      const effective = recordOf(counts[task]).effective;
      return metricsOf(
        task,
        recordOf(found),
        Number.isSafeInteger(effective) && Number(effective) > 0
          ? Number(effective)
          : undefined,
      );
    },
  );
  if (metrics.length === 0) {
    throw new UnableError('The results hold no metrics.');
  }
  const config = recordOf(it.config);
  const version = textOf(it.lm_eval_version) ?? textOf(it.git_hash);
  return {
    suite: { name: 'lm-evaluation-harness', ...(version && { version }) },
    startedAt: new Date(date * 1000).toISOString(),
    finishedAt: new Date(
      (date + (Number.isFinite(seconds) ? seconds : 0)) * 1000,
    ).toISOString(),
    target: {},
    settings: Object.fromEntries(
      Object.entries({
        model: config.model,
        modelArgs: withoutSecrets(config.model_args),
        modelName: it.model_name,
        fewShots: it['n-shot'],
        taskVersions: it.versions,
        limit: config.limit,
        seed: config.random_seed,
        genKwargs: config.gen_kwargs,
        confidence: 0.95,
      }).filter(([, value]) => value !== undefined && value !== null),
    ),
    metrics,
    tool: { name: 'lm-evaluation-harness', version: version ?? 'unknown' },
  };
}
