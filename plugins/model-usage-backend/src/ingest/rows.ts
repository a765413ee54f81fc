/** A row of `usage_totals`. */
export interface TotalRow {
  id: string;
  month: string;
  profile: string;
  team: string;
  key_id: string;
  model: string;
  currency: string;
  calls: number;
  refused: number;
  unpriced_calls: number;
  estimated_calls: number;
  input_tokens: number;
  output_tokens: number;
  cached_input_tokens: number;
  cost_micros: number;
}

export const TOTAL_SUMS: Array<keyof TotalRow> = [
  'calls',
  'refused',
  'unpriced_calls',
  'estimated_calls',
  'input_tokens',
  'output_tokens',
  'cached_input_tokens',
  'cost_micros',
];

/** A row of `usage_spend`. */
export interface SpendRow {
  month: string;
  budget_id: string;
  currency: string;
  calls: number;
  cost_micros: number;
}

/** A row of `usage_uncovered`. */
export interface UncoveredRow {
  id: string;
  day: string;
  profile: string;
  model: string;
  key_id: string;
  code: string;
  calls: number;
  first_at: string;
  last_at: string;
}

/** A row of `usage_scopes`. */
export interface ScopeRow {
  id: string;
  day: string;
  model: string;
  profile: string;
  purpose: string;
  tier: string;
  calls: number;
  last_at: string;
}
