// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('asks', table => {
    table.string('issuer').comment('Of the token that a caller came with');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('asks', table => {
    table.dropColumn('issuer');
  });
};
