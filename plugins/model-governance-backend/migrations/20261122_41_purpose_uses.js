// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const name of ['access_purposes', 'access_purpose_terms']) {
    await knex.schema.alterTable(name, table => {
      table
        .text('uses')
        .comment('JSON list: what is done with a model; null when nobody says');
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of ['access_purposes', 'access_purpose_terms']) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('uses');
    });
  }
};
