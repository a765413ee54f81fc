// @ts-check
const { createHash } = require('node:crypto');

const hashOf = (/** @type {string} */ text) =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_texts', table => {
    table.comment('Texts of policy files, by what they are');
    table.string('hash', 80).primary();
    table.text('content').notNullable();
  });
  await knex.schema.createTable('policy_activations', table => {
    table.comment('Each time that other policies came into force');
    table.increments('id').primary();
    table.string('version', 80).notNullable();
    table.string('at', 30).notNullable();
    table.string('how', 20).notNullable().comment('folder or portal');
    table.string('by_ref', 255);
    table.string('proposal_id', 40);
    table.text('reason');
    table.text('files').notNullable().comment('JSON: hash by file');
    table.text('changed').notNullable().comment('JSON: names of files');
  });
  await knex.schema.createTable('policy_overlay', table => {
    table.comment('Files that the portal put over those of the folder');
    table.string('file', 255).primary();
    table.string('hash', 80).comment('Of its text; null where it is removed');
    table
      .string('folder_hash', 80)
      .comment('Of the file in the folder then; null where there was none');
    table.integer('activation_id').notNullable();
  });
  await knex.schema.createTable('policy_proposals', table => {
    table.comment('Changes of policies that somebody proposes');
    table.string('id', 40).primary();
    table.string('title', 200).notNullable();
    table.text('reason').notNullable();
    table.string('author', 255).notNullable();
    table.string('state', 20).notNullable();
    table.integer('revision').notNullable();
    table.string('base_version', 80).notNullable();
    table.string('base_hash', 80).notNullable();
    table.text('files').notNullable().comment('JSON: changed files');
    table.text('base_files').notNullable().comment('JSON: the same at base');
    table.string('created_at', 30).notNullable();
    table.string('updated_at', 30).notNullable();
    table.string('ended_at', 30);
    table.string('ended_by', 255);
    table.text('end_reason');
    table.integer('activation_id');
    table.index(['state', 'updated_at']);
  });
  await knex.schema.alterTable('policy_in_force', table => {
    table
      .integer('overlay_revision')
      .notNullable()
      .defaultTo(0)
      .comment('Counts changes of policy_overlay');
    table
      .string('applied_version', 80)
      .notNullable()
      .defaultTo('')
      .comment('The version by which live approvals were looked at last');
  });
  await knex('policy_in_force').update({
    applied_version: knex.ref('version'),
  });

  /** @type {Record<string, string>} */
  let before = {};
  const versions = await knex('policy_versions').orderBy('first_at');
  for (const { version, sources, first_at: at } of versions) {
    /** @type {Array<{ file: string, text: string }>} */
    const texts = JSON.parse(sources);
    await knex('policy_texts')
      .insert(texts.map(({ text }) => ({ hash: hashOf(text), content: text })))
      .onConflict('hash')
      .ignore();
    const files = Object.fromEntries(
      texts.map(({ file, text }) => [file, hashOf(text)]),
    );
    const changed = changedFiles(before, files);
    await knex('policy_activations').insert({
      version,
      at,
      how: 'folder',
      files: JSON.stringify(files),
      changed: JSON.stringify(changed),
    });
    before = files;
  }
};

/**
 * @param {Record<string, string>} before
 * @param {Record<string, string>} files
 */
function changedFiles(before, files) {
  return [...new Set([...Object.keys(before), ...Object.keys(files)])]
    .filter(file => before[file] !== files[file])
    .sort();
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policy_in_force', table => {
    table.dropColumn('overlay_revision');
    table.dropColumn('applied_version');
  });
  await knex.schema.dropTable('policy_proposals');
  await knex.schema.dropTable('policy_overlay');
  await knex.schema.dropTable('policy_activations');
  await knex.schema.dropTable('policy_texts');
};
