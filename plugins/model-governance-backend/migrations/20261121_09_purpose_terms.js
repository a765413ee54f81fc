// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('access_purpose_terms', table => {
    table.comment('What a purpose allowed, since when');
    table.increments('id');
    table
      .string('purpose', 63)
      .notNullable()
      .references('access_purposes.id')
      .onDelete('CASCADE');
    table.string('since', 30).notNullable();
    table.text('data_classes').notNullable().comment('JSON list');
    table.text('regions').notNullable().comment('JSON list');
    table.integer('max_retention_days');
    table.index('purpose', 'access_purpose_terms_purpose_idx');
  });
  for (const row of await knex('access_purposes').orderBy('id').select()) {
    await knex('access_purpose_terms').insert({
      purpose: row.id,
      since: row.updated_at ?? row.created_at,
      data_classes: row.data_classes,
      regions: row.regions,
      max_retention_days: row.max_retention_days,
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('access_purpose_terms');
};
