// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('approvals', table => {
    table
      .text('expected_use')
      .comment('JSON; what the requester expects to send in a month');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('approvals', table => {
    table.dropColumn('expected_use');
  });
};
