import type { SharedLimit } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { chunksOf } from '../database';

export interface LimitLease {
  subject: string;
  limit: SharedLimit;
  gatewayId: string;
  /** The most that the gateway may go by at present. */
  outstanding: number;
  demand: number;
}

export interface BudgetLease {
  budgetId: string;
  month: string;
  gatewayId: string;
  heldMicros: number;
  unreportedMicros: number;
}

interface LimitRow {
  subject: string;
  limit_name: SharedLimit;
  gateway_id: string;
  outstanding: number;
  demand: number;
  seen_at: string;
}

interface BudgetRow {
  budget_id: string;
  month: string;
  gateway_id: string;
  held_micros: number | string;
  unreported_micros: number | string;
  seen_at: string;
}

/** Rows of what gateways hold. Always inside a transaction. */
export const leaseStore = {
  /** @returns whether it is newer than every request of the gateway before */
  async hear(
    tx: Knex.Transaction,
    gateway: {
      gatewayId: string;
      session: number;
      sequence: number;
      seenAt: string;
    },
  ): Promise<boolean> {
    const { gatewayId, session, sequence, seenAt } = gateway;
    const row: { session: number; sequence: number } | undefined = await tx(
      'usage_gateways',
    )
      .where({ gateway_id: gatewayId })
      .first();
    const last = row && [Number(row.session), Number(row.sequence)];
    if (
      last &&
      (session < last[0] || (session === last[0] && sequence <= last[1]))
    ) {
      return false;
    }
    await tx('usage_gateways')
      .insert({ gateway_id: gatewayId, session, sequence, seen_at: seenAt })
      .onConflict('gateway_id')
      .merge();
    return true;
  },

  async gatewaysSince(tx: Knex.Transaction, since: string): Promise<number> {
    const [{ n }] = await tx('usage_gateways')
      .where('seen_at', '>', since)
      .count({ n: '*' });
    return Number(n);
  },

  async limits(
    tx: Knex.Transaction,
    subjects: string[],
    since: string,
  ): Promise<LimitLease[]> {
    const rows: LimitRow[] = await tx('usage_limit_leases')
      .whereIn('subject', subjects)
      .where('seen_at', '>', since);
    return rows.map(row => ({
      subject: row.subject,
      limit: row.limit_name,
      gatewayId: row.gateway_id,
      outstanding: row.outstanding,
      demand: row.demand,
    }));
  },

  async putLimits(
    tx: Knex.Transaction,
    leases: LimitLease[],
    seenAt: string,
  ): Promise<void> {
    const rows = leases.map(
      (it): LimitRow => ({
        subject: it.subject,
        limit_name: it.limit,
        gateway_id: it.gatewayId,
        outstanding: it.outstanding,
        demand: it.demand,
        seen_at: seenAt,
      }),
    );
    for (const chunk of chunksOf(rows)) {
      await tx('usage_limit_leases')
        .insert(chunk)
        .onConflict(['subject', 'limit_name', 'gateway_id'])
        .merge();
    }
  },

  async budgets(
    tx: Knex.Transaction,
    budgetIds: string[],
    since: string,
  ): Promise<BudgetLease[]> {
    const rows: BudgetRow[] = await tx('usage_budget_leases')
      .whereIn('budget_id', budgetIds)
      .where('seen_at', '>', since);
    return rows.map(row => ({
      budgetId: row.budget_id,
      month: row.month,
      gatewayId: row.gateway_id,
      heldMicros: Number(row.held_micros),
      unreportedMicros: Number(row.unreported_micros),
    }));
  },

  async putBudgets(
    tx: Knex.Transaction,
    leases: BudgetLease[],
    seenAt: string,
  ): Promise<void> {
    const rows = leases.map(
      (it): BudgetRow => ({
        budget_id: it.budgetId,
        month: it.month,
        gateway_id: it.gatewayId,
        held_micros: it.heldMicros,
        unreported_micros: it.unreportedMicros,
        seen_at: seenAt,
      }),
    );
    for (const chunk of chunksOf(rows)) {
      await tx('usage_budget_leases')
        .insert(chunk)
        .onConflict(['budget_id', 'month', 'gateway_id'])
        .merge();
    }
  },

  /** Forgets what gateways held that were not heard of for long. */
  async prune(
    db: Knex,
    before: { limits: string; budgets: string },
  ): Promise<void> {
    await db('usage_limit_leases')
      .where('seen_at', '<', before.limits)
      .delete();
    await db('usage_budget_leases')
      .where('seen_at', '<', before.budgets)
      .delete();
  },
};
