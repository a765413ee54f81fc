// @ts-check

const { randomUUID } = require('node:crypto');

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_waivers', table => {
    table.comment('Every waiver that was given; the gates keep the last one');
    table.string('id', 36).primary();
    table.string('approval_id', 40).notNullable();
    table.string('gate_id', 100).notNullable();
    table.string('given_by', 255).notNullable();
    table.text('reason').notNullable();
    table.bigInteger('given_at').notNullable();
    table.bigInteger('until').notNullable();
    table.bigInteger('ended_at').comment('Before its time, or replaced');
    table.string('ended_by', 255).comment('A person, or system');
    table.text('end_reason');
    table.string('ended_how', 20).comment('early, renewed, other-question');
    table.integer('told').comment('Days before the end of the last reminder');
    table.index(['approval_id', 'gate_id'], 'gate_waivers_approval_idx');
    table.index(['until'], 'gate_waivers_until_idx');
  });
  await knex.schema.createTable('policy_exception_reminders', table => {
    table.comment('Who answers for an exception was told that it ends');
    table.string('exception', 64).primary().comment('SHA-256 of what it is');
    table.integer('told').notNullable().comment('Days before its end');
    table.bigInteger('at').notNullable();
  });
  await knex.schema.alterTable('approvals', table => {
    table
      .string('waived_until', 30)
      .comment('End of the first waiver that the approval rests on');
    table.index(['waived_until'], 'approvals_waived_until_idx');
  });
  const given = await knex('gate_requests').whereNotNull('waived_by');
  for (const row of given) {
    await knex('gate_waivers').insert({
      id: randomUUID(),
      approval_id: row.approval_id,
      gate_id: row.gate_id,
      given_by: row.waived_by,
      reason: row.waiver_reason ?? '',
      given_at: row.waived_at ?? row.waived_until,
      until: row.waived_until,
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('approvals', table => {
    table.dropIndex(['waived_until'], 'approvals_waived_until_idx');
    table.dropColumn('waived_until');
  });
  await knex.schema.dropTable('policy_exception_reminders');
  await knex.schema.dropTable('gate_waivers');
};
