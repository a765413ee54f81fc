// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('signing_keys', table => {
    table.string('predecessor').comment('Key that vouches for this one');
    table.string('succession').comment('Its signature');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('signing_keys', table => {
    table.dropColumn('succession');
    table.dropColumn('predecessor');
  });
};
