// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('usage_totals', table => {
    table.index(['month', 'team'], 'usage_totals_team_idx');
    table.index(['month', 'key_id'], 'usage_totals_key_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('usage_totals', table => {
    table.dropIndex(['month', 'key_id'], 'usage_totals_key_idx');
    table.dropIndex(['month', 'team'], 'usage_totals_team_idx');
  });
};
