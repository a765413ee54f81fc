// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('evaluation_pack_contents', table => {
    table.comment('Files of evaluation packs as they were read');
    table.string('digest', 71).primary();
    table.text('content', 'longtext').notNullable().comment('JSON');
    table.string('stored_at', 30).notNullable();
  });
  await knex.schema.createTable('evaluation_pack_versions', table => {
    table.comment('What a version of a pack was when it was read first');
    table.string('entity_ref', 255).notNullable();
    table.string('version', 200).notNullable();
    table.string('digest', 71).notNullable();
    table.string('first_seen_at', 30).notNullable();
    table
      .string('other_digest', 71)
      .comment('Other content under the same version, as it was read last');
    table.string('changed_at', 30);
    table.primary(['entity_ref', 'version']);
  });
  await knex.schema.createTable('evaluation_results', table => {
    table.comment('Results of evaluations; rows are never changed');
    table.string('id', 40).primary();
    table.bigInteger('seq').notNullable().comment('Of its event; its order');
    table.string('digest', 71).notNullable().comment('Of the document');
    table.string('entity_ref', 255).notNullable();
    table.string('model_version', 255).notNullable();
    table.string('pin', 255).notNullable();
    table.text('predicate_type').notNullable();
    table.string('suite', 255).notNullable();
    table.string('suite_version', 255);
    table.string('pack_ref', 255);
    table.string('source', 20).notNullable().comment('pipeline, hub, online');
    table.string('run_id', 40);
    table.string('submitted_by', 255).notNullable();
    table.string('started_by', 255);
    table.string('started_at', 40).notNullable();
    table.string('finished_at', 40).notNullable();
    table.string('submitted_at', 30).notNullable();
    table.text('document', 'longtext').notNullable().comment('JSON');
    table.unique(['entity_ref', 'pin', 'digest'], {
      indexName: 'evaluation_results_digest_idx',
    });
    table.index(['entity_ref', 'seq'], 'evaluation_results_entity_idx');
    table.index(['pack_ref', 'seq'], 'evaluation_results_pack_idx');
    table.index(['suite', 'seq'], 'evaluation_results_suite_idx');
  });
  await knex.schema.createTable('evaluation_result_submissions', table => {
    table.comment('Checks that a result was submitted to');
    table.string('submission_id', 40).primary();
    table.string('result_id', 40).notNullable();
    table.string('gate_id', 100).notNullable();
    table.index(['result_id'], 'evaluation_result_submissions_idx');
  });
  await knex.schema.createTable('evaluation_runs', table => {
    table.comment('Runs of evaluation packs in the hub');
    table.string('id', 40).primary();
    table.string('entity_ref', 255).notNullable();
    table.string('model_version', 255).notNullable();
    table.string('pin', 255).notNullable();
    table.string('pack_ref', 255).notNullable();
    table.string('pack_name', 255).notNullable();
    table.string('pack_title', 1000).notNullable();
    table.string('pack_version', 200).notNullable();
    table.string('pack_digest', 71).notNullable();
    table.text('gates').notNullable().comment('JSON; gate ids');
    table.string('state', 20).notNullable();
    table.string('requested_by', 255).notNullable();
    table.string('team', 255).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('owner', 64).comment('Replica that holds the lease');
    table.bigInteger('lease_until');
    table.bigInteger('next_attempt_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table.text('progress').comment('JSON');
    table.text('problem');
    table.string('result_id', 40);
    table.index(['state', 'next_attempt_at'], 'evaluation_runs_due_idx');
    table.index(['entity_ref', 'created_at'], 'evaluation_runs_entity_idx');
    table.index(['team', 'created_at'], 'evaluation_runs_team_idx');
    table.index(['requested_by', 'created_at'], 'evaluation_runs_person_idx');
  });
  await knex.schema.createTable('evaluation_run_records', table => {
    table.comment('Journals of runs: answers and scores, case by case');
    table.bigIncrements('seq');
    table.string('run_id', 40).notNullable();
    table.text('record', 'longtext').notNullable().comment('JSON');
    table.index(['run_id', 'seq'], 'evaluation_run_records_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('evaluation_run_records');
  await knex.schema.dropTable('evaluation_runs');
  await knex.schema.dropTable('evaluation_result_submissions');
  await knex.schema.dropTable('evaluation_results');
  await knex.schema.dropTable('evaluation_pack_versions');
  await knex.schema.dropTable('evaluation_pack_contents');
};
