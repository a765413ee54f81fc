import {
  monthOf,
  sha256Hex,
  type UsageRecord,
} from '@modelhub/governance-protocol';

/** A row of `usage_records`. */
export function recordRow(
  it: UsageRecord,
  origin: { batchId: string; gatewayId: string },
) {
  return {
    id: it.id,
    batch_id: origin.batchId,
    gateway_id: origin.gatewayId,
    at: new Date(it.at).toISOString(),
    route: it.route,
    key_id: it.keyId,
    profile: it.profile,
    purpose: it.purpose,
    tier: it.tier,
    team: it.team ?? null,
    model: it.model,
    version: it.version ?? null,
    grant_id: it.grantId ?? null,
    provider: it.provider ?? null,
    provider_model: it.providerModel ?? null,
    status: it.status,
    code: it.code ?? null,
    mode: it.mode,
    uncovered: it.uncovered ?? null,
    trace: it.trace ?? null,
    streamed: it.streamed,
    attempts: it.attempts,
    cache_hit: it.cacheHit ?? false,
    input_tokens: it.inputTokens ?? null,
    output_tokens: it.outputTokens ?? null,
    cached_input_tokens: it.cachedInputTokens ?? null,
    tokens_estimated: it.tokensEstimated ?? false,
    cost_micros: it.costMicros ?? null,
    currency: it.currency ?? null,
    latency_ms: it.latencyMs,
    first_byte_ms: it.firstByteMs ?? null,
    prompt_bytes: it.promptBytes,
    response_bytes: it.responseBytes,
    calls: it.calls ?? 1,
    until: it.until === undefined ? null : new Date(it.until).toISOString(),
    rolled_up: true,
  };
}

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

/** No provider was asked, and no cache answered. */
const isRefused = (it: UsageRecord) => it.attempts === 0 && !it.cacheHit;

/** A provider worked for it, and nobody knows what that costs. */
const isUnpriced = (it: UsageRecord) =>
  it.attempts > 0 && it.status < 400 && it.costMicros === undefined;

function sumUp<T extends object>(
  rows: Iterable<T>,
  nameOf: (row: T) => string,
  add: (sum: T, row: T) => void,
): T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const name = nameOf(row);
    const sum = sums.get(name);
    if (sum) {
      add(sum, row);
    } else {
      sums.set(name, row);
    }
  }
  return [...sums.values()];
}

export function totalRows(records: UsageRecord[]): TotalRow[] {
  const rows = records.map((it): TotalRow => {
    const calls = it.calls ?? 1;
    const dimensions = {
      month: monthOf(it.at),
      profile: it.profile,
      team: it.team ?? '',
      key_id: it.keyId,
      model: it.model,
      currency: it.currency ?? '',
    };
    return {
      id: sha256Hex(Object.values(dimensions).join('\n')),
      ...dimensions,
      calls,
      refused: isRefused(it) ? calls : 0,
      unpriced_calls: isUnpriced(it) ? calls : 0,
      estimated_calls: it.tokensEstimated ? calls : 0,
      input_tokens: it.inputTokens ?? 0,
      output_tokens: it.outputTokens ?? 0,
      cached_input_tokens: it.cachedInputTokens ?? 0,
      cost_micros: it.costMicros ?? 0,
    };
  });
  return sumUp(
    rows,
    row => row.id,
    (sum, row) => {
      sum.calls += row.calls;
      sum.refused += row.refused;
      sum.unpriced_calls += row.unpriced_calls;
      sum.estimated_calls += row.estimated_calls;
      sum.input_tokens += row.input_tokens;
      sum.output_tokens += row.output_tokens;
      sum.cached_input_tokens += row.cached_input_tokens;
      sum.cost_micros += row.cost_micros;
    },
  );
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

/** What calls took from every budget that there may be; refused ones took nothing. */
export function spendRows(records: UsageRecord[]): SpendRow[] {
  const rows = records
    .filter(it => !isRefused(it))
    .flatMap(it => {
      const budgets = [`profile:${it.profile}`, `key:${it.keyId}`];
      if (it.team !== undefined) budgets.push(`team:${it.team}`);
      return budgets.map(budget_id => ({
        month: monthOf(it.at),
        budget_id,
        currency: isUnpriced(it) ? '' : it.currency ?? '-',
        calls: it.calls ?? 1,
        cost_micros: it.costMicros ?? 0,
      }));
    })
    // What a cache answered, or nobody, costs nothing and has no currency.
    .filter(({ currency }) => currency !== '-');
  return sumUp(
    rows,
    row => `${row.month} ${row.currency} ${row.budget_id}`,
    (sum, row) => {
      sum.calls += row.calls;
      sum.cost_micros += row.cost_micros;
    },
  );
}

export function uncoveredRows(records: UsageRecord[]): UncoveredRow[] {
  const rows = records.flatMap(it => {
    if (it.uncovered === undefined) return [];
    const at = new Date(it.at).toISOString();
    const dimensions = {
      day: at.slice(0, 10),
      profile: it.profile,
      model: it.model,
      key_id: it.keyId,
      code: it.uncovered,
    };
    return [
      {
        id: sha256Hex(Object.values(dimensions).join('\n')),
        ...dimensions,
        calls: it.calls ?? 1,
        first_at: at,
        last_at: new Date(it.until ?? it.at).toISOString(),
      },
    ];
  });
  return sumUp(
    rows,
    row => row.id,
    (sum, row) => {
      sum.calls += row.calls;
      sum.first_at = sum.first_at < row.first_at ? sum.first_at : row.first_at;
      sum.last_at = sum.last_at > row.last_at ? sum.last_at : row.last_at;
    },
  );
}
