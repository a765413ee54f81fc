import {
  PERFORMANCE_METRICS,
  performanceSlice,
  type EvaluationMetric,
} from '@modelhub/governance-protocol';
import {
  estimate,
  share,
  type Estimate,
  type EstimateOptions,
  type Sampled,
} from './statistics';
import type { AnsweredRequest, Load, RequestSample } from './types';

export const sliceOf = (load: Load) =>
  performanceSlice(
    load.kind === 'closed'
      ? { concurrency: load.concurrency }
      : { requestsPerSecond: load.requestsPerSecond },
  );

const isAnswered = (sample: RequestSample): sample is AnsweredRequest =>
  sample.isAnswered;

/** As the server counts them; a piece is a token where it does not say. */
export const tokensOf = ({ outputTokens, pieces }: AnsweredRequest) =>
  outputTokens ?? pieces.length;

const lastOf = ({ pieces }: AnsweredRequest) => pieces[pieces.length - 1];

function gaps({ pieces }: AnsweredRequest): Sampled {
  return pieces.slice(1).map((at, index) => at - pieces[index]);
}

/** Time that the tokens after the first took; none where there is no second. */
function decoding(
  sample: AnsweredRequest,
): [ms: number, tokens: number] | undefined {
  const tokens = tokensOf(sample) - 1;
  const ms = lastOf(sample) - sample.pieces[0];
  return tokens > 0 && ms > 0 ? [ms, tokens] : undefined;
}

/** To a microsecond, and no ratio is made nothing. */
const rounded = (value: number) =>
  Math.abs(value) >= 1
    ? Math.round(value * 1000) / 1000
    : Number(value.toPrecision(4));

/** The metrics of the requests under one load. */
export function metricsOf(
  load: Load,
  samples: RequestSample[],
  options: EstimateOptions,
): EvaluationMetric[] {
  if (samples.length === 0) return [];
  const slice = sliceOf(load);
  const answered = samples.filter(isAnswered);
  const named = (name: string, unit: string, estimates: Estimate[]) =>
    estimates.map(({ value, interval, ...rest }) => ({
      name,
      value: rounded(value),
      unit,
      ...rest,
      slice,
      ...(interval && {
        interval: interval.map(rounded) as [number, number],
      }),
    }));
  const spread = (name: string, unit: string, groups: Sampled[]) =>
    named(name, unit, estimate(groups, options));
  const decoded = answered.flatMap(sample => {
    const found = decoding(sample);
    return found ? [found] : [];
  });
  const M = PERFORMANCE_METRICS;
  return [
    ...spread(
      M.ttft,
      'ms',
      answered.map(it => [it.pieces[0] - it.dueAt]),
    ),
    ...spread(M.interTokenLatency, 'ms', answered.map(gaps)),
    ...spread(
      M.timePerOutputToken,
      'ms',
      decoded.map(([ms, tokens]) => [ms / tokens]),
    ),
    ...spread(
      M.outputSpeed,
      'tokens/s',
      decoded.map(([ms, tokens]) => [(1000 * tokens) / ms]),
    ),
    ...spread(
      M.requestLatency,
      'ms',
      answered.map(it => [it.endedAt - it.dueAt]),
    ),
    ...throughput(samples, answered).map(metric => ({ ...metric, slice })),
    ...named(M.errorRate, 'ratio', [
      share(
        samples.length - answered.length,
        samples.length,
        options.confidence,
      ),
    ]),
  ];
}

/** What all requests together got in the time from the first to the last. */
function throughput(
  samples: RequestSample[],
  answered: AnsweredRequest[],
): EvaluationMetric[] {
  const from = Math.min(...samples.map(({ dueAt }) => dueAt));
  const to = Math.max(...samples.map(({ endedAt }) => endedAt));
  const seconds = (to - from) / 1000;
  if (seconds <= 0 || answered.length === 0) return [];
  const tokens = answered.reduce((sum, it) => sum + tokensOf(it), 0);
  const rate = { statistic: 'rate' as const, samples: answered.length };
  return [
    {
      name: PERFORMANCE_METRICS.outputThroughput,
      value: rounded(tokens / seconds),
      unit: 'tokens/s',
      ...rate,
    },
    {
      name: PERFORMANCE_METRICS.requestThroughput,
      value: rounded(answered.length / seconds),
      unit: 'requests/s',
      ...rate,
    },
  ];
}
