// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('allowlist_epoch', table => {
    table.comment('One row; raised when a database was restored');
    table.integer('id').primary();
    table.integer('epoch').notNullable();
  });
  await knex('allowlist_epoch').insert({ id: 1, epoch: 1 });

  await knex.schema.createTable('allowlist_models', table => {
    table.comment('What gateways are told about models, as of the ledger head');
    table.string('entity_ref').primary();
    table.string('provider').notNullable();
    table.string('lifecycle', 20).notNullable();
    table.string('successor').comment('Gateway id');
    table.string('updated_at', 30).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('allowlist_models');
  await knex.schema.dropTable('allowlist_epoch');
};
