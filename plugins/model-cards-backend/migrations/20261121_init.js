// @ts-check

/** @param {import('knex').Knex} knex */
const isPostgres = knex =>
  /pg|postgres/.test(String(knex.client.config.client));

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('models', table => {
    table.comment('One row per model in the catalog');
    table.increments('id').comment('Row id, for joins only');
    table.string('entity_ref', 400).notNullable().unique();
    table.string('etag').notNullable().comment('Of the entity, as last seen');
    table.string('gateway_key', 400).notNullable();
    table.string('name_key', 400).notNullable().comment('Title, folded');
    table.double('context_tokens').nullable();
    table.double('parameters').nullable();
    table.double('gpu_memory').nullable().comment('GiB');
    table.integer('completeness').notNullable();
    table.double('updated_ms').notNullable().comment('Epoch milliseconds');
    table.string('first_seen_at', 30).notNullable().comment('ISO 8601, UTC');
    table.text('row').notNullable().comment('JSON: what lists show');
    table.text('missing').notNullable().comment('JSON: what the card lacks');
    table.text('standing').nullable().comment('JSON: what governance said');
    table.text('conflict').nullable().comment('JSON: gateway id claims');
    table.index(['gateway_key']);
    table.index(['name_key', 'id']);
  });

  await knex.schema.createTable('model_facet_values', table => {
    table.comment('Dictionary of facet values');
    table.increments('id');
    table.string('name', 32).notNullable();
    table.string('value', 400).notNullable();
    table.unique(['name', 'value']);
  });

  await knex.schema.createTable('model_facets', table => {
    table.comment('Which model has which facet value');
    table.integer('model_id').notNullable();
    table.integer('facet_id').notNullable();
    table.primary(['facet_id', 'model_id']);
    table.index(['model_id', 'facet_id']);
    table.foreign('model_id').references('models.id').onDelete('CASCADE');
  });

  await knex.schema.createTable('model_search', table => {
    table.comment('Flattened entity, for permission rules; lower case');
    table.integer('model_id').notNullable();
    table.string('key', 250).notNullable();
    table.string('value', 250).nullable();
    table.index(['key', 'value', 'model_id']);
    table.index(['model_id']);
    table.foreign('model_id').references('models.id').onDelete('CASCADE');
  });

  await knex.schema.createTable('model_changes', table => {
    table.comment('Last change of each model, for the cursor feed');
    table.increments('seq');
    table.string('entity_ref', 400).notNullable().unique();
    table.string('type', 16).notNullable();
    table.string('at', 30).notNullable();
  });

  await knex.schema.createTable('feed_cursors', table => {
    table.comment('How far the feeds of other plugins have been read');
    table.string('source', 64).primary();
    table.bigInteger('seq').notNullable();
  });

  if (isPostgres(knex)) {
    await knex.raw('ALTER TABLE models ADD COLUMN words text');
    await knex.raw('ALTER TABLE models ADD COLUMN document tsvector');
    await knex.raw(
      'CREATE INDEX models_document ON models USING gin(document)',
    );
  } else {
    await knex.raw(
      `CREATE VIRTUAL TABLE model_text USING fts5(a, b, c, d, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (!isPostgres(knex)) {
    await knex.schema.dropTable('model_text');
  }
  for (const table of [
    'feed_cursors',
    'model_changes',
    'model_search',
    'model_facets',
    'model_facet_values',
    'models',
  ]) {
    await knex.schema.dropTable(table);
  }
};
