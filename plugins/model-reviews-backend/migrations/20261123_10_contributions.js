// @ts-check

/** @param {import('knex').Knex} knex */
const isPostgres = knex =>
  /pg|postgres/.test(String(knex.client.config.client));

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('contributions', table => {
    table.comment('Reviews, replies, tips, questions and answers as they are');
    table.increments('pk').comment('For order and joins only');
    table.string('id', 36).notNullable().unique();
    table.string('kind', 10).notNullable();
    table.string('entity_ref', 400).notNullable().comment('Of the model');
    table
      .string('parent_id', 36)
      .comment('Review of a reply or tip, question of an answer');
    table.string('author', 400).notNullable().comment('Ref or pseudonym');
    table.text('content').notNullable().comment('JSON, as it was written');
    table.integer('revision').notNullable();
    table.string('created_at', 30).notNullable().comment('ISO 8601 in UTC');
    table.string('edited_at', 30);
    table.string('withdrawn_at', 30);
    table.string('hidden_at', 30);
    table.text('hidden_reason');
    table.integer('helpful').notNullable().defaultTo(0);
    table
      .integer('milestone')
      .notNullable()
      .defaultTo(0)
      .comment('Votes of which the author was told');
    table.string('model_version', 100);
    table.string('use_case', 120).comment('Of reviews');
    table.string('use_case_key', 120).comment('In lower case');
    table.boolean('verified').notNullable().defaultTo(false);
    table.integer('quality');
    table.integer('speed');
    table.integer('cost');
    table.integer('ease');
    table.double('overall').comment('Mean of the stars');
    table.string('tip_kind', 20);
    table.string('accepted_id', 36).comment('Answer of a question');
    table.string('owner_ref', 400).comment('Owner for whom it was written');
    table.index(
      ['entity_ref', 'kind', 'created_at'],
      'contributions_model_idx',
    );
    table.index(['kind', 'created_at'], 'contributions_kind_idx');
    table.index(['author', 'kind', 'created_at'], 'contributions_author_idx');
    table.index(['parent_id', 'kind'], 'contributions_parent_idx');
    table.index(['withdrawn_at'], 'contributions_withdrawn_idx');
    table.index(['hidden_at'], 'contributions_hidden_idx');
  });
  await knex.raw(
    `CREATE UNIQUE INDEX contributions_one_review ON contributions (author, entity_ref, model_version) WHERE kind = 'review' AND withdrawn_at IS NULL`,
  );
  await knex.raw(
    `CREATE UNIQUE INDEX contributions_one_reply ON contributions (parent_id) WHERE kind = 'reply' AND withdrawn_at IS NULL`,
  );

  await knex.schema.createTable('contribution_revisions', table => {
    table.comment('What they said, the present included');
    table.string('contribution_id', 36).notNullable();
    table.integer('revision').notNullable();
    table.string('at', 30).notNullable();
    table.text('content').notNullable().comment('JSON');
    table.primary(['contribution_id', 'revision']);
  });

  await knex.schema.createTable('helpful_votes', table => {
    table.comment('Who found what helpful');
    table.string('contribution_id', 36).notNullable();
    table.string('person', 400).notNullable();
    table.string('at', 30).notNullable();
    table.primary(['contribution_id', 'person']);
    table.index(['person'], 'helpful_votes_person_idx');
  });

  if (isPostgres(knex)) {
    await knex.raw('ALTER TABLE contributions ADD COLUMN document tsvector');
    await knex.raw(
      'CREATE INDEX contributions_document ON contributions USING gin(document)',
    );
  } else {
    await knex.raw(
      `CREATE VIRTUAL TABLE contribution_text USING fts5(words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (!isPostgres(knex)) await knex.schema.dropTable('contribution_text');
  await knex.schema.dropTable('helpful_votes');
  await knex.schema.dropTable('contribution_revisions');
  await knex.schema.dropTable('contributions');
};
