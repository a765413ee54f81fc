// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('evidence_tokens', table => {
    table.comment(
      'Keys with which pipelines sign evidence; public halves only',
    );
    table.string('id', 40).primary();
    table.string('kind', 20).notNullable().comment('issued or ci');
    table.string('name', 200).notNullable();
    table.string('hint', 8).notNullable().comment('End of the secret');
    table.string('key_id', 16).notNullable().unique();
    table.text('public_key').notNullable().comment('SPKI PEM');
    table.string('entity_ref', 255).notNullable();
    table.string('model_version', 255).notNullable();
    table.string('pin', 255).notNullable();
    table.text('gates').notNullable().comment('JSON; gate ids');
    table.string('owner', 255).notNullable();
    table.string('issued_by', 255).notNullable();
    table.text('identity').comment('JSON; claims of the pipeline');
    table
      .string('identity_hash', 64)
      .unique()
      .comment('SHA-256 of the identity token, which counts once');
    table.string('created_at', 30).notNullable();
    table.string('expires_at', 30).notNullable();
    table.string('revoked_at', 30);
    table.string('last_used_at', 30);
    table.index(['owner'], 'evidence_tokens_owner_idx');
    table.index(['entity_ref'], 'evidence_tokens_entity_idx');
  });
  await knex.schema.createTable('evidence_submissions', table => {
    table.comment('What pipelines submitted to gates; rows are never deleted');
    table.string('id', 40).primary();
    table.string('digest', 71).notNullable().unique();
    table.bigInteger('seq').notNullable().comment('Of its event; its order');
    table.string('token_id', 40).notNullable();
    table.string('nonce', 64).notNullable();
    table.string('entity_ref', 255).notNullable();
    table.string('model_version', 255).notNullable();
    table.string('pin', 255).notNullable();
    table.string('gate_id', 100).notNullable();
    table.text('predicate_type').notNullable();
    table.text('envelope', 'longtext').notNullable().comment('JSON; DSSE');
    table.string('produced_at', 30).notNullable();
    table.string('submitted_at', 30).notNullable();
    table.string('submitted_by', 255).notNullable();
    table.text('answer').notNullable().comment('JSON; for replays');
    table.string('withdrawn_at', 30);
    table.string('withdrawn_by', 255);
    table.text('withdraw_reason');
    table.unique(['token_id', 'nonce'], {
      indexName: 'evidence_submissions_nonce_idx',
    });
    table.index(
      ['entity_ref', 'pin', 'gate_id', 'seq'],
      'evidence_submissions_gate_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('evidence_submissions');
  await knex.schema.dropTable('evidence_tokens');
};
