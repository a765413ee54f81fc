// @ts-check

/** @param {import('knex').Knex} knex */
const isPostgres = knex =>
  /pg|postgres/.test(String(knex.client.config.client));

/**
 * SQLite has no trigrams to compare by: the words of all models, so that a
 * mistyped one can be set right. PostgreSQL needs no such table.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (isPostgres(knex)) return;
  await knex.raw(
    `CREATE VIRTUAL TABLE model_vocabulary USING fts5vocab(model_text, 'row')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (isPostgres(knex)) return;
  await knex.schema.dropTable('model_vocabulary');
};
