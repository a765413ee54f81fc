import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';

/** Folder of this plugin's migrations. */
export const migrationsDirectory = resolvePackagePath(
  '@modelhub/backstage-plugin-model-usage-backend',
  'migrations',
);

/** The plugin's database with its newest tables. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}

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

/** Runs work in one transaction, and again when the database gave up on it. */
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

/** Waits until no other replica is at the same work; until the transaction ends. */
export async function takeTurn(
  tx: Knex.Transaction,
  name: 'leases',
): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      'model-usage',
      name,
    ]);
  }
}

/** Rows at a time, so that no statement has more parameters than a database takes. */
const ROWS_AT_ONCE = 100;

export function* chunksOf<T>(items: T[], size = ROWS_AT_ONCE): Iterable<T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}

/** Adds to sums that may be there already. The rows must differ in their keys. */
export async function addToSums<T extends object>(
  tx: Knex.Transaction,
  table: string,
  rows: T[],
  options: {
    keys: Array<keyof T & string>;
    sums: Array<keyof T & string>;
    least?: Array<keyof T & string>;
    greatest?: Array<keyof T & string>;
  },
): Promise<void> {
  const pick = (name: string, sign: '<' | '>') =>
    tx.raw(
      `CASE WHEN excluded.?? ${sign} ??.?? THEN excluded.?? ELSE ??.?? END`,
      [name, table, name, name, table, name],
    );
  const changes = Object.fromEntries([
    ...options.sums.map(name => [
      name,
      tx.raw('??.?? + excluded.??', [table, name, name]),
    ]),
    ...(options.least ?? []).map(name => [name, pick(name, '<')]),
    ...(options.greatest ?? []).map(name => [name, pick(name, '>')]),
  ]);
  // In one order everywhere, so that two replicas cannot wait for each other.
  const sorted = rows
    .map(row => ({ row, name: options.keys.map(key => row[key]).join('\n') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ row }) => row);
  for (const chunk of chunksOf(sorted)) {
    await tx(table).insert(chunk).onConflict(options.keys).merge(changes);
  }
}
