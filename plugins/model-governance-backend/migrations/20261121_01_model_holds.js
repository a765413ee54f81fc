// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('approval_model_holds', table => {
    table.comment('Reasons why a model, or one version of it, is off');
    table.string('id', 36).primary();
    table.string('entity_ref').notNullable();
    table.string('model_version').comment('NULL: every version');
    table.string('kind', 20).notNullable();
    table.text('reason').notNullable();
    table.string('placed_by').notNullable();
    table.string('placed_at', 30).notNullable();
    table.string('cleared_by');
    table.string('cleared_at', 30);
    table.text('clear_reason');
    table.index(['entity_ref', 'cleared_at'], 'approval_model_holds_idx');
  });

  // Nobody cleared them, so they count also where the approval ended.
  const reaching = knex('approval_holds')
    .whereNot('covers', 'scope')
    .whereNull('cleared_at');
  const rows = await reaching
    .clone()
    .join('approvals', 'approvals.id', 'approval_holds.approval_id')
    .orderBy(['placed_at', 'approval_holds.id'])
    .select('approval_holds.*', 'entity_ref', 'model_version');
  const holds = new Map();
  for (const row of rows) {
    const hold = {
      entity_ref: row.entity_ref,
      model_version: row.covers === 'version' ? row.model_version : null,
      kind: row.kind,
      reason: row.reason,
      placed_by: row.placed_by,
    };
    const key = JSON.stringify(hold);
    if (!holds.has(key)) {
      holds.set(key, { ...hold, id: row.id, placed_at: row.placed_at });
    }
  }
  for (const hold of holds.values()) {
    await knex('approval_model_holds').insert(hold);
  }
  await reaching.clone().delete();
  await knex.raw('ALTER TABLE approval_holds DROP COLUMN covers');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('approval_holds', table => {
    table.string('covers', 10).notNullable().defaultTo('scope');
  });
  const holds = await knex('approval_model_holds').whereNull('cleared_at');
  for (const { entity_ref, model_version, ...hold } of holds) {
    const held = knex('approvals').where({ entity_ref, state: 'suspended' });
    if (model_version !== null) held.where({ model_version });
    const ids = await held.pluck('id');
    for (const [index, approval_id] of ids.entries()) {
      await knex('approval_holds').insert({
        ...hold,
        // The first keeps the id that the ledger names.
        id: index === 0 ? hold.id : crypto.randomUUID(),
        approval_id,
        covers: model_version === null ? 'model' : 'version',
      });
    }
  }
  await knex.schema.dropTable('approval_model_holds');
};
