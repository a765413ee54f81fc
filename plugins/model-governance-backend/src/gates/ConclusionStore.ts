import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { LEASE_MS } from './GateRunStore';
import type { ApprovalRow } from './rows';

/** Which approvals have news from their gates, leased to one replica at a time. */
export class ConclusionStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    owner: string;
  }): ConclusionStore {
    return new ConclusionStore(
      options.transactions,
      options.clock,
      options.owner,
    );
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #owner: string;

  private constructor(transactions: Transactions, clock: Clock, owner: string) {
    this.#transactions = transactions;
    this.#clock = clock;
    this.#owner = owner;
  }

  /** A waiver that ended is news. */
  async endWaivers(): Promise<void> {
    const now = this.#clock.now().getTime();
    const ended = (db: Transactions['knex']) =>
      db('gate_requests')
        .where('waived_until', '<=', now)
        .where({ waiver_ended: false });
    if (!(await ended(this.#transactions.knex).first('gate_id'))) return;
    await this.#transactions.run(async tx => {
      const approvals: string[] = await ended(tx).pluck('approval_id');
      await tx('gate_approvals')
        .whereIn('approval_id', approvals)
        .increment('changes', 1);
      await ended(tx)
        .whereIn('approval_id', approvals)
        .update({ waiver_ended: true });
    });
  }

  /** Lease approvals with news. */
  async lease(limit: number): Promise<ApprovalRow[]> {
    const { knex } = this.#transactions;
    const now = this.#clock.now().getTime();
    const due: ApprovalRow[] = await knex('gate_approvals')
      .where('changes', '>', knex.ref('told'))
      .where({ cancelled: false })
      .where('next_attempt_at', '<=', now)
      .where(q => q.whereNull('lease_until').orWhere('lease_until', '<=', now))
      .orderBy('next_attempt_at')
      .limit(limit);
    const leased: ApprovalRow[] = [];
    for (const row of due) {
      const { approval_id, generation, attempts } = row;
      const won = await knex('gate_approvals')
        .where({ approval_id, generation, attempts })
        .where(q =>
          q.whereNull('lease_until').orWhere('lease_until', '<=', now),
        )
        .update({
          owner: this.#owner,
          lease_until: now + LEASE_MS,
          attempts: attempts + 1,
        });
      if (won === 1) leased.push({ ...row, attempts: attempts + 1 });
    }
    return leased;
  }

  /** The listener heard it. */
  async told(row: ApprovalRow, conclusion: string | null): Promise<void> {
    await this.#mine(row).update({
      told: row.changes,
      told_conclusion: conclusion,
      owner: null,
      lease_until: null,
      attempts: 0,
    });
  }

  /** Try again later. */
  async retry(row: ApprovalRow, waitMs: number): Promise<void> {
    await this.#mine(row).update({
      owner: null,
      lease_until: null,
      next_attempt_at: this.#clock.now().getTime() + waitMs,
    });
  }

  #mine(row: ApprovalRow) {
    return this.#transactions.knex('gate_approvals').where({
      approval_id: row.approval_id,
      generation: row.generation,
      owner: this.#owner,
    });
  }
}
