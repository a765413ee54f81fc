/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_drift_days', table => {
    table.comment('How often each value of each feature came, by UTC day');
    table.integer('day').notNullable().comment('Days since 1970');
    table
      .string('hash', 64)
      .notNullable()
      .comment('Of the version, as in usage_models');
    table.integer('revision').notNullable();
    table.binary('counts').notNullable();
    table.primary(['hash', 'day']);
    table.index('day', 'usage_drift_days_day_idx');
  });
  if (String(knex.client.config.client).startsWith('pg')) {
    // Rows of today are changed often: room for it beside them.
    await knex.raw('ALTER TABLE usage_drift_days SET (fillfactor = 70)');
  }

  await knex.schema.createTable('usage_drift_references', table => {
    table.comment('Days that a version is held against; the newest counts');
    table.string('id', 36).primary();
    table.string('hash', 64).notNullable();
    table.integer('first_day').notNullable();
    table.integer('last_day').notNullable();
    table.string('set_at', 30).notNullable();
    table.string('set_by', 255).notNullable();
    table.text('reason').notNullable();
    table.index(['hash', 'set_at'], 'usage_drift_references_hash_idx');
  });

  await knex.schema.createTable('usage_drift_checks', table => {
    table.comment('What each check found');
    table.string('hash', 64).notNullable();
    table.integer('day').notNullable().comment('The last of its window');
    table.string('reference_id', 36).notNullable();
    table.string('state', 20).notNullable();
    table.text('features').notNullable();
    table.primary(['hash', 'day']);
    table.index('day', 'usage_drift_checks_day_idx');
  });

  await knex.schema.createTable('usage_drift_episodes', table => {
    table.comment('From the first check that found drift to the quiet after');
    table.string('id', 36).primary();
    table.string('hash', 64).notNullable();
    table.integer('begun_day').notNullable();
    table.integer('last_day').notNullable().comment('That found drift');
    table.string('begun_at', 30).notNullable();
    table.string('ended_at', 30);
    table.string('ended_because', 20);
    table.text('features').notNullable();
    table.text('taken').comment('What policy did about it');
    table.string('acted_at', 30);
    table.string('told_at', 30);
    table.string('leased_until', 30);
    table.index(['hash', 'begun_at'], 'usage_drift_episodes_hash_idx');
  });
  // One at a time, whichever replica is first.
  await knex.raw(
    'CREATE UNIQUE INDEX usage_drift_episodes_open ON usage_drift_episodes (hash) WHERE ended_at IS NULL',
  );

  await knex.schema.createTable('usage_feedback', table => {
    table.comment('Calls that were judged, so that each is judged once');
    table.string('call_id', 36).primary();
    table.integer('day').notNullable();
    table.index('day', 'usage_feedback_day_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_feedback');
  await knex.schema.dropTable('usage_drift_episodes');
  await knex.schema.dropTable('usage_drift_checks');
  await knex.schema.dropTable('usage_drift_references');
  await knex.schema.dropTable('usage_drift_days');
};
