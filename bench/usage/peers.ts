import { addToSums } from '../../plugins/model-usage-backend/src/database';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

/** A call as a row of its own, as logs of spending keep it. */
const rowOf = (it: UsageRecord) => ({
  id: it.id,
  at: it.at,
  key_id: it.keyId,
  profile: it.profile,
  purpose: it.purpose,
  tier: it.tier,
  team: it.team ?? '',
  model: it.model,
  version: it.version ?? '',
  provider_model: it.providerModel ?? '',
  currency: it.currency ?? '',
  status: it.status,
  attempts: it.attempts,
  input_tokens: it.inputTokens ?? 0,
  output_tokens: it.outputTokens ?? 0,
  cost_micros: it.costMicros ?? 0,
  latency_ms: Math.round(it.latencyMs),
  first_byte_ms: Math.round(it.firstByteMs ?? 0),
});

const INDEXED = ['at', 'model', 'team'];

export async function createPeerTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('peer_calls', table => {
    const example = rowOf({} as UsageRecord);
    for (const name of Object.keys(example)) {
      if (/_(tokens|micros|ms)$|^status$|^attempts$/.test(name)) {
        table.bigInteger(name);
      } else {
        table.text(name);
      }
    }
    table.primary(['id']);
    for (const name of INDEXED) table.index(name);
  });
  await knex.schema.createTable('peer_days', table => {
    for (const name of ['day', 'model', 'version', 'team', 'profile', 'tier']) {
      table.text(name).notNullable();
    }
    for (const name of [
      'calls',
      'input_tokens',
      'output_tokens',
      'cost_micros',
    ]) {
      table.bigInteger(name).notNullable();
    }
    table.primary(['day', 'model', 'version', 'team', 'profile', 'tier']);
  });
}

/** A row for each call, and its sums of the day with it: call by call. */
export async function rowByRow(knex: Knex, records: UsageRecord[]) {
  for (const it of records) {
    await knex.transaction(async tx => {
      await tx('peer_calls').insert(rowOf(it));
      await tx('peer_days')
        .insert({
          day: it.at.slice(0, 10),
          model: it.model,
          version: it.version ?? '',
          team: it.team ?? '',
          profile: it.profile,
          tier: it.tier,
          calls: 1,
          input_tokens: it.inputTokens ?? 0,
          output_tokens: it.outputTokens ?? 0,
          cost_micros: it.costMicros ?? 0,
        })
        .onConflict(['day', 'model', 'version', 'team', 'profile', 'tier'])
        .merge({
          calls: tx.raw('peer_days.calls + excluded.calls'),
          cost_micros: tx.raw('peer_days.cost_micros + excluded.cost_micros'),
        });
    });
  }
}

/** Rows in bulk, a batch at a time, by the same arrays that the rollups are written by. */
export async function inBulk(knex: Knex, records: UsageRecord[]) {
  await knex.transaction(tx =>
    addToSums(tx, 'peer_calls', records.map(rowOf), {
      keys: ['id'],
      sums: ['status'],
    }),
  );
}

/** The sums of one level, made of rows when they are needed. */
export async function groupBy(knex: Knex) {
  await knex.raw(
    `INSERT INTO peer_days SELECT substr(at, 1, 10), model, version, team, profile, tier,
       count(*), sum(input_tokens), sum(output_tokens), sum(cost_micros)
     FROM peer_calls GROUP BY 1, 2, 3, 4, 5, 6`,
  );
}
