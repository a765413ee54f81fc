import type { Level, Sums } from './types';

/** Tables of numbers by level. */
export const NUMBERS: Record<Level, string> = {
  minute: 'usage_minutes',
  hour: 'usage_hours',
  day: 'usage_days',
  month: 'usage_months',
};

/** Tables of sketches by level. */
export const SKETCHES: Record<Level, string> = {
  minute: 'usage_sketches_minutes',
  hour: 'usage_sketches_hours',
  day: 'usage_sketches_days',
  month: 'usage_sketches_months',
};

/** Columns of sums. */
export const COLUMN_OF: Record<keyof Sums, string> = {
  calls: 'calls',
  refused: 'refused',
  unavailable: 'unavailable',
  clientErrors: 'client_errors',
  throttled: 'throttled',
  serverErrors: 'server_errors',
  declined: 'declined',
  cached: 'cached',
  unpricedCalls: 'unpriced_calls',
  estimatedCalls: 'estimated_calls',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cachedInputTokens: 'cached_input_tokens',
  costMicros: 'cost_micros',
};
