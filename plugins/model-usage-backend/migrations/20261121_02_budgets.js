// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_budgets', table => {
    table.comment('What may be spent in each month');
    table.string('id', 600).primary().comment('kind:subject');
    table.string('kind', 10).notNullable();
    table.string('subject', 512).notNullable();
    table.bigInteger('amount_micros').notNullable();
    table.string('currency', 3).notNullable();
    table.text('notify').notNullable().comment('JSON list of entity refs');
    table.string('updated_by').notNullable();
    table.string('updated_at', 30).notNullable();
  });

  await knex.schema.createTable('usage_spend', table => {
    table.comment('What was spent of each possible budget in a month');
    table.string('month', 7).notNullable();
    table.string('budget_id', 600).notNullable();
    table
      .string('currency', 3)
      .notNullable()
      .comment('Empty for calls without a price');
    table.bigInteger('calls').notNullable();
    table.bigInteger('cost_micros').notNullable();
    table.primary(['month', 'budget_id', 'currency']);
  });

  await knex.schema.createTable('usage_budget_alerts', table => {
    table.comment('Thresholds that were reached; each is told once');
    table.string('budget_id', 600).notNullable();
    table.string('month', 7).notNullable();
    table.integer('percent').notNullable();
    table.string('raised_at', 30).notNullable();
    table.bigInteger('spent_micros').notNullable();
    table.string('leased_until', 30).notNullable();
    table.string('delivered_at', 30);
    table.primary(['budget_id', 'month', 'percent']);
  });

  await knex.schema.createTable('usage_state', table => {
    table.comment('Single values');
    table.string('name', 50).primary();
    table.bigInteger('value').notNullable();
  });

  await knex.schema.createTable('idempotency_keys', table => {
    table.comment('Answers to commands, for their replays');
    table.string('caller').notNullable();
    table.string('key', 200).notNullable();
    table.string('request_hash', 64).notNullable();
    table.text('answer').comment('JSON');
    table.string('created_at', 30).notNullable();
    table.primary(['caller', 'key']);
    table.index('created_at', 'idempotency_keys_created_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('idempotency_keys');
  await knex.schema.dropTable('usage_state');
  await knex.schema.dropTable('usage_budget_alerts');
  await knex.schema.dropTable('usage_spend');
  await knex.schema.dropTable('usage_budgets');
};
