// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_keys', table => {
    table
      .string('endpoint_id', 63)
      .comment('The evaluation endpoint that the key opens and nothing else');
    table
      .string('endpoint_hash', 64)
      .comment(
        'Of the secret; `hash` is then that of nothing, so that a replica of an earlier version does not publish the key as one that opens more',
      );
    table.string('endpoint_gateway_id', 512).comment('What runs there');
    table.string('endpoint_version');
    table.text('endpoint_base_url').comment('Where it is called');
    table.string('endpoint_model', 512).comment('How the server calls it');
    table.string('endpoint_bound_at', 30);
    table.unique(['endpoint_hash'], {
      indexName: 'access_keys_endpoint_hash_uniq',
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('access_keys', table => {
    table.dropUnique(['endpoint_hash'], 'access_keys_endpoint_hash_uniq');
  });
  await knex.schema.alterTable('access_keys', table => {
    table.dropColumns(
      'endpoint_bound_at',
      'endpoint_model',
      'endpoint_base_url',
      'endpoint_version',
      'endpoint_gateway_id',
      'endpoint_hash',
      'endpoint_id',
    );
  });
};
