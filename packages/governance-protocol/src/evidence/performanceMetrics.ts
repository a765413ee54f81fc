/**
 * Name of the suite of `modelhub evaluate performance`, whose metrics are named
 * by {@link PERFORMANCE_METRICS}.
 *
 * @public
 */
export const PERFORMANCE_SUITE = 'modelhub-performance';

/**
 * How runs that measure speed name their metrics; a pipeline that measures with
 * another tool names them so too. Slices name the load: see
 * {@link performanceSlice}.
 *
 * @public
 */
export const PERFORMANCE_METRICS = {
  /** From the request to the first piece of the answer, `ms`. */
  ttft: 'ttft',
  /** Between two pieces of an answer, `ms`. */
  interTokenLatency: 'inter_token_latency',
  /** Of one answer after its first token, `ms` a token. */
  timePerOutputToken: 'time_per_output_token',
  /** From the request to the end of the answer, `ms`. */
  requestLatency: 'request_latency',
  /** Of one answer after its first token, `tokens/s`. */
  outputSpeed: 'output_speed',
  /** Of all answers together, `tokens/s`. */
  outputThroughput: 'output_throughput',
  /** Answers that came whole, `requests/s`. */
  requestThroughput: 'request_throughput',
  /** Requests that failed, `ratio`. */
  errorRate: 'error_rate',
} as const;

/**
 * The slice of a metric that was measured under a load: so many requests at
 * once, or so many new ones a second.
 *
 * @public
 */
export function performanceSlice(
  load: { concurrency: number } | { requestsPerSecond: number },
): string {
  return 'concurrency' in load
    ? `concurrency=${load.concurrency}`
    : `rate=${load.requestsPerSecond}/s`;
}
