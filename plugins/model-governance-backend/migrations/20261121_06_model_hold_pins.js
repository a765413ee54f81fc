// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('approval_model_holds', table => {
    table
      .string('pin')
      .comment('What the held version is: under another name it is held, too');
  });
  const holds = await knex('approval_model_holds')
    .whereNull('cleared_at')
    .whereNotNull('model_version');
  for (const { id, entity_ref, model_version } of holds) {
    const approval = await knex('approvals')
      .where({ entity_ref, model_version })
      .whereNotNull('pin')
      .whereNot('pin', 'like', 'unpinned:%')
      .orderBy('created_at', 'desc')
      .first('pin');
    if (approval) {
      await knex('approval_model_holds')
        .where({ id })
        .update({ pin: approval.pin });
    }
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE approval_model_holds DROP COLUMN pin');
};
