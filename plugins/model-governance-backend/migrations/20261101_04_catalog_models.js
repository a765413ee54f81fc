// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Copied from the catalog again by the next run of the job.
  await knex('allowlist_models').delete();
  await knex.schema.alterTable('allowlist_models', table => {
    table.string('gateway_id').notNullable();
    table
      .string('claimed_at', 30)
      .notNullable()
      .comment('When the model was first seen with this gateway id');
    table
      .string('missing_since', 30)
      .comment('When the catalog was first without the model');
  });
  await knex.schema.alterTable('allowlist_epoch', table => {
    table
      .bigInteger('listed_seq')
      .notNullable()
      .defaultTo(0)
      .comment('Ledger event that changed allowlist_models last');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('allowlist_epoch', table => {
    table.dropColumn('listed_seq');
  });
  await knex('allowlist_models').delete();
  await knex.schema.alterTable('allowlist_models', table => {
    table.dropColumn('missing_since');
    table.dropColumn('claimed_at');
    table.dropColumn('gateway_id');
  });
};
