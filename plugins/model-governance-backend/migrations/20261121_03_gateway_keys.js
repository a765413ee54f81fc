// @ts-check

/** As `gatewayIdKey` of models-common was when this was written. */
const keyOf = (/** @type {string} */ gatewayId) =>
  gatewayId.normalize('NFKC').trim().toLowerCase();

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('allowlist_models', table => {
    table
      .text('gateway_key')
      .notNullable()
      .defaultTo('')
      .comment('The form in which gateway ids are compared');
  });
  for (const { entity_ref, gateway_id } of await knex(
    'allowlist_models',
  ).select('entity_ref', 'gateway_id')) {
    await knex('allowlist_models')
      .where({ entity_ref })
      .update({ gateway_key: keyOf(gateway_id) });
  }
  await knex.schema.alterTable('allowlist_models', table => {
    table.index('gateway_key', 'allowlist_models_gateway_key_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('allowlist_models', table => {
    table.dropIndex('gateway_key', 'allowlist_models_gateway_key_idx');
    table.dropColumn('gateway_key');
  });
};
