// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('access_profiles', table => {
    table.comment('Named sets of callers');
    table.string('id', 63).primary();
    table.string('title', 200).notNullable();
    table.text('description');
    table.string('owner');
    table.text('members').notNullable().comment('JSON list of entity refs');
    table.string('enforcement', 10).notNullable();
    table.string('created_at', 30).notNullable();
    table.string('updated_at', 30).notNullable();
  });

  await knex.schema.createTable('access_purposes', table => {
    table.comment('Approved use cases');
    table.string('id', 63).primary();
    table.string('title', 200).notNullable();
    table.text('description');
    table.text('data_classes').notNullable().comment('JSON list');
    table.text('regions').notNullable().comment('JSON list');
    table.string('created_at', 30).notNullable();
  });

  await knex.schema.createTable('access_keys', table => {
    table.comment('Gateway keys; never their secrets');
    table.string('id', 36).primary();
    table.string('name', 100).notNullable();
    table.string('hint', 4).notNullable();
    table.string('hash', 64).notNullable().unique();
    table.string('profile', 63).notNullable().references('access_profiles.id');
    table.string('purpose', 63).notNullable().references('access_purposes.id');
    table.string('tier', 20).notNullable();
    table.string('owner').notNullable();
    table.string('issued_by').notNullable();
    table.string('created_at', 30).notNullable();
    table.string('expires_at', 30);
    table.string('revoked_at', 30);
    table.integer('requests_per_minute');
    table.index('owner', 'access_keys_owner_idx');
    table.index('profile', 'access_keys_profile_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('access_keys');
  await knex.schema.dropTable('access_purposes');
  await knex.schema.dropTable('access_profiles');
};
