// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('kpi_packs', table => {
    table.comment('Of each file of a pack, what was good last');
    table.string('file', 255).primary().comment('Path below the folder');
    table.text('text').notNullable();
    table.bigInteger('at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('kpi_packs');
};
