/** What the metrics of a kind of server are called. */
export interface Convention {
  /** Labels that name the model; the first that is there. */
  modelLabels: string[];
  /** A counter of calls. */
  calls: string;
  /** A label of it that is there, and not empty, where a call failed. */
  errorLabel?: string;
  inputTokens: string;
  outputTokens: string;
  /** Histograms in seconds, without `_bucket`. */
  latency: string;
  ttft: string;
}

/** Names that servers give their metrics. */
export const CONVENTIONS = {
  /** vLLM, https://docs.vllm.ai/en/latest/usage/metrics/ */
  vllm: {
    modelLabels: ['model_name'],
    calls: 'vllm:request_success_total',
    inputTokens: 'vllm:prompt_tokens_total',
    outputTokens: 'vllm:generation_tokens_total',
    latency: 'vllm:e2e_request_latency_seconds',
    ttft: 'vllm:time_to_first_token_seconds',
  },
  /**
   * OpenTelemetry's semantic conventions for generative AI, as Prometheus
   * spells them (dots become `_`, units are added).
   */
  opentelemetry: {
    modelLabels: ['gen_ai_request_model', 'gen_ai_response_model'],
    calls: 'gen_ai_server_request_duration_seconds_count',
    errorLabel: 'error_type',
    inputTokens: 'gen_ai_client_token_usage_sum{gen_ai_token_type="input"}',
    outputTokens: 'gen_ai_client_token_usage_sum{gen_ai_token_type="output"}',
    latency: 'gen_ai_server_request_duration_seconds',
    ttft: 'gen_ai_server_time_to_first_token_seconds',
  },
} satisfies Record<string, Convention>;

/** `vllm` or `opentelemetry`. */
export type ConventionName = keyof typeof CONVENTIONS;

/** What a failed call counts as, by what OpenTelemetry calls `error.type`. */
export function errorClassOf(
  type: string,
): 'clientErrors' | 'throttled' | 'serverErrors' {
  if (type === '429' || /rate_?limit/i.test(type)) return 'throttled';
  return /^4\d\d$/.test(type) ? 'clientErrors' : 'serverErrors';
}
