// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('endpoints', table => {
    table.comment('Evaluation endpoints; times in ms are those of the hub');
    table.increments('pk').comment('For order only');
    table.string('id', 40).notNullable().unique();
    table.integer('revision').notNullable().comment('Grows with each change');
    table.string('state', 10).notNullable();
    table.string('entity_ref', 400).notNullable().comment('Of the model');
    table.string('title', 400).notNullable();
    table.string('gateway_id', 400).notNullable();
    table.string('model_version', 100).notNullable();
    table.text('model').notNullable().comment('JSON, as engines get it');
    table.string('team', 400).notNullable();
    table
      .boolean('owner_was_member')
      .notNullable()
      .comment('The catalog said so when it was begun');
    table.string('owner', 400).notNullable();
    table.string('profile', 100).notNullable();
    table.string('purpose', 100).notNullable();
    table.string('engine', 100).notNullable();
    table.integer('gpus').notNullable();
    table.text('resources').notNullable().comment('JSON');
    table.double('hours').notNullable();
    table.text('note');
    table.string('approval_id', 100);
    table.string('key_id', 100);
    table
      .string('key_state', 10)
      .notNullable()
      .comment('none, issued, revoked');
    table.text('secret').comment('Of the key, sealed');
    table.text('url').comment('To which the key is bound');
    table.string('served_model', 400);
    table.text('message');
    table.double('progress');
    table.string('end_as', 10).comment('ended, failed or refused');
    table.string('end_reason', 30);
    table.string('ended_by', 400);
    table.double('per_hour').comment('USD');
    table.text('price_basis');
    for (const moment of [
      'created',
      'queued',
      'started',
      'ready',
      'stopping',
      'ended',
    ]) {
      table.string(`${moment}_at`, 30).comment('ISO 8601 in UTC, for people');
      table.double(`${moment}_ms`);
    }
    table.string('extended_at', 30);
    table.double('deadline_ms').comment('When the state is given up');
    table.boolean('warned').notNullable().defaultTo(false);
    table.integer('attempts').notNullable().defaultTo(0);
    table.double('due_ms').comment('When it is looked at; null when settled');
    table.double('leased_ms').notNullable().defaultTo(0);
    table.string('lessee', 36);
    table.index(['due_ms'], 'endpoints_due_idx');
    table.index(['state', 'engine'], 'endpoints_state_idx');
    table.index(['team', 'created_ms'], 'endpoints_team_idx');
    table.index(['owner', 'pk'], 'endpoints_owner_idx');
    table.index(['entity_ref', 'pk'], 'endpoints_model_idx');
  });

  await knex.schema.createTable('endpoint_events', table => {
    table.comment('What happened to endpoints');
    table.increments('pk');
    table.string('endpoint_id', 40).notNullable();
    table.string('at', 30).notNullable();
    table.string('level', 10).notNullable();
    table.string('type', 40).notNullable();
    table.string('state', 10).notNullable();
    table.text('message').notNullable();
    table.string('by', 400);
    table.index(['endpoint_id', 'pk'], 'endpoint_events_endpoint_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('endpoint_events');
  await knex.schema.dropTable('endpoints');
};
