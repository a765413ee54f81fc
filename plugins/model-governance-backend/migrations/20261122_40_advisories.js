// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('advisory_answers', table => {
    table.comment(
      'What a source of advisories answered to a question, and when',
    );
    table.string('source', 63).notNullable();
    table
      .string('question', 64)
      .notNullable()
      .comment('SHA-256 over the package, or over the address of a feed');
    table.bigInteger('answered_at').notNullable();
    table.text('ids').notNullable().comment('JSON list of id and modified');
    table.primary(['source', 'question']);
  });
  await knex.schema.createTable('advisory_records', table => {
    table.comment('Advisories that were read from afar, by source and id');
    table.string('source', 63).notNullable();
    table.string('id', 200).notNullable();
    table.string('modified', 40).notNullable();
    table.bigInteger('read_at').notNullable();
    table.text('record', 'longtext').notNullable().comment('JSON');
    table.primary(['source', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('advisory_records');
  await knex.schema.dropTable('advisory_answers');
};
