// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('ledger_head', table => {
    table.comment('One row: the end of the chain, and the lock of its writers');
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('ledger_head').insert({ id: 1, seq: 0, hash: '0'.repeat(64) });

  await knex.schema.createTable('ledger_events', table => {
    table.comment('Append-only, hash-chained governance events');
    table.bigInteger('seq').primary();
    table.string('at', 30).notNullable();
    table.string('actor').notNullable();
    table.string('subject').notNullable();
    table.string('type').notNullable();
    table.text('payload').notNullable().comment('JSON');
    table.string('prev_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.string('entity_ref').comment('Same as in payload; for look-ups');
    table.string('approval_id').comment('Same as in payload; for look-ups');
    table.boolean('affects_standing').notNullable();
    table.index(['entity_ref', 'seq'], 'ledger_events_entity_idx');
    table.index(['approval_id', 'seq'], 'ledger_events_approval_idx');
    table.index(['subject', 'seq'], 'ledger_events_subject_idx');
    table.index(['type', 'seq'], 'ledger_events_type_idx');
    table.index(['affects_standing', 'seq'], 'ledger_events_standing_idx');
  });

  await knex.schema.createTable('ledger_people', table => {
    table.comment('Who is behind a pseudonym; a row is erased on request');
    table.string('pseudonym').primary();
    table.string('ref').notNullable().unique();
  });

  await knex.schema.createTable('ledger_texts', table => {
    table.comment('Free text of events; a row is erased on request');
    table.bigInteger('seq').primary();
    table.string('salt', 64).notNullable();
    table.text('text').notNullable();
  });

  await knex.schema.createTable('ledger_checkpoints', table => {
    table.comment('Signed statements about the chain');
    table.bigInteger('seq').primary();
    table.string('hash', 64).notNullable();
    table.string('at', 30).notNullable();
    table.string('key_id').notNullable();
    table.string('signature').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ledger_checkpoints');
  await knex.schema.dropTable('ledger_texts');
  await knex.schema.dropTable('ledger_people');
  await knex.schema.dropTable('ledger_events');
  await knex.schema.dropTable('ledger_head');
};
