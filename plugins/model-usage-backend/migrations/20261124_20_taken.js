// @ts-check

const { createHash } = require('node:crypto');

const ROWS_AT_ONCE = 100;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const isPostgres = String(knex.client.config.client).startsWith('pg');
  // By day first: what is taken now lies together, and what is old goes away together.
  await knex.raw(
    `CREATE TABLE usage_taken (
      day integer NOT NULL,
      id ${isPostgres ? 'uuid' : 'text'} NOT NULL,
      PRIMARY KEY (day, id)
    )${isPostgres ? '' : ' WITHOUT ROWID'}`,
  );
  await knex.schema.createTable('usage_scopes', table => {
    table.comment('What calls were for that passed by an approval, by day');
    table.string('id', 64).primary().comment('Hash of what is summed up');
    table.string('day', 10).notNullable();
    table.text('model').notNullable();
    table.text('profile').notNullable();
    table.text('purpose').notNullable();
    table.string('tier', 20).notNullable();
    table.bigInteger('calls').notNullable();
    table.string('last_at', 30).notNullable();
    table.index(['day', 'profile'], 'usage_scopes_day_idx');
  });

  if (isPostgres) {
    // Rows of the present are changed often: room for it beside them.
    for (const table of ['usage_scopes', 'usage_totals', 'usage_spend']) {
      await knex.raw('ALTER TABLE ?? SET (fillfactor = 70)', [table]);
    }
  }

  // What older releases took stays known and told; its rows go after their time.
  const day = isPostgres
    ? "substr(at, 1, 10)::date - date '1970-01-01'"
    : "CAST(julianday(substr(at, 1, 10)) - julianday('1970-01-01') AS integer)";
  await knex.raw(
    `INSERT INTO usage_taken (day, id)
     SELECT ${day}, ${isPostgres ? 'id::uuid' : 'id'} FROM usage_records`,
  );
  const names = ['day', 'model', 'profile', 'purpose', 'tier'];
  /** @type {Array<Record<string, unknown>>} */
  const scopes = await knex('usage_records')
    .whereNotNull('grant_id')
    .select(knex.raw('substr(at, 1, 10) AS day'), ...names.slice(1))
    .sum({ calls: 'calls' })
    .max({ last_at: 'at' })
    .groupBy(...names);
  const rows = scopes.map(row => ({
    id: createHash('sha256')
      .update(names.map(name => row[name]).join('\n'))
      .digest('hex'),
    ...row,
  }));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await knex('usage_scopes').insert(rows.slice(start, start + ROWS_AT_ONCE));
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (String(knex.client.config.client).startsWith('pg')) {
    for (const table of ['usage_totals', 'usage_spend']) {
      await knex.raw('ALTER TABLE ?? RESET (fillfactor)', [table]);
    }
  }
  await knex.schema.dropTable('usage_scopes');
  await knex.schema.dropTable('usage_taken');
};
