// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const isPostgres = String(knex.client.config.client).startsWith('pg');

  // Records that were taken, many to a row: a row for each costs more than
  // everything else that is done with it. `usage_taken` stays for those of
  // older releases until their time is over.
  await knex.schema.createTable('usage_taken_ids', table => {
    table.comment('Which records were taken, by the second of their call');
    table.integer('at').notNullable().comment('Seconds since 1970');
    table.string('part', 36).notNullable();
    table.binary('ids').notNullable().comment('16 bytes for each');
    table.primary(['at', 'part']);
  });

  await knex.schema.createTable('usage_pending', table => {
    table.comment('Sums of what was taken, until they are added to all others');
    table.string('id', 36).primary();
    table.string('kept_at', 30).notNullable().comment('ISO 8601 in UTC');
    table.integer('records').notNullable();
    table.binary('sums').notNullable().comment('JSON');
    table.index('kept_at', 'usage_pending_kept_idx');
  });

  if (isPostgres) {
    // Random bytes, and bytes that are gone in a second: not worth compressing.
    await knex.raw(
      'ALTER TABLE usage_taken_ids ALTER COLUMN ids SET STORAGE EXTERNAL',
    );
    await knex.raw(
      'ALTER TABLE usage_pending ALTER COLUMN sums SET STORAGE EXTERNAL',
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_pending');
  await knex.schema.dropTable('usage_taken_ids');
};
