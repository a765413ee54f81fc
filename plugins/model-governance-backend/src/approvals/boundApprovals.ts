import type { Knex } from 'knex';
import { livingStates } from './records';

interface Row {
  created_at: string;
  submitted_at: string | null;
}

/** Requests that are being decided, and approvals that did not end, for a purpose. */
export const boundApprovals = {
  /** When each of them was submitted last. */
  async submittedFor(tx: Knex.Transaction, purpose: string): Promise<string[]> {
    const rows: Row[] = await tx('approvals')
      .where({ purpose })
      .whereIn('state', ['checking', 'in-review', ...livingStates])
      .select('created_at', 'submitted_at');
    return rows.map(row => row.submitted_at ?? row.created_at);
  },
};
