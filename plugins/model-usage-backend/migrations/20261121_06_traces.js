// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_traces', table => {
    table.comment('What agents have done in one trace, through all gateways');
    table.string('id', 64).primary().comment('Hash of profile and trace');
    table.integer('calls').notNullable();
    table.double('risk').notNullable();
    table.string('started_at', 30).notNullable();
    table.string('seen_at', 30).notNullable();
    table.index('seen_at', 'usage_traces_seen_idx');
  });

  await knex.schema.createTable('usage_trace_calls', table => {
    table.comment('How often each call came in a trace');
    table.string('trace_id', 64).notNullable();
    table.string('call_hash', 64).notNullable();
    table.integer('calls').notNullable();
    table.primary(['trace_id', 'call_hash']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_trace_calls');
  await knex.schema.dropTable('usage_traces');
};
