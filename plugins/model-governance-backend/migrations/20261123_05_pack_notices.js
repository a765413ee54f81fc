// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('pack_notices', table => {
    table.comment(
      'New versions of evaluation packs that the people of an approval were told of',
    );
    table.string('approval_id', 64).notNullable();
    table.string('pack_ref', 255).notNullable();
    table.string('version', 255).notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['approval_id', 'pack_ref', 'version']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pack_notices');
};
