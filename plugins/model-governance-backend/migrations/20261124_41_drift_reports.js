/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('drift_reports', table => {
    table.comment('Drift that was told of, and what was done about it, once');
    table.string('episode', 36).primary();
    table.string('gateway_id', 512).notNullable();
    table.string('model_version', 512).notNullable();
    table.string('reported_at', 30).notNullable();
    table.text('taken').notNullable();
    table.text('experiments').notNullable().comment('That were to be ended');
  });
  await knex.schema.createTable('drift_reevaluations', table => {
    table.comment('Evaluations from before do not count any more');
    table.string('entity_ref', 255).notNullable();
    table.string('pin', 255).notNullable();
    table.string('reported_at', 30).notNullable();
    table.text('reason').notNullable();
    table.primary(['entity_ref', 'pin']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('drift_reevaluations');
  await knex.schema.dropTable('drift_reports');
};
