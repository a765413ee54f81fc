import {
  count,
  flag,
  isRecord,
  listOf,
  moment,
  oneOf,
  optional,
  record,
  text,
  type Check,
  type Shape,
} from '../checks';

/**
 * Predicate type of what an evaluation or a benchmark measured.
 *
 * @public
 */
export const EVALUATION_RUN_TYPE =
  'https://modelhub.dev/evidence/evaluation-run/v1';

/** Most metrics of one run. @public */
export const MOST_EVALUATION_METRICS = 10_000;

/** @public */
export const METRIC_STATISTICS = [
  'p50',
  'p90',
  'p95',
  'p99',
  'mean',
  'max',
  'rate',
] as const;

/**
 * How one number was made of many samples; `rate` is a share of 0 to 1, or so
 * many a second, as the unit says.
 *
 * @public
 */
export type MetricStatistic = (typeof METRIC_STATISTICS)[number];

/**
 * One measured number. `name`, `statistic` and `slice` together come once in a
 * run.
 *
 * @public
 */
export interface EvaluationMetric {
  /** For example `ttft`, `accuracy`. */
  name: string;
  /** Any finite number, in `unit`. */
  value: number;
  /** `ms`, `s`, `tokens/s`, `ratio`, `USD`, …; `1` where it has none. */
  unit: string;
  statistic?: MetricStatistic;
  /** The part of the samples that it is about: `concurrency=8`, `language=de`. All of them without. */
  slice?: string;
  /** How many samples it rests on. */
  samples?: number;
  /** Confidence interval, lower and upper end, in `unit`; its level stands in the settings. */
  interval?: [number, number];
}

/**
 * What was run against what, and what it measured: the predicate of
 * {@link EVALUATION_RUN_TYPE}.
 *
 * @public
 */
export interface EvaluationRun {
  suite: { name: string; version?: string };
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601, not before `startedAt`. */
  finishedAt: string;
  /** What answered, as far as it is known. */
  target: {
    /** Provider-prefixed id that callers use. */
    gatewayId?: string;
    endpoint?: string;
    /** `vllm`, `llama.cpp`, … */
    engine?: string;
    engineVersion?: string;
    /** For example `2x H100 80GB`. */
    gpu?: string;
    /** For example `fp8`, `q4_k_m`. */
    quantization?: string;
  };
  /** Whatever it was run with: seeds, prompt lengths, confidence level. */
  settings: Record<string, unknown>;
  metrics: EvaluationMetric[];
  tool: { name: string; version: string };
  /** It was ended before it was through; it measured less than it was meant to. */
  partial?: boolean;
}

const instant: Check = value =>
  moment(value) === undefined && /T\d\d:\d\d:\d\d/.test(value as string)
    ? undefined
    : 'must be an ISO 8601 date and time';

const number: Check = value =>
  typeof value === 'number' && Number.isFinite(value)
    ? undefined
    : 'must be a number';

const interval: Check = value =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every(end => number(end) === undefined) &&
  value[0] <= value[1]
    ? undefined
    : 'must be a list of two numbers, the lower one first';

const anyRecord: Check = value =>
  isRecord(value) ? undefined : 'must be an object';

const metric: Shape<EvaluationMetric> = {
  name: text,
  value: number,
  unit: text,
  statistic: optional(oneOf(METRIC_STATISTICS)),
  slice: optional(text),
  samples: optional(count(1)),
  interval: optional(interval),
};

const target: Shape<EvaluationRun['target']> = {
  gatewayId: optional(text),
  endpoint: optional(text),
  engine: optional(text),
  engineVersion: optional(text),
  gpu: optional(text),
  quantization: optional(text),
};

const metrics: Check = value =>
  Array.isArray(value) &&
  (value.length === 0 || value.length > MOST_EVALUATION_METRICS)
    ? `must hold 1 to ${MOST_EVALUATION_METRICS} metrics`
    : listOf(record(metric))(value);

/** The fields of every run; results have more. */
export const runShape: Shape<EvaluationRun> = {
  suite: record({ name: text, version: optional(text) }),
  startedAt: instant,
  finishedAt: instant,
  target: record(target),
  settings: anyRecord,
  metrics,
  tool: record({ name: text, version: text }),
  partial: optional(flag),
};

/**
 * Says what is wrong with an evaluation run, or nothing. Strict: an unknown
 * field is wrong too.
 *
 * @public
 */
export function evaluationRunProblem(value: unknown): string | undefined {
  return (
    told('evaluation run', record(runShape)(value)) ??
    told('evaluation run', runContradiction(value as EvaluationRun))
  );
}

/** A problem with the name of what has it. */
export function told(what: string, problem: string | undefined) {
  if (problem === undefined) return undefined;
  return problem.startsWith('.')
    ? `${what}: ${problem.slice(1)}`
    : `${what} ${problem}`;
}

/** What the fields of a run that fits its shape say against each other. */
export function runContradiction(run: EvaluationRun): string | undefined {
  if (Date.parse(run.finishedAt) < Date.parse(run.startedAt)) {
    return '.finishedAt is before startedAt';
  }
  const seen = new Set<string>();
  for (const [index, { name, statistic, slice }] of run.metrics.entries()) {
    const key = JSON.stringify([name, statistic, slice]);
    if (seen.has(key)) {
      return `.metrics[${index}] comes twice: '${name}'${
        statistic ? ` ${statistic}` : ''
      }${slice ? ` of ${slice}` : ''}`;
    }
    seen.add(key);
  }
  return undefined;
}
