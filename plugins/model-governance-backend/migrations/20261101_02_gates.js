// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_runs', table => {
    table.comment('One question to one gate; asked by any number of approvals');
    table.string('id', 40).primary();
    table
      .string('question', 64)
      .notNullable()
      .comment('SHA-256 over pin, gate, version, params and cache key');
    table
      .string('open_question', 64)
      .unique()
      .comment('The question, while no newer run asks it again');
    table.string('gate_id', 100).notNullable();
    table.string('gate_version', 60).notNullable();
    table.string('pin', 255).notNullable();
    table.text('params').notNullable().comment('JSON');
    table.text('subject').notNullable().comment('JSON');
    table.string('status', 20).notNullable().comment('queued, running, done');
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('owner', 64).comment('The replica that runs it');
    table.bigInteger('lease_until');
    table.bigInteger('next_attempt_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table.string('verdict', 20);
    table.text('summary');
    table.string('evidence_id', 40);
    table
      .boolean('critical')
      .notNullable()
      .defaultTo(false)
      .comment('The newest evidence has a critical finding');
    table.index(['status', 'next_attempt_at'], 'gate_runs_due_idx');
    table.index(['pin'], 'gate_runs_pin_idx');
  });
  await knex.schema.createTable('gate_evidence', table => {
    table.comment('What a gate found; rows are only ever added');
    table.string('id', 40).primary();
    table.string('run_id', 40).notNullable();
    table.string('gate_id', 100).notNullable();
    table.string('gate_version', 60).notNullable();
    table.string('pin', 255).notNullable();
    table.string('params_hash', 64).notNullable();
    table.bigInteger('at').notNullable();
    table.string('verdict', 20).notNullable();
    table.text('summary').notNullable();
    table.text('findings').notNullable().comment('JSON');
    table.text('evidence').comment('JSON');
    table.index(['run_id'], 'gate_evidence_run_idx');
  });
  await knex.schema.createTable('gate_approvals', table => {
    table.comment('What the gates of an approval conclude, and who was told');
    table.string('approval_id', 40).primary();
    table.string('generation', 40).notNullable();
    table.boolean('cancelled').notNullable().defaultTo(false);
    table.integer('changes').notNullable().comment('Grows with each change');
    table.integer('told').notNullable().comment('Changes that were looked at');
    table.text('told_conclusion').comment('JSON of what the listener heard');
    table.string('owner', 64);
    table.bigInteger('lease_until');
    table.bigInteger('next_attempt_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('gate_requests', table => {
    table.comment('The gates that an approval waits for');
    table.string('approval_id', 40).notNullable();
    table.string('gate_id', 100).notNullable();
    table.integer('position').notNullable();
    table.boolean('required').notNullable();
    table.boolean('applies').notNullable();
    table.boolean('from_cache').notNullable().defaultTo(false);
    table.string('question', 64).notNullable();
    table.string('run_id', 40);
    table.string('waived_by', 255);
    table.text('waiver_reason');
    table.bigInteger('waived_at');
    table.bigInteger('waived_until');
    table.boolean('waiver_ended').notNullable().defaultTo(false);
    table.primary(['approval_id', 'gate_id']);
    table.index(['run_id'], 'gate_requests_run_idx');
    table.index(['waived_until'], 'gate_requests_waiver_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_requests');
  await knex.schema.dropTable('gate_approvals');
  await knex.schema.dropTable('gate_evidence');
  await knex.schema.dropTable('gate_runs');
};
