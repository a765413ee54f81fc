import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Folder of this plugin's migrations. */
export const migrationsDirectory = resolvePackagePath(
  '@modelhub/backstage-plugin-model-usage-backend',
  'migrations',
);

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
