// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_uncovered', table => {
    table.comment('Calls that enforcing would have refused, by day');
    table.string('id', 64).primary().comment('Hash of what is summed up');
    table.string('day', 10).notNullable();
    table.text('profile').notNullable();
    table.text('model').notNullable();
    table.text('key_id').notNullable();
    table.string('code', 30).notNullable();
    table.bigInteger('calls').notNullable();
    table.string('first_at', 30).notNullable();
    table.string('last_at', 30).notNullable();
    table.index(['day', 'profile'], 'usage_uncovered_day_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_uncovered');
};
