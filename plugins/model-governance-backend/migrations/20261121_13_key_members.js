// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_keys', table => {
    table
      .boolean('owner_was_member')
      .notNullable()
      .defaultTo(false)
      .comment('The owner was seen among the members of the profile');
    table
      .string('owner_left_since', 30)
      .comment('When the owner was first seen to be a member no longer');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('access_keys', table => {
    table.dropColumn('owner_left_since');
    table.dropColumn('owner_was_member');
  });
};
