import type { Knex } from 'knex';

export function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).startsWith('pg');
}

/** Gave up on the transaction as a whole; running it again may succeed. */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return (
    typeof code === 'string' &&
    (code === '40001' || code === '40P01' || code.startsWith('SQLITE_BUSY'))
  );
}
