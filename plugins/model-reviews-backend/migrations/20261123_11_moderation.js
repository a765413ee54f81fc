// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('contribution_reports', table => {
    table.comment('What people told moderators');
    table.increments('pk');
    table.string('contribution_id', 36).notNullable();
    table.string('reporter', 400).notNullable();
    table.string('reason', 20).notNullable();
    table.text('comment');
    table.string('at', 30).notNullable();
    table.string('decided_at', 30);
    table.index(['contribution_id'], 'contribution_reports_subject_idx');
    table.index(['reporter'], 'contribution_reports_reporter_idx');
  });
  await knex.raw(
    'CREATE UNIQUE INDEX contribution_reports_open ON contribution_reports (contribution_id, reporter) WHERE decided_at IS NULL',
  );

  await knex.schema.createTable('moderation_log', table => {
    table.comment('What moderators did, and why');
    table.increments('pk');
    table.string('contribution_id', 36).notNullable();
    table.string('action', 10).notNullable();
    table.string('by', 400).notNullable();
    table.text('reason').notNullable();
    table.string('at', 30).notNullable();
    table.index(['contribution_id'], 'moderation_log_subject_idx');
    table.index(['by'], 'moderation_log_by_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('moderation_log');
  await knex.schema.dropTable('contribution_reports');
};
