// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('asks', table => {
    table.comment('Questions of held calls to a person');
    table.string('id', 36).primary();
    table.string('gateway_id', 36).notNullable();
    table.string('gateway_name', 200).notNullable();
    table.string('key_id', 100).notNullable();
    table.string('key_name', 100).notNullable();
    table.string('key_owner').notNullable();
    table.string('profile', 63).notNullable();
    table.string('model', 512).notNullable();
    table.string('trace', 200);
    table.text('tools').notNullable().comment('JSON list, without content');
    table.string('request_hash', 64).notNullable();
    table.string('state', 10).notNullable();
    table.string('created_at', 30).notNullable();
    table.string('expires_at', 30).notNullable();
    table.string('decided_at', 30);
    table.string('decided_by');
    table.string('until', 30).comment('The decision holds in the trace');
    table.text('reason');
    table.index(['state', 'expires_at'], 'asks_state_idx');
    table.index(['profile', 'created_at'], 'asks_profile_idx');
    table.index(['key_id', 'trace'], 'asks_trace_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('asks');
};
