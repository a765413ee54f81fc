// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('gate_runs', table => {
    table.text('progress').comment('JSON; how far a run is');
  });
  await knex.schema.alterTable('gate_evidence', table => {
    table
      .string('digest', 71)
      .comment('sha256 over verdict, findings, evidence and files');
    table.text('files').comment('JSON; name, media type, size and SHA-256');
  });
  await knex.schema.createTable('gate_files', table => {
    table.comment('Documents that gates left, by content; rows are only added');
    table.string('sha256', 64).primary();
    table.text('content', 'longtext').notNullable();
    table.bigInteger('at').notNullable();
  });
  await knex.schema.createTable('gate_artifact_scans', table => {
    table.comment('What the scanner found in bytes that are known by digest');
    table
      .string('key', 64)
      .primary()
      .comment('SHA-256 over digest, name and version of the scanner');
    table.string('digest', 71).notNullable();
    table.string('name', 1024).notNullable();
    table.string('scanner', 100).notNullable();
    table.bigInteger('scanned_at').notNullable();
    table.text('uri').notNullable();
    table.text('result', 'longtext').notNullable().comment('JSON');
    table.index(['digest'], 'gate_artifact_scans_digest_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_artifact_scans');
  await knex.schema.dropTable('gate_files');
  await knex.schema.alterTable('gate_evidence', table => {
    table.dropColumn('digest');
    table.dropColumn('files');
  });
  await knex.schema.alterTable('gate_runs', table => {
    table.dropColumn('progress');
  });
};
