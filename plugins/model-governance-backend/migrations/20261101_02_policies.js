// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_versions', table => {
    table.comment('Every set of policies that was ever in force');
    table.string('version', 80).primary();
    table.text('sources').notNullable().comment('JSON: files and their text');
    table.string('first_at', 30).notNullable();
  });
  await knex.schema.createTable('policy_in_force', table => {
    table.comment('One row: the policies that are in force');
    table.integer('id').primary();
    table.string('version', 80).notNullable();
    table.string('since', 30).notNullable();
  });
  await knex('policy_in_force').insert({ id: 1, version: '', since: '' });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_in_force');
  await knex.schema.dropTable('policy_versions');
};
