// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_weeks', table => {
    table.comment('In which weeks a series was called');
    table.integer('at').notNullable().comment('Weeks since 29 December 1969');
    table.integer('series_id').notNullable();
    table.primary(['at', 'series_id']);
    table.index('series_id', 'usage_weeks_series_idx');
  });
  await knex.raw(
    `INSERT INTO usage_weeks (at, series_id)
     SELECT DISTINCT (at + 3) / 7, series_id FROM usage_days WHERE calls > 0`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_weeks');
};
