// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('passkeys', table => {
    table.string('id', 40).primary();
    table.string('credential_id', 1400).notNullable();
    table.string('credential_hash', 64).notNullable().unique();
    table.string('user_ref', 255).notNullable();
    table.string('name', 100).notNullable();
    table.text('public_key').notNullable().comment('COSE, base64url');
    table.bigInteger('counter').notNullable();
    table.text('transports').notNullable().comment('JSON');
    table.boolean('backed_up').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_used_at');
    table.bigInteger('removed_at');
    table.index(['user_ref'], 'passkeys_user_idx');
  });
  await knex.schema.createTable('passkey_invitations', table => {
    table.string('id', 40).primary();
    table.string('user_ref', 255).notNullable();
    table
      .string('open_user', 255)
      .unique()
      .comment('The user, while the invitation is open');
    table.string('invited_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('used_at');
  });
  await knex.schema.createTable('passkey_challenges', table => {
    table.comment('Single use; used ones are kept with what was confirmed');
    table.string('id', 40).primary();
    table.string('user_ref', 255).notNullable();
    table.string('action', 40).notNullable();
    table.string('nonce', 64).notNullable();
    table.string('challenge', 64).notNullable().unique();
    table.string('payload_hash', 80);
    table.text('payload').comment('JSON; erasable');
    table
      .string('granted_by', 60)
      .comment('Registration: invitation or passkey');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('used_at');
    table.text('evidence').comment('JSON');
    table.index(['user_ref', 'expires_at'], 'passkey_challenges_user_idx');
  });
  await knex.schema.createTable('passkey_failures', table => {
    table.bigIncrements('id');
    table.string('user_ref', 255).notNullable();
    table.bigInteger('at').notNullable();
    table.index(['user_ref', 'at'], 'passkey_failures_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('passkey_failures');
  await knex.schema.dropTable('passkey_challenges');
  await knex.schema.dropTable('passkey_invitations');
  await knex.schema.dropTable('passkeys');
};
