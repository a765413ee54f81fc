// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('approval_evaluations', table => {
    table.comment('Evaluations that people attached to requests');
    table.string('approval_id', 40).notNullable();
    table.string('result_id', 40).notNullable();
    table.string('attached_by', 255).notNullable().comment('Entity ref');
    table.string('attached_at', 30).notNullable();
    table.bigInteger('seq').notNullable().comment('Of its event; its order');
    table.primary(['approval_id', 'result_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('approval_evaluations');
};
