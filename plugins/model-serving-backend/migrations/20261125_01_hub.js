// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('serving_hub', table => {
    table.comment('One row: which hub this is, and its own time');
    table.integer('id').primary();
    table
      .string('instance', 8)
      .notNullable()
      .comment('Begins the ids of what it runs');
    table.double('time_ms').notNullable().comment('Never goes back');
    table.double('wall_ms').notNullable().comment('When it was written');
    table.string('boot', 64).comment('Of the machine that wrote it');
    table.double('uptime_ms').notNullable();
    table.integer('version').notNullable();
  });

  await knex.schema.createTable('notices', table => {
    table.comment('Notifications to send, written with what they tell of');
    table.increments('pk');
    table.text('notice').notNullable().comment('JSON');
    table.string('created_at', 30).notNullable();
    table.string('leased_until', 30).notNullable();
    table.index(['leased_until'], 'notices_lease_idx');
  });

  await knex.schema.createTable('idempotency_keys', table => {
    table.comment('Answers to commands, for their replays');
    table.string('caller', 400).notNullable();
    table.string('key', 200).notNullable();
    table.string('request_hash', 64).notNullable();
    table.text('answer').comment('JSON');
    table.string('created_at', 30).notNullable();
    table.primary(['caller', 'key']);
    table.index('created_at', 'idempotency_keys_created_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('idempotency_keys');
  await knex.schema.dropTable('notices');
  await knex.schema.dropTable('serving_hub');
};
