// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('playground_keys', table => {
    table.comment('Gateway keys that people call hosted models with');
    table.string('person', 255).notNullable().comment('Entity ref');
    table.string('profile', 100).notNullable();
    table.string('purpose', 100).notNullable();
    table.string('key_id', 100).notNullable().comment('In governance');
    table.text('secret').notNullable().comment('Sealed');
    table.bigInteger('expires_at').notNullable();
    table.primary(['person', 'profile']);
    table.index(['expires_at'], 'playground_keys_expires_idx');
  });
  await knex.schema.createTable('playground_batches', table => {
    table.comment('Files that people run through models');
    table.string('id', 40).primary();
    table.string('name', 100).notNullable();
    table.string('file_name', 200);
    table.string('person', 255).notNullable().comment('Entity ref');
    table.string('profile', 100);
    table.string('format', 10).notNullable();
    table.string('digest', 71).notNullable().comment('Of the file');
    table.integer('row_count').notNullable();
    table.text('columns').notNullable().comment('JSON');
    table.text('system_text');
    table.text('settings').notNullable().comment('JSON');
    table.text('scorers').notNullable().comment('JSON');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('erase_at').notNullable();
    table.index(['person', 'created_at'], 'playground_batches_person_idx');
    table.index(['erase_at'], 'playground_batches_erase_idx');
  });
  await knex.schema.createTable('playground_rows', table => {
    table.comment('Rows of files, as cases of a pack');
    table.string('batch_id', 40).notNullable();
    table.integer('place').notNullable();
    table.integer('line').notNullable().comment('In the file');
    table.string('case_id', 128).notNullable();
    table.text('content', 'longtext').notNullable().comment('JSON');
    table.primary(['batch_id', 'place']);
  });
  await knex.schema.createTable('playground_runs', table => {
    table.comment('What one target of a batch comes to');
    table.string('id', 40).primary();
    table.string('batch_id', 40).notNullable();
    table.integer('place').notNullable();
    table.string('person', 255).notNullable().comment('Entity ref');
    table.text('target').notNullable().comment('JSON');
    table.string('pin', 255).comment('What the version was when it began');
    table.string('state', 20).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('owner', 64).comment('Replica that holds the lease');
    table.bigInteger('lease_until');
    table.bigInteger('next_attempt_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table.text('progress').comment('JSON');
    table.text('problem');
    table.text('result', 'longtext').comment('JSON; an evaluation result');
    table.string('result_id', 40).comment('In governance, once saved');
    table.text('attached').comment('JSON; ids of approvals');
    table.unique(['batch_id', 'place'], {
      indexName: 'playground_runs_place_idx',
    });
    table.index(['state', 'next_attempt_at'], 'playground_runs_due_idx');
    table.index(['person', 'state'], 'playground_runs_person_idx');
  });
  await knex.schema.createTable('playground_records', table => {
    table.comment('Journals of runs: answers and scores, row by row');
    table.bigIncrements('seq');
    table.string('run_id', 40).notNullable();
    table.string('case_id', 128);
    table.text('record', 'longtext').notNullable().comment('JSON');
    table.index(['run_id', 'seq'], 'playground_records_run_idx');
    table.index(['run_id', 'case_id'], 'playground_records_case_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('playground_records');
  await knex.schema.dropTable('playground_runs');
  await knex.schema.dropTable('playground_rows');
  await knex.schema.dropTable('playground_batches');
  await knex.schema.dropTable('playground_keys');
};
