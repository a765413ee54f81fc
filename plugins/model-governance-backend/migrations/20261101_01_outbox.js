// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('outbox', table => {
    table.comment('What goes out after commit');
    table.bigIncrements('id');
    table.string('topic', 40).notNullable();
    table.text('payload').notNullable().comment('JSON');
    table.string('created_at', 30).notNullable();
    table.string('owner', 64).comment('The replica that delivers it now');
    table.string('lease_until', 30);
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at', 30).notNullable();
    table.string('delivered_at', 30);
    table.string('abandoned_at', 30).comment('Given up after many attempts');
    table.text('last_error');
    table.index(['topic', 'id'], 'outbox_due_idx', {
      predicate: knex.whereNull('delivered_at'),
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('outbox');
};
