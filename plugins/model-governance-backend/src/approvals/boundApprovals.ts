import type { Knex } from 'knex';
import { livingStates } from './records';

/** Requests that are being decided, and approvals that did not end, for a purpose. */
export const boundApprovals = {
  async countFor(tx: Knex.Transaction, purpose: string): Promise<number> {
    const row = await tx('approvals')
      .where({ purpose })
      .whereIn('state', ['checking', 'in-review', ...livingStates])
      .count({ n: '*' })
      .first();
    return Number(row?.n ?? 0);
  },
};
