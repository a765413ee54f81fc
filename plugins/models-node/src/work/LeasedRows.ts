import type { Knex } from 'knex';
import type { Clock } from '../rooms';

/** Rows that are looked at for one that is due. */
const LOOKED_AT = 10;

/**
 * What every row of leased work has, beside columns of its own. Times are
 * milliseconds since 1970.
 *
 * @public
 */
export interface LeasedRow {
  id: string;
  /** `queued` and `running`; whatever else is over. */
  state: string;
  /** Each lease is one. */
  attempts: number;
  /** Replica that holds the lease. */
  owner: string | null;
  lease_until: number | string | null;
  next_attempt_at: number | string;
  created_at: number | string;
  started_at: number | string | null;
  problem: string | null;
}

/**
 * One lease of a row: another attempt is another lease.
 *
 * @public
 */
export interface Lease {
  id: string;
  attempts: number;
}

/**
 * Another replica has taken over, or the work was cancelled: nothing is kept.
 *
 * @public
 */
export class LeaseLost extends Error {}

/**
 * A table of work that replicas share by leases, for `LeasedWork`. What has to
 * happen together with a change of a row is done in the same transaction.
 *
 * @public
 */
export class LeasedRows<Row extends LeasedRow> {
  static create<Row extends LeasedRow>(options: {
    knex: Knex;
    table: string;
    clock: Clock;
    /** Names this replica. */
    owner: string;
    /** A replica that was killed loses its rows after this. */
    leaseMs: number;
  }): LeasedRows<Row> {
    return new LeasedRows(options);
  }

  readonly #options: Parameters<typeof LeasedRows.create>[0];

  private constructor(options: Parameters<typeof LeasedRows.create>[0]) {
    this.#options = options;
  }

  /**
   * The row that is due next, or whose replica is gone, as it is once leased.
   *
   * @param except - rows that are here already, even if their lease has ended
   */
  async lease(except: string[]): Promise<Row | undefined> {
    const { knex, table, owner, leaseMs } = this.#options;
    const now = this.#now();
    const due: LeasedRow[] = await knex<LeasedRow>(table)
      .whereNotIn('id', except)
      .where(either =>
        either
          .where(q =>
            q.where({ state: 'queued' }).where('next_attempt_at', '<=', now),
          )
          .orWhere(q =>
            q.where({ state: 'running' }).where('lease_until', '<=', now),
          ),
      )
      .orderBy('created_at')
      .limit(LOOKED_AT);
    for (const row of due) {
      const leased = {
        state: 'running',
        attempts: row.attempts + 1,
        owner,
        lease_until: now + leaseMs,
        started_at: row.started_at ?? now,
        problem: null,
      };
      // Each lease is an attempt, so a row that changed meanwhile is not ours.
      const won = await knex<LeasedRow>(table)
        .where({ id: row.id, state: row.state, attempts: row.attempts })
        .update(leased);
      if (won === 1) return { ...row, ...leased } as Row;
    }
    return undefined;
  }

  /**
   * Holds on to a row.
   *
   * @param fields - other columns that are changed with it
   * @throws LeaseLost
   */
  async renew(
    lease: Lease,
    tx: Knex = this.#options.knex,
    fields: Record<string, unknown> = {},
  ): Promise<void> {
    await this.#change(tx, lease, {
      ...fields,
      lease_until: this.#now() + this.#options.leaseMs,
    });
  }

  /** Ids of those that are not this replica's any more. */
  async lost(leases: Lease[]): Promise<string[]> {
    const { knex, table, owner } = this.#options;
    const rows: LeasedRow[] = await knex<LeasedRow>(table)
      .whereIn(
        'id',
        leases.map(({ id }) => id),
      )
      .where({ state: 'running', owner });
    const held = new Map(rows.map(row => [row.id, row.attempts]));
    return leases
      .filter(({ id, attempts }) => held.get(id) !== attempts)
      .map(({ id }) => id);
  }

  /** Gives a row back whose work was not ended, so that another replica takes it up. */
  async release(lease: Lease): Promise<void> {
    await this.#mine(this.#options.knex, lease)
      .update({
        state: 'queued',
        owner: null,
        lease_until: null,
        next_attempt_at: this.#now(),
      })
      .decrement('attempts', 1);
  }

  /** Tries again later. */
  async retryLater(
    lease: Lease,
    waitMs: number,
    problem: string,
  ): Promise<void> {
    await this.#mine(this.#options.knex, lease).update({
      state: 'queued',
      owner: null,
      lease_until: null,
      next_attempt_at: this.#now() + waitMs,
      problem,
    });
  }

  /**
   * The work is over.
   *
   * @param fields - `state`, and other columns that are changed with it
   * @throws LeaseLost
   */
  async end(
    tx: Knex,
    lease: Lease,
    fields: { state: string } & Record<string, unknown>,
  ): Promise<void> {
    await this.#change(tx, lease, {
      ...fields,
      owner: null,
      lease_until: null,
    });
  }

  async #change(
    tx: Knex,
    lease: Lease,
    fields: Record<string, unknown>,
  ): Promise<void> {
    const changed = await this.#mine(tx, lease).update(fields);
    if (changed !== 1) throw new LeaseLost('Another replica has taken over');
  }

  #mine(db: Knex, { id, attempts }: Lease) {
    const { table, owner } = this.#options;
    return db<LeasedRow>(table).where({
      id,
      state: 'running',
      owner,
      attempts,
    });
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}
