// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_profiles', table => {
    table.text('settings').comment('JSON; the defaults without');
  });
  await knex.schema.alterTable('access_purposes', table => {
    table.integer('max_retention_days');
    table.string('updated_at', 30);
  });
  await knex.schema.alterTable('access_keys', table => {
    table.text('limits').comment('JSON');
    table.string('rotated_at', 30);
    table
      .string('previous_hash', 64)
      .comment('The secret before the last rotation');
    table.string('previous_hint', 4);
    table.string('previous_until', 30);
    table
      .string('owner_missing_since', 30)
      .comment('When the catalog was first without the owner');
  });
  const limited = await knex('access_keys')
    .whereNotNull('requests_per_minute')
    .select('id', 'requests_per_minute');
  for (const { id, requests_per_minute: requestsPerMinute } of limited) {
    await knex('access_keys')
      .where({ id })
      .update({ limits: JSON.stringify({ requestsPerMinute }) });
  }
  await knex.schema.alterTable('access_keys', table => {
    table.dropColumn('requests_per_minute');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('access_keys', table => {
    table.integer('requests_per_minute');
  });
  const limited = await knex('access_keys')
    .whereNotNull('limits')
    .select('id', 'limits');
  for (const { id, limits } of limited) {
    await knex('access_keys')
      .where({ id })
      .update({
        requests_per_minute: JSON.parse(limits).requestsPerMinute ?? null,
      });
  }
  await knex.schema.alterTable('access_keys', table => {
    table.dropColumn('owner_missing_since');
    table.dropColumn('previous_until');
    table.dropColumn('previous_hint');
    table.dropColumn('previous_hash');
    table.dropColumn('rotated_at');
    table.dropColumn('limits');
  });
  await knex.schema.alterTable('access_purposes', table => {
    table.dropColumn('updated_at');
    table.dropColumn('max_retention_days');
  });
  await knex.schema.alterTable('access_profiles', table => {
    table.dropColumn('settings');
  });
};
