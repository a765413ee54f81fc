// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rating_changes', table => {
    table.comment('Last change of the rating of each model, for other plugins');
    table.increments('seq');
    table.string('entity_ref', 400).notNullable().unique();
    table.string('at', 30).notNullable();
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
  await knex.schema.dropTable('rating_changes');
};
