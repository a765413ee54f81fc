/** What every run measures beside its scorers, by the name that results use. */
export const runMetrics: Partial<
  Record<string, { title: string; unit: string }>
> = {
  request_latency: { title: 'Time to the end of the answer', unit: 'ms' },
  ttft: { title: 'Time to the first token', unit: 'ms' },
  error_rate: { title: 'Cases without an answer', unit: 'ratio' },
  input_tokens: { title: 'Tokens asked, per case', unit: 'tokens' },
  output_tokens: { title: 'Tokens answered, per case', unit: 'tokens' },
  cost_per_case: { title: 'Cost per case', unit: '1' },
  cost_total: { title: 'Cost of the run', unit: '1' },
};
