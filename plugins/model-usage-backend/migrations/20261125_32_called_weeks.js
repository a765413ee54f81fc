// @ts-check

const WEEKS_OF_BLOCK = 31;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_called_weeks', table => {
    table.comment('In which weeks a series was called, as bits of blocks');
    table
      .integer('at')
      .notNullable()
      .comment('Blocks of 31 weeks since 29 December 1969');
    table.integer('series_id').notNullable();
    table
      .integer('weeks')
      .notNullable()
      .comment('A bit for each, first lowest');
    table.primary(['at', 'series_id']);
    table.index('series_id', 'usage_called_weeks_series_idx');
  });
  await knex.raw(
    `INSERT INTO usage_called_weeks (at, series_id, weeks)
     SELECT at / ${WEEKS_OF_BLOCK}, series_id, sum(1 << (at % ${WEEKS_OF_BLOCK}))
     FROM usage_weeks GROUP BY at / ${WEEKS_OF_BLOCK}, series_id`,
  );
  if (String(knex.client.config.client).startsWith('pg')) {
    // Rows of the present are changed often: room for it beside them.
    await knex.raw('ALTER TABLE usage_called_weeks SET (fillfactor = 70)');
  }
  await knex.schema.dropTable('usage_weeks');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.createTable('usage_weeks', table => {
    table.comment('In which weeks a series was called');
    table.integer('at').notNullable().comment('Weeks since 29 December 1969');
    table.integer('series_id').notNullable();
    table.primary(['at', 'series_id']);
    table.index('series_id', 'usage_weeks_series_idx');
  });
  for (let bit = 0; bit < WEEKS_OF_BLOCK; bit += 1) {
    await knex.raw(
      `INSERT INTO usage_weeks (at, series_id)
       SELECT at * ${WEEKS_OF_BLOCK} + ${bit}, series_id
       FROM usage_called_weeks WHERE (weeks >> ${bit}) & 1 = 1`,
    );
  }
  await knex.schema.dropTable('usage_called_weeks');
};
