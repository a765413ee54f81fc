// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_imports', table => {
    table.comment('Files of usage that were taken');
    table.string('id', 36).primary();
    table.string('format', 20).notNullable();
    table.string('file_name', 200).notNullable();
    table.string('digest', 64).notNullable().comment('SHA-256 of the file');
    table
      .string('live_digest', 64)
      .unique()
      .comment('The same, until the import is undone');
    table.string('taken_at', 30).notNullable().comment('ISO 8601 in UTC');
    table.text('taken_by').notNullable();
    table.text('added').notNullable().comment('JSON of what it added');
    table
      .text('kept_from')
      .notNullable()
      .comment('JSON: the first period of each level that it was added to');
    table.string('undone_at', 30);
    table.text('undone_by');
    table.index('taken_at', 'usage_imports_taken_idx');
  });

  await knex.schema.createTable('usage_import_items', table => {
    table.comment('Rows of files that count, so that they can be taken back');
    table.string('id', 64).primary().comment('Hash of what names the row');
    table.string('import_id', 36).notNullable();
    table.string('digest', 64).notNullable().comment('Of what the row tells');
    table.text('item').notNullable().comment('JSON of the row');
    table.index('import_id', 'usage_import_items_import_idx');
  });

  await knex.schema.alterTable('usage_sources', table => {
    table.string('succeeded_at', 30).comment('ISO 8601 in UTC');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('usage_sources', table => {
    table.dropColumn('succeeded_at');
  });
  await knex.schema.dropTable('usage_import_items');
  await knex.schema.dropTable('usage_imports');
};
