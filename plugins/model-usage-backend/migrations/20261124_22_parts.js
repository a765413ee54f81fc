// @ts-check

const COUNTS = [
  'calls',
  'refused',
  'unavailable',
  'client_errors',
  'throttled',
  'server_errors',
  'declined',
  'cached',
  'unpriced_calls',
  'estimated_calls',
  'input_tokens',
  'output_tokens',
  'cached_input_tokens',
  'cost_micros',
];

/** What each kind of part is told apart by; as the writer of sums has it. */
const KINDS = {
  tier: ['tier', 'currency', 'source'],
  caller: ['team_id', 'component_id', 'currency', 'source'],
  model: ['model_id', 'currency', 'source'],
};

const KEYS = {
  model_id: '0',
  team_id: '0',
  component_id: '0',
  tier: "''",
  currency: "''",
  source: "''",
};

const LEVELS = [
  ['days', 'Days since 1970 in UTC'],
  ['months', 'Months since January 1970 in UTC'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const isPostgres = String(knex.client.config.client).startsWith('pg');
  await knex.schema.createTable('usage_parts', table => {
    table.comment('What numbers are summed up by once more');
    table.increments('id');
    table.string('kind', 10).notNullable();
    table.integer('model_id').notNullable().comment('0 in other kinds');
    table.integer('team_id').notNullable();
    table.integer('component_id').notNullable();
    table.string('tier', 20).notNullable();
    table.string('currency', 3).notNullable();
    table.string('source', 60).notNullable();
    table.unique(['kind', ...Object.keys(KEYS)], {
      indexName: 'usage_parts_key',
    });
    table.index(['kind', 'model_id'], 'usage_parts_model_idx');
    table.index(['kind', 'team_id'], 'usage_parts_team_idx');
  });
  for (const [level, unit] of LEVELS) {
    const parts = `usage_part_${level}`;
    await knex.schema.createTable(parts, table => {
      table.comment(`What was used, by ${level}, in parts of the whole`);
      table.integer('at').notNullable().comment(unit);
      table.integer('part_id').notNullable();
      for (const name of COUNTS) table.bigInteger(name).notNullable();
      table.primary(['at', 'part_id']);
      table.index(['part_id', 'at'], `${parts}_part_idx`);
    });
    if (isPostgres) {
      await knex.raw('ALTER TABLE ?? SET (fillfactor = 70)', [parts]);
    }
  }

  for (const [kind, told] of Object.entries(KINDS)) {
    const columns = Object.entries(KEYS).map(([name, nothing]) =>
      told.includes(name) ? name : nothing,
    );
    await knex.raw(
      `INSERT INTO usage_parts (kind, ${Object.keys(KEYS).join(', ')})
       SELECT DISTINCT '${kind}', ${columns.join(', ')} FROM usage_series`,
    );
    const same = told.map(name => `p.${name} = s.${name}`).join(' AND ');
    for (const [level] of LEVELS) {
      await knex.raw(
        `INSERT INTO usage_part_${level} (at, part_id, ${COUNTS.join(', ')})
         SELECT n.at, p.id, ${COUNTS.map(it => `sum(n.${it})`).join(', ')}
         FROM usage_${level} n
         JOIN usage_series s ON s.id = n.series_id
         JOIN usage_parts p ON p.kind = '${kind}' AND ${same}
         GROUP BY n.at, p.id`,
      );
    }
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [level] of LEVELS) {
    await knex.schema.dropTable(`usage_part_${level}`);
  }
  await knex.schema.dropTable('usage_parts');
};
