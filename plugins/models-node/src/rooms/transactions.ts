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

/**
 * Runs work in one transaction, and again when the database gave up on it.
 *
 * @throws ServiceUnavailableError after six attempts
 *
 * @public
 */
export async function inTransaction<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await knex.transaction(work);
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
