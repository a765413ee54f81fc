// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policy_in_force', table => {
    table
      .text('snapshot_ages')
      .notNullable()
      .defaultTo('{}')
      .comment('JSON: oldest snapshot that each tier takes, in seconds');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policy_in_force', table => {
    table.dropColumn('snapshot_ages');
  });
};
