// @ts-check

/**
 * Which replica holds the open stream of a gateway, and until when that is to
 * be believed unless the replica says so again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('gateway_identities', table => {
    table.string('stream_holder', 64);
    table.string('stream_until', 30);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('gateway_identities', table => {
    table.dropColumn('stream_until');
    table.dropColumn('stream_holder');
  });
};
