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

const LEVELS = [
  ['minutes', 'Minutes since 1970 in UTC'],
  ['hours', 'Hours since 1970 in UTC'],
  ['days', 'Days since 1970 in UTC'],
  ['months', 'Months since January 1970 in UTC'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_names', table => {
    table.comment('Teams, components and profiles by a small number');
    table.increments('id');
    table.string('hash', 64).notNullable().unique().comment('Kind and name');
    table.string('kind', 10).notNullable();
    table.text('name').notNullable();
  });

  await knex.schema.createTable('usage_models', table => {
    table.comment('Versions of models; the empty text for what is not known');
    table.increments('id');
    table.string('hash', 64).notNullable().unique().comment('Model, version');
    table.string('model_hash', 64).notNullable();
    table.text('model').notNullable();
    table.text('version').notNullable();
    table.index('model_hash', 'usage_models_model_idx');
  });

  await knex.schema.createTable('usage_series', table => {
    table.comment('What numbers are counted by');
    table.increments('id');
    table.integer('model_id').notNullable();
    table.integer('team_id').notNullable();
    table.integer('component_id').notNullable();
    table.integer('profile_id').notNullable();
    table.string('tier', 20).notNullable();
    table.string('currency', 3).notNullable();
    table.string('source', 60).notNullable();
    table.unique(
      [
        'model_id',
        'team_id',
        'component_id',
        'profile_id',
        'tier',
        'currency',
        'source',
      ],
      { indexName: 'usage_series_key' },
    );
    table.index('team_id', 'usage_series_team_idx');
    table.index('component_id', 'usage_series_component_idx');
    table.index('profile_id', 'usage_series_profile_idx');
  });

  for (const [level, unit] of LEVELS) {
    const numbers = `usage_${level}`;
    await knex.schema.createTable(numbers, table => {
      table.comment(`What was used, by ${level}`);
      table.integer('at').notNullable().comment(unit);
      table.integer('series_id').notNullable();
      for (const name of COUNTS) {
        table.bigInteger(name).notNullable();
      }
      table.primary(['at', 'series_id']);
      table.index(['series_id', 'at'], `${numbers}_series_idx`);
    });
    const sketches = `usage_sketches_${level}`;
    await knex.schema.createTable(sketches, table => {
      table.comment(`How long answers of models took, by ${level}`);
      table.integer('at').notNullable().comment(unit);
      table.integer('model_id').notNullable();
      table.integer('revision').notNullable();
      table.binary('latency').notNullable();
      table.binary('ttft').notNullable();
      table.primary(['at', 'model_id']);
      table.index(['model_id', 'at'], `${sketches}_model_idx`);
    });
    if (String(knex.client.config.client).startsWith('pg')) {
      // Rows of the present are changed often: room for it beside them.
      await knex.raw('ALTER TABLE ?? SET (fillfactor = 70)', [numbers]);
      await knex.raw('ALTER TABLE ?? SET (fillfactor = 70)', [sketches]);
    }
  }

  await knex.schema.alterTable('usage_records', table => {
    table.boolean('rolled_up').comment('Absent for those of older releases');
  });
  await knex.raw(
    'CREATE INDEX usage_records_left_idx ON usage_records (id) WHERE rolled_up IS NULL',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX usage_records_left_idx');
  await knex.schema.alterTable('usage_records', table => {
    table.dropColumn('rolled_up');
  });
  for (const [level] of LEVELS) {
    await knex.schema.dropTable(`usage_sketches_${level}`);
    await knex.schema.dropTable(`usage_${level}`);
  }
  await knex.schema.dropTable('usage_series');
  await knex.schema.dropTable('usage_models');
  await knex.schema.dropTable('usage_names');
};
