// @ts-check

const { randomUUID } = require('node:crypto');

const ROWS_AT_ONCE = 2_000;
const MINUTE_MS = 60_000;

/** Sums in the order of sums that are kept until they are added. */
const SUMS = [
  'calls',
  'refused',
  'unavailable',
  'clientErrors',
  'throttled',
  'serverErrors',
  'declined',
  'cached',
  'unpricedCalls',
  'estimatedCalls',
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'costMicros',
];

/**
 * The class of errors that a call counts in, as the room has it.
 *
 * @param {Record<string, any>} it
 */
function outcomeOf(it) {
  if (it.code === 'gateway_stopped') return 'unavailable';
  if (it.status < 400) return 'ok';
  if (it.code === 'circuit_open') return 'serverErrors';
  if (it.attempts === 0 && !it.cache_hit) {
    return it.status >= 500 ? 'unavailable' : 'refused';
  }
  if (it.status === 429) return 'throttled';
  return it.status >= 500 ? 'serverErrors' : 'clientErrors';
}

/**
 * A record as a row of sums, and how long it took where that counts.
 *
 * @param {Record<string, any>} it
 */
function foldOf(it) {
  const calls = Number(it.calls);
  const at = Date.parse(it.at);
  const outcome = outcomeOf(it);
  const isAnswered = it.attempts > 0 && it.status < 400;
  /** @type {Record<string, number>} */
  const sums = Object.fromEntries(SUMS.map(name => [name, 0]));
  sums.calls = calls;
  if (outcome !== 'ok') sums[outcome] = calls;
  if (it.cache_hit) sums.cached = calls;
  if (isAnswered && it.cost_micros === null) sums.unpricedCalls = calls;
  if (it.tokens_estimated) sums.estimatedCalls = calls;
  sums.inputTokens = Number(it.input_tokens ?? 0);
  sums.outputTokens = Number(it.output_tokens ?? 0);
  sums.cachedInputTokens = Number(it.cached_input_tokens ?? 0);
  sums.costMicros = Number(it.cost_micros ?? 0);
  const isKnown = it.attempts > 0 || it.cache_hit || it.grant_id !== null;
  const isMeasured =
    outcome === 'ok' && it.attempts > 0 && !it.cache_hit && calls === 1;
  return {
    row: [
      it.key_id,
      it.team ?? '',
      it.model,
      it.version ?? '',
      it.profile,
      it.purpose,
      it.tier,
      it.currency ?? '',
      it.grant_id === null ? 0 : 1,
      isKnown ? 1 : 0,
      Math.floor(at / MINUTE_MS) * MINUTE_MS,
      at,
      0,
      0,
      ...SUMS.map(name => sums[name]),
    ],
    took: isMeasured ? [it.latency_ms, it.first_byte_ms ?? -1] : undefined,
  };
}

/**
 * Records of older releases are not written any more. Those that no sum of
 * minutes, hours, days or months has yet become sums that wait to be added.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (let after = ''; ; ) {
    const records = await knex('usage_records')
      .whereNull('rolled_up')
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS_AT_ONCE);
    if (records.length === 0) break;
    after = records[records.length - 1].id;
    const folds = records.map(foldOf);
    const stored = {
      format: 1,
      // Months, budgets and approvals have them: older releases wrote those at once.
      only: 'rollups',
      fold: {
        rows: folds.map(({ row }) => row),
        times: [],
        took: folds.flatMap(({ took }, n) => (took ? [[n, ...took]] : [])),
        uncovered: [],
      },
      others: {},
    };
    await knex('usage_pending').insert({
      id: randomUUID(),
      kept_at: '1970-01-01T00:00:00.000Z',
      records: records.length,
      sums: Buffer.from(JSON.stringify(stored), 'utf8'),
    });
  }
  await knex.schema.dropTable('usage_records');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.createTable('usage_records', table => {
    table.comment('Calls, as gateways report them; pruned after a while');
    table.string('id', 36).primary();
    table.string('batch_id', 36).notNullable();
    table.string('gateway_id', 36).notNullable();
    table.string('at', 30).notNullable().comment('ISO 8601 in UTC');
    table.string('route', 50).notNullable();
    table.text('key_id').notNullable();
    table.text('profile').notNullable();
    table.text('purpose').notNullable();
    table.string('tier', 20).notNullable();
    table.text('team');
    table.text('model').notNullable();
    table.text('version');
    table.text('grant_id');
    table.text('provider');
    table.text('provider_model');
    table.integer('status').notNullable();
    table.text('code');
    table.string('mode', 10).notNullable();
    table.string('uncovered', 30);
    table.text('trace');
    table.boolean('streamed').notNullable();
    table.integer('attempts').notNullable();
    table.boolean('cache_hit').notNullable();
    table.bigInteger('input_tokens');
    table.bigInteger('output_tokens');
    table.bigInteger('cached_input_tokens');
    table.boolean('tokens_estimated').notNullable();
    table.bigInteger('cost_micros');
    table.string('currency', 3);
    table.double('latency_ms').notNullable();
    table.double('first_byte_ms');
    table.bigInteger('prompt_bytes').notNullable();
    table.bigInteger('response_bytes').notNullable();
    table.bigInteger('calls').notNullable();
    table.string('until', 30);
    table.boolean('rolled_up').comment('Absent for those of older releases');
    table.index('at', 'usage_records_at_idx');
    table.index(['profile', 'at'], 'usage_records_profile_idx');
    table.index(['model', 'at'], 'usage_records_model_idx');
    table.index('trace', 'usage_records_trace_idx');
  });
  await knex.raw(
    'CREATE INDEX usage_records_left_idx ON usage_records (id) WHERE rolled_up IS NULL',
  );
};
