// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('signing_keys', table => {
    table.comment('Signing keys that all replicas share');
    table.string('key_id').primary();
    table.string('use', 20).notNullable();
    table.string('state', 10).notNullable();
    table
      .string('active_use', 20)
      .unique()
      .comment('The use while active, so that a use has one active key');
    table.text('public_key').notNullable().comment('SPKI PEM');
    table.text('private_key').notNullable().comment('Encrypted PKCS #8');
    table.string('created_at', 30).notNullable();
    table.string('retired_at', 30);
    table.index(['use', 'created_at'], 'signing_keys_use_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('signing_keys');
};
