// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('approvals', table => {
    table.comment('Requests and approvals; the state machine has the rules');
    table.string('id', 36).primary();
    table.string('kind', 20).notNullable();
    table.string('state', 20).notNullable();
    table.integer('revision').notNullable();
    table.integer('round').notNullable().comment('Counts submits');
    table.string('entity_ref').notNullable();
    table.string('title');
    table.string('gateway_id').notNullable();
    table.string('provider').notNullable();
    table.string('model_version').notNullable();
    table.string('pin').comment('What was decided on');
    table.string('digest');
    table.string('provider_model_id');
    table.string('snapshot_date', 10);
    table.string('decision_facts_hash', 80);
    table.string('owner_ref').notNullable();
    table
      .text('owner_people')
      .notNullable()
      .comment('JSON: who belonged to the owner at submit');
    table.string('tier', 20).notNullable();
    table.string('purpose', 63).notNullable();
    table.string('profile', 63).notNullable();
    table.text('justification').notNullable();
    table.string('requester').notNullable();
    table.string('requester_group');
    table.string('lead_group').comment('Whose lead is asked');
    table.string('policy_version', 80);
    table.text('policy_decision').comment('JSON');
    table.text('evidence_ids').notNullable().comment('JSON');
    table.text('blockers').notNullable().comment('JSON');
    table.string('waiting_for').notNullable().comment(',role,role,');
    table.string('created_at', 30).notNullable();
    table.string('updated_at', 30).notNullable();
    table.string('submitted_at', 30);
    table.string('waiting_since', 30);
    table.string('approved_at', 30);
    table.string('expires_at', 30);
    table.string('check_deadline_at', 30);
    table.string('absent_since', 30).comment('Model or owner not found since');
    table.string('pending_request_id', 36);
    table.string('superseded_by', 36);
    table.string('reviewed_at', 30);
    table.string('review_verdict', 20);
    table.index(['created_at', 'id'], 'approvals_created_idx');
    table.index(['state', 'expires_at'], 'approvals_state_idx');
    table.index(['entity_ref', 'state'], 'approvals_entity_idx');
    table.index(['requester', 'created_at'], 'approvals_requester_idx');
    table.index(['gateway_id', 'state'], 'approvals_gateway_idx');
  });

  await knex.schema.createTable('approval_sign_offs', table => {
    table.comment('Decisions of people');
    table.string('id', 36).primary();
    table
      .string('approval_id', 36)
      .notNullable()
      .references('approvals.id')
      .onDelete('CASCADE');
    table.integer('round').notNullable();
    table.string('role', 20).notNullable();
    table.string('decision', 20).notNullable();
    table.string('by').notNullable();
    table.string('on_behalf_of');
    table.text('reason');
    table.string('at', 30).notNullable();
    table.boolean('second_factor').notNullable();
    table.text('evidence').comment('JSON: the passkey assertion');
    table.string('void_at', 30);
    table.text('void_reason');
    table.index(['approval_id', 'at'], 'approval_sign_offs_idx');
  });

  await knex.schema.createTable('approval_signers', table => {
    table.comment('Who is asked, by role: groups, for lead also users');
    table
      .string('approval_id', 36)
      .notNullable()
      .references('approvals.id')
      .onDelete('CASCADE');
    table.string('role', 20).notNullable();
    table.string('claim').notNullable();
    table.primary(['approval_id', 'role', 'claim']);
    table.index(['claim', 'role'], 'approval_signers_claim_idx');
  });

  await knex.schema.createTable('approval_holds', table => {
    table.comment('Reasons why an approval is suspended');
    table.string('id', 36).primary();
    table
      .string('approval_id', 36)
      .notNullable()
      .references('approvals.id')
      .onDelete('CASCADE');
    table.string('kind', 20).notNullable();
    table.string('covers', 10).notNullable().comment('scope, version or model');
    table.text('reason').notNullable();
    table.string('placed_by').notNullable();
    table.string('placed_at', 30).notNullable();
    table.string('cleared_by');
    table.string('cleared_at', 30);
    table.text('clear_reason');
    table.index(['approval_id', 'cleared_at'], 'approval_holds_idx');
  });

  await knex.schema.createTable('approval_delegations', table => {
    table.comment('Who may sign in whose place');
    table.string('id', 36).primary();
    table.string('delegator').notNullable();
    table.string('delegate').notNullable();
    table.string('role', 20);
    table.string('created_at', 30).notNullable();
    table.string('until', 30).notNullable();
    table.string('ended_at', 30);
    table.index(['delegate', 'until'], 'approval_delegations_delegate_idx');
    table.index(['delegator', 'until'], 'approval_delegations_delegator_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('approval_delegations');
  await knex.schema.dropTable('approval_holds');
  await knex.schema.dropTable('approval_signers');
  await knex.schema.dropTable('approval_sign_offs');
  await knex.schema.dropTable('approvals');
};
