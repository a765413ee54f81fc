import {
  PERFORMANCE_METRICS,
  performanceSlice,
  type MetricStatistic,
} from '@modelhub/governance-protocol';
import type { Asked } from '../evaluationRun';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ParamOrder } from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from '../builtIn/validateParams';

/** What a policy may ask of speed. Times are ms, rates tokens a second. */
export interface PerformanceParams {
  maxTtftMsP50?: number;
  maxTtftMsP95?: number;
  maxInterTokenMsP95?: number;
  maxRequestMsP95?: number;
  /** Of one answer, median over answers. */
  minOutputTokensPerSecond?: number;
  /** Of all answers together. */
  minThroughputTokensPerSecond?: number;
  maxErrorRate?: number;
  /** Callers at once; one where neither is told. */
  atConcurrency?: number;
  atRequestsPerSecond?: number;
  maxAgeDays?: number;
  minSamples?: number;
  withConfidence?: boolean;
  quantizations?: string[];
}

export const DEFAULT_MAX_AGE_DAYS = 90;
export const DEFAULT_MIN_SAMPLES = 30;

/** A target that a parameter sets. */
export interface TargetRule extends Omit<Asked, 'target'> {
  param: keyof PerformanceParams;
  metric: string;
  statistic: MetricStatistic;
  /** Where the load itself was not measured: a heavier one says enough, or a lighter. */
  otherLoad: 'heavier' | 'lighter';
}

const M = PERFORMANCE_METRICS;

export const TARGETS: TargetRule[] = [
  {
    param: 'maxTtftMsP50',
    id: 'ttft-p50',
    title: 'Time to first token, median',
    direction: 'at-most',
    unit: 'ms',
    metric: M.ttft,
    statistic: 'p50',
    otherLoad: 'heavier',
  },
  {
    param: 'maxTtftMsP95',
    id: 'ttft-p95',
    title: 'Time to first token, p95',
    direction: 'at-most',
    unit: 'ms',
    metric: M.ttft,
    statistic: 'p95',
    otherLoad: 'heavier',
  },
  {
    param: 'maxInterTokenMsP95',
    id: 'inter-token-p95',
    title: 'Between tokens, p95',
    direction: 'at-most',
    unit: 'ms',
    metric: M.interTokenLatency,
    statistic: 'p95',
    otherLoad: 'heavier',
  },
  {
    param: 'maxRequestMsP95',
    id: 'request-p95',
    title: 'Whole request, p95',
    direction: 'at-most',
    unit: 'ms',
    metric: M.requestLatency,
    statistic: 'p95',
    otherLoad: 'heavier',
  },
  {
    param: 'minOutputTokensPerSecond',
    id: 'output-speed',
    title: 'Speed of one answer, median',
    direction: 'at-least',
    unit: 'tokens/s',
    metric: M.outputSpeed,
    statistic: 'p50',
    otherLoad: 'heavier',
  },
  {
    param: 'minThroughputTokensPerSecond',
    id: 'throughput',
    title: 'All answers together',
    direction: 'at-least',
    unit: 'tokens/s',
    metric: M.outputThroughput,
    statistic: 'rate',
    otherLoad: 'lighter',
  },
  {
    param: 'maxErrorRate',
    id: 'error-rate',
    title: 'Requests that fail',
    direction: 'at-most',
    unit: 'ratio',
    metric: M.errorRate,
    statistic: 'rate',
    otherLoad: 'heavier',
  },
];

const positive = { type: 'number', exclusiveMinimum: 0 };

const checkForm = paramsValidator({
  maxTtftMsP50: positive,
  maxTtftMsP95: positive,
  maxInterTokenMsP95: positive,
  maxRequestMsP95: positive,
  minOutputTokensPerSecond: positive,
  minThroughputTokensPerSecond: positive,
  maxErrorRate: { type: 'number', minimum: 0, maximum: 1 },
  atConcurrency: { type: 'integer', minimum: 1 },
  atRequestsPerSecond: positive,
  maxAgeDays: positive,
  minSamples: { type: 'integer', minimum: 1 },
  withConfidence: { type: 'boolean' },
  quantizations: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    minItems: 1,
  },
});

/** Throws `InputError`; carries the schema for where the gate is not installed. */
export const validatePerformanceParams = Object.assign(
  (params: JsonObject): void => {
    checkForm(params);
    if (
      params.atConcurrency !== undefined &&
      params.atRequestsPerSecond !== undefined
    ) {
      throw new InputError(
        'atConcurrency and atRequestsPerSecond are two ways to tell the load; keep one',
      );
    }
  },
  {
    schema: {
      ...checkForm.schema,
      not: { required: ['atConcurrency', 'atRequestsPerSecond'] },
    },
  },
);

export const performanceParamOrder: Record<string, ParamOrder> = {
  maxTtftMsP50: 'lower',
  maxTtftMsP95: 'lower',
  maxInterTokenMsP95: 'lower',
  maxRequestMsP95: 'lower',
  minOutputTokensPerSecond: 'higher',
  minThroughputTokensPerSecond: 'higher',
  maxErrorRate: 'lower',
  atConcurrency: 'higher',
  atRequestsPerSecond: 'higher',
  maxAgeDays: 'lower',
  minSamples: 'higher',
  withConfidence: [false, true],
  quantizations: 'subset',
};

/** The targets that parameters set. */
export function targetsOf(
  params: PerformanceParams,
): Array<TargetRule & { target: number }> {
  return TARGETS.flatMap(rule => {
    const target = params[rule.param];
    return typeof target === 'number' ? [{ ...rule, target }] : [];
  });
}

/** The load that parameters name, as runs name it. */
export function loadOf(params: PerformanceParams): string {
  return params.atRequestsPerSecond === undefined
    ? performanceSlice({ concurrency: params.atConcurrency ?? 1 })
    : performanceSlice({ requestsPerSecond: params.atRequestsPerSecond });
}
