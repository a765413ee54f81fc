// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_batches', table => {
    table.comment('Batches of records that were taken, with what was answered');
    table.string('batch_id', 36).primary();
    table.string('gateway_id', 36).notNullable();
    table.string('received_at', 30).notNullable();
    table.integer('records').notNullable();
    table.integer('accepted').notNullable();
    table.index('received_at', 'usage_batches_received_idx');
  });

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
    table.index('at', 'usage_records_at_idx');
    table.index(['profile', 'at'], 'usage_records_profile_idx');
    table.index(['model', 'at'], 'usage_records_model_idx');
    table.index('trace', 'usage_records_trace_idx');
  });

  await knex.schema.createTable('usage_totals', table => {
    table.comment('Sums of a month; the empty text stands for what is absent');
    table.string('id', 64).primary().comment('Hash of what is summed up');
    table.string('month', 7).notNullable();
    table.text('profile').notNullable();
    table.text('team').notNullable();
    table.text('key_id').notNullable();
    table.text('model').notNullable();
    table.string('currency', 3).notNullable();
    table.bigInteger('calls').notNullable();
    table.bigInteger('refused').notNullable();
    table.bigInteger('unpriced_calls').notNullable();
    table.bigInteger('estimated_calls').notNullable();
    table.bigInteger('input_tokens').notNullable();
    table.bigInteger('output_tokens').notNullable();
    table.bigInteger('cached_input_tokens').notNullable();
    table.bigInteger('cost_micros').notNullable();
    table.index(['month', 'profile'], 'usage_totals_month_idx');
  });

  await knex.schema.createTable('usage_proofs', table => {
    table.comment('Proofs of gateways that were used, until they expire');
    table.string('jti', 200).primary();
    table.string('expires_at', 30).notNullable();
    table.index('expires_at', 'usage_proofs_expiry_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_proofs');
  await knex.schema.dropTable('usage_totals');
  await knex.schema.dropTable('usage_records');
  await knex.schema.dropTable('usage_batches');
};
