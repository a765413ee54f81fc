// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('allowlist_models', table => {
    table
      .text('terms')
      .comment('JSON: regions, retention and prices, by the provider’s word');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('allowlist_models', table => {
    table.dropColumn('terms');
  });
};
