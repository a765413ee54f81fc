// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gateway_invitations', table => {
    table.comment('Single-use tokens with which gateways enrol');
    table.string('id', 36).primary();
    table.string('name', 100).notNullable();
    table.string('token_hash', 64).notNullable().unique();
    table.string('invited_by').notNullable();
    table.string('created_at', 30).notNullable();
    table.string('expires_at', 30).notNullable();
    table.string('used_at', 30);
  });

  await knex.schema.createTable('gateway_identities', table => {
    table.comment('Enrolled gateways');
    table.string('id', 36).primary();
    table.string('name', 100).notNullable();
    table
      .string('live_name', 100)
      .unique()
      .comment('The name while enrolled, so that a name has one gateway');
    table.text('public_key').notNullable().comment('SPKI PEM');
    table
      .string('token_hash', 64)
      .notNullable()
      .comment('Of the token that enrolled it');
    table.string('enrolled_at', 30).notNullable();
    table.string('last_seen_at', 30);
    table.integer('epoch');
    table.bigInteger('version');
    table.text('alarms').comment('JSON list');
    table.string('removed_at', 30);
  });

  await knex.schema.createTable('gateway_proofs', table => {
    table.comment('Proofs that were used, until they expire');
    table.string('jti', 200).primary();
    table.string('expires_at', 30).notNullable();
    table.index('expires_at', 'gateway_proofs_expiry_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gateway_proofs');
  await knex.schema.dropTable('gateway_identities');
  await knex.schema.dropTable('gateway_invitations');
};
