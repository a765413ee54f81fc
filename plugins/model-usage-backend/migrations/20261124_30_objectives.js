// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('slo_objectives', table => {
    table.comment(
      'What endpoints of models and the control plane have to keep',
    );
    table.string('id', 36).primary();
    table
      .string('live_key', 64)
      .unique()
      .comment('Of what it is about; absent when it was removed');
    table.string('plane', 10).notNullable();
    table.string('kind', 30).notNullable();
    table
      .string('model', 512)
      .notNullable()
      .comment('Gateway id; empty for the control plane');
    table
      .string('model_version', 512)
      .notNullable()
      .comment('Empty for all versions');
    table.integer('target_ppm').notNullable().comment('Good ones of a million');
    table.integer('limit_ms').notNullable().comment('0 where there is none');
    table.integer('window_days').notNullable();
    table.text('notify').notNullable().comment('JSON list of entity refs');
    table
      .string('default_of', 20)
      .comment('Tier, or control-plane; absent for what somebody set');
    table.integer('version').notNullable();
    table.string('updated_by').notNullable();
    table.string('updated_at', 30).notNullable();
    table.string('removed_at', 30);
    table.string('state', 10).notNullable().comment('As last looked at');
    table.double('budget_left').comment('As last looked at');
    table.string('looked_at', 30);
    table.index(['plane', 'model'], 'slo_objectives_model_idx');
  });

  await knex.schema.createTable('slo_changes', table => {
    table.comment('Who set, changed and removed objectives');
    table.increments('pk');
    table.string('objective_id', 36).notNullable();
    table.string('at', 30).notNullable();
    table.string('by').notNullable();
    table.string('action', 10).notNullable();
    table.text('reason');
    table.text('before').comment('JSON');
    table.text('after').comment('JSON');
    table.index(['objective_id', 'pk'], 'slo_changes_objective_idx');
  });

  await knex.schema.createTable('slo_episodes', table => {
    table.comment('Alerts about objectives, from begin to end');
    table.string('id', 36).primary();
    table.string('objective_id', 36).notNullable();
    table
      .string('open_key', 60)
      .unique()
      .comment('Objective and severity; absent when it is over');
    table.string('severity', 10).notNullable();
    table.string('rule', 10).notNullable();
    table.string('opened_at', 30).notNullable();
    table.string('burnt_at', 30).notNullable();
    table.string('closed_at', 30);
    table.double('peak_burn').notNullable();
    table.double('budget_left').notNullable().comment('When it opened');
    table.string('exhausts_at', 30).comment('As reckoned when it opened');
    table.boolean('told').notNullable();
    table.index(['objective_id', 'opened_at'], 'slo_episodes_objective_idx');
  });

  await knex.schema.createTable('slo_notices', table => {
    table.comment('What of alerts is still to be told');
    table.increments('pk');
    table.text('notice').notNullable().comment('JSON');
    table.string('created_at', 30).notNullable();
    table.string('leased_until', 30).notNullable();
  });

  await knex.schema.createTable('slo_looks', table => {
    table.comment('How long things of the control plane took');
    table.string('indicator', 30).notNullable();
    table.string('level', 10).notNullable();
    table.integer('at').notNullable().comment('Periods since 1970 in UTC');
    table.binary('sketch').notNullable();
    table.primary(['indicator', 'level', 'at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('slo_looks');
  await knex.schema.dropTable('slo_notices');
  await knex.schema.dropTable('slo_episodes');
  await knex.schema.dropTable('slo_changes');
  await knex.schema.dropTable('slo_objectives');
};
