import {
  inTransaction,
  isPostgres,
} from '@modelhub/backstage-plugin-models-node';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { factOf, isModelKnown } from './facts';
import type { RollupWriter } from './RollupWriter';

/** Records of one transaction. */
const RECORDS_AT_ONCE = 2_000;

interface Row {
  id: string;
  at: string;
  profile: string;
  tier: UsageRecord['tier'];
  team: string | null;
  model: string;
  version: string | null;
  grant_id: string | null;
  status: number;
  code: string | null;
  attempts: number;
  cache_hit: boolean | number;
  input_tokens: string | number | null;
  output_tokens: string | number | null;
  cached_input_tokens: string | number | null;
  tokens_estimated: boolean | number;
  cost_micros: string | number | null;
  currency: string | null;
  latency_ms: number;
  first_byte_ms: number | null;
  calls: string | number;
}

const numberOf = (value: string | number | null) =>
  value === null ? undefined : Number(value);

/** A record as it was reported. */
function recordOf(row: Row) {
  return {
    id: row.id,
    at: row.at,
    profile: row.profile,
    tier: row.tier,
    team: row.team ?? undefined,
    model: row.model,
    version: row.version ?? undefined,
    grantId: row.grant_id ?? undefined,
    status: row.status,
    code: row.code ?? undefined,
    attempts: row.attempts,
    cacheHit: Boolean(row.cache_hit),
    inputTokens: numberOf(row.input_tokens),
    outputTokens: numberOf(row.output_tokens),
    cachedInputTokens: numberOf(row.cached_input_tokens),
    tokensEstimated: Boolean(row.tokens_estimated),
    costMicros: numberOf(row.cost_micros),
    currency: row.currency ?? undefined,
    latencyMs: row.latency_ms,
    firstByteMs: row.first_byte_ms ?? undefined,
    calls: Number(row.calls),
  };
}

/**
 * Adds records that an older release took to the sums, some at a time, each
 * once. Nothing is left to do when it returns.
 */
export async function backfill(options: {
  knex: Knex;
  rollups: RollupWriter;
}): Promise<void> {
  const { knex, rollups } = options;
  for (;;) {
    const rows: Row[] = await knex('usage_records')
      .whereNull('rolled_up')
      .orderBy('id')
      .limit(RECORDS_AT_ONCE);
    if (rows.length === 0) return;
    const records = rows.map(recordOf);
    const facts = await rollups.prepare(records.map(factOf), n =>
      isModelKnown(records[n]),
    );
    const factById = new Map(records.map(({ id }, n) => [id, facts[n]]));
    await inTransaction(knex, async tx => {
      // Another replica may have been faster, or the time of a record is over.
      const left = tx('usage_records')
        .whereIn('id', [...factById.keys()])
        .whereNull('rolled_up')
        .orderBy('id')
        .select('id');
      if (isPostgres(tx)) left.forUpdate();
      const ids = ((await left) as Array<{ id: string }>).map(({ id }) => id);
      await rollups.add(
        tx,
        ids.flatMap(id => factById.get(id) ?? []),
      );
      await tx('usage_records').whereIn('id', ids).update({ rolled_up: true });
    });
  }
}
