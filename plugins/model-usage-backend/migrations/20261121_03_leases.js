// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_gateways', table => {
    table.comment('Gateways that ask for leases');
    table.string('gateway_id', 36).primary();
    table.bigInteger('session').notNullable();
    table.bigInteger('sequence').notNullable();
    table.string('seen_at', 30).notNullable();
  });

  await knex.schema.createTable('usage_limit_leases', table => {
    table.comment('Parts of limits that gateways keep to');
    table.string('subject', 600).notNullable();
    table.string('limit_name', 30).notNullable();
    table.string('gateway_id', 36).notNullable();
    table
      .double('outstanding')
      .notNullable()
      .comment('The most that it may go by at present');
    table.double('demand').notNullable();
    table.string('seen_at', 30).notNullable();
    table.primary(['subject', 'limit_name', 'gateway_id']);
    table.index('seen_at', 'usage_limit_leases_seen_idx');
  });

  await knex.schema.createTable('usage_budget_leases', table => {
    table.comment('Parts of budgets that gateways may spend');
    table.string('budget_id', 600).notNullable();
    table.string('month', 7).notNullable();
    table.string('gateway_id', 36).notNullable();
    table.bigInteger('held_micros').notNullable();
    table
      .bigInteger('unreported_micros')
      .notNullable()
      .comment('Spent or reserved, and in no batch yet');
    table.string('seen_at', 30).notNullable();
    table.primary(['budget_id', 'month', 'gateway_id']);
    table.index('seen_at', 'usage_budget_leases_seen_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_budget_leases');
  await knex.schema.dropTable('usage_limit_leases');
  await knex.schema.dropTable('usage_gateways');
};
