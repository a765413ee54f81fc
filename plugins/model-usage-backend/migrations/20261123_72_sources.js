// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_sources', table => {
    table.comment('How far what other sources told was counted');
    table.string('id', 60).primary();
    table.text('cursor');
    table.integer('revision').notNullable().comment('Raised with the cursor');
    table.bigInteger('taken').notNullable().comment('Items that were new');
    table.string('asked_at', 30).comment('ISO 8601 in UTC');
    table.text('problem').comment('Why it could not be asked');
  });

  await knex.schema.createTable('usage_source_items', table => {
    table.comment('What was counted, so that it is not counted again');
    table.string('hash', 64).primary().comment('Source and id');
    table.string('taken_at', 30).notNullable();
    table.index('taken_at', 'usage_source_items_taken_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_source_items');
  await knex.schema.dropTable('usage_sources');
};
