import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Whether a database is PostgreSQL; the other one is SQLite.
 *
 * @public
 */
export function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).startsWith('pg');
}

const MOST_ATTEMPTS = 6;
const LEAST_PAUSE_MS = 15;

/** The database gave up on the transaction as a whole; running it again may succeed. */
function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return (
    typeof code === 'string' &&
    (code === '40001' || code === '40P01' || code.startsWith('SQLITE_BUSY'))
  );
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (n === MOST_ATTEMPTS) {
        throw new ServiceUnavailableError(
          'The database is too busy for this at the moment. Nothing was changed; try again.',
          error,
        );
      }
      await sleep(LEAST_PAUSE_MS * 2 ** n * (0.5 + Math.random()));
    }
  }
}

/**
 * Runs work in one transaction, and again when the database gave up on it
 * (deadlock, serialisation failure, busy SQLite).
 *
 * @throws ServiceUnavailableError after six attempts
 *
 * @public
 */
export async function inTransaction<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return retrying(() => knex.transaction(work));
}

/**
 * `inTransaction` of one database, for rooms that hand it to their stores.
 *
 * @public
 */
export class Transactions {
  static create(options: { knex: Knex }): Transactions {
    return new Transactions(options.knex);
  }

  private constructor(readonly knex: Knex) {}

  /** @throws ServiceUnavailableError after six attempts */
  async run<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return inTransaction(this.knex, work);
  }

  /**
   * Reads that all see the same moment.
   *
   * @throws ServiceUnavailableError after six attempts
   */
  async read<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return retrying(() =>
      this.knex.transaction(
        work,
        isPostgres(this.knex)
          ? { isolationLevel: 'repeatable read', readOnly: true }
          : {},
      ),
    );
  }
}

/**
 * Waits until no other replica is at the same work; until the transaction ends.
 * On SQLite transactions take turns anyway.
 *
 * @public
 */
export async function takeTurn(
  tx: Knex.Transaction,
  room: string,
  work: string,
): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      room,
      work,
    ]);
  }
}
