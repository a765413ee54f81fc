// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('model_ratings', table => {
    table.comment('What people gave each model, as the reviews room says');
    table.integer('model_id').primary();
    table.integer('people').notNullable().comment('How many gave stars');
    table.double('mean').nullable().comment('1 to 5; null without people');
    table.double('average').nullable().comment('Bayesian, 1 to 5');
    table.index(['average']);
    table.foreign('model_id').references('models.id').onDelete('CASCADE');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('model_ratings');
};
