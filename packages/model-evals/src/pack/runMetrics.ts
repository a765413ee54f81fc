import { PERFORMANCE_METRICS } from '@modelhub/governance-protocol';

/**
 * Metrics that every run of a pack has beside those of its scorers, where the
 * endpoint says enough: criteria may name them.
 *
 * @public
 */
export const RUN_METRICS = {
  /** From the request to the end of the answer, `ms`. */
  requestLatency: PERFORMANCE_METRICS.requestLatency,
  /** From the request to the first piece of the answer, `ms`. */
  ttft: PERFORMANCE_METRICS.ttft,
  /** Cases that got no answer, `ratio`. */
  errorRate: PERFORMANCE_METRICS.errorRate,
  /** Mean, in the currency of the prices. */
  costPerCase: 'cost_per_case',
  /** All cases together. */
  costTotal: 'cost_total',
  /** Mean of a case, `tokens`. */
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
} as const;

export const RUN_METRIC_NAMES: ReadonlySet<string> = new Set(
  Object.values(RUN_METRICS),
);
