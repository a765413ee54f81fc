// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('online_experiments', table => {
    table.comment('Live scoring and A/B tests of the calls of a profile');
    table.string('id', 36).primary();
    table.string('title', 200).notNullable();
    table.string('profile', 63).notNullable();
    table.string('state', 10).notNullable();
    table.text('definition').notNullable().comment('JSON; never changed');
    table
      .string('salt', 32)
      .comment('Tells who gets which arm; forgotten at the end');
    table.string('created_at', 30).notNullable();
    table.string('created_by').notNullable();
    table.string('starts_at', 30);
    table.string('ends_at', 30);
    table.string('consent_at', 30);
    table.string('consent_by');
    table.string('consent_hash', 64);
    table.string('stopped_at', 30);
    table.string('stopped_by');
    table.string('stop_kind', 20);
    table.text('stop_reason');
    table.integer('opted_out').notNullable().defaultTo(0);
    table.integer('dropped').notNullable().defaultTo(0);
    table.integer('refused').notNullable().defaultTo(0);
    table.string('filed_at', 30).comment('When results were filed');
    table.text('results').comment('JSON list');
    table.index(['state', 'profile'], 'online_experiments_state_idx');
    table.index(['created_at', 'id'], 'online_experiments_created_idx');
  });

  await knex.schema.createTable('online_sums', table => {
    table.comment('Metrics of an arm by group of callers');
    table.string('experiment_id', 36).notNullable();
    table.string('arm', 10).notNullable();
    table.string('metric', 64).notNullable();
    table.text('counts').notNullable().comment('JSON list, by group');
    table.text('sums').notNullable().comment('JSON list, by group');
    table.primary(['experiment_id', 'arm', 'metric']);
  });

  await knex.schema.createTable('online_samples', table => {
    table.comment('Scores of single calls: a sample of each arm and day');
    table.string('id', 36).primary();
    table.string('experiment_id', 36).notNullable();
    table.string('arm', 10).notNullable();
    table.string('day', 10).notNullable();
    table.text('sample').notNullable().comment('JSON, without content');
    table.index(
      ['experiment_id', 'arm', 'day', 'id'],
      'online_samples_place_idx',
    );
  });

  await knex.schema.createTable('online_batches', table => {
    table.comment('Batches that gateways reported');
    table.string('batch_id', 36).primary();
    table.string('gateway_id', 36).notNullable();
    table.string('received_at', 30).notNullable();
    table.text('receipt').comment('JSON');
    table.index(['received_at'], 'online_batches_received_idx');
  });

  await knex.schema.alterTable('gateway_identities', table => {
    table.string('features', 200).comment('What it said that it knows');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('gateway_identities', table => {
    table.dropColumn('features');
  });
  await knex.schema.dropTable('online_batches');
  await knex.schema.dropTable('online_samples');
  await knex.schema.dropTable('online_sums');
  await knex.schema.dropTable('online_experiments');
};
