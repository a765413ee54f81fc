import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { chunksOf } from '../database';

type Value = number | Buffer;

/** A column of a bulk statement, with its type on PostgreSQL. */
export interface Column {
  name: string;
  type: 'int' | 'bigint' | 'bytea';
}

/** Values that a statement of SQLite may bear are 32,766. */
const VALUES_AT_ONCE = 8_000;

/** Rows of one statement on PostgreSQL, where each column is one array. */
const ROWS_AT_ONCE = 20_000;

/**
 * Inserts rows, and changes those that are there, in few statements and in the
 * order given. What `returning` names comes back.
 *
 * @param changes - SQL of what is set where a row is there
 */
export async function upsert<T>(
  tx: Knex.Transaction,
  table: string,
  options: {
    columns: Column[];
    keys: string[];
    changes: string[];
    returning?: string[];
  },
  rows: Value[][],
): Promise<T[]> {
  const { columns, keys, changes, returning } = options;
  const into = `INSERT INTO ${table} (${columns
    .map(({ name }) => name)
    .join(', ')})`;
  const then =
    `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${changes.join(', ')}` +
    `${returning ? ` RETURNING ${returning.join(', ')}` : ''}`;
  const found: T[] = [];
  if (isPostgres(tx)) {
    const arrays = columns.map(({ type }) => `?::${type}[]`).join(', ');
    for (const chunk of chunksOf(rows, ROWS_AT_ONCE)) {
      const answer = await tx.raw<{ rows: T[] }>(
        `${into} SELECT * FROM unnest(${arrays}) ${then}`,
        // Each is an array of one type, which the types cannot say.
        columns.map((_, n) => chunk.map(row => row[n]) as number[]),
      );
      found.push(...answer.rows);
    }
    return found;
  }
  const size = Math.floor(VALUES_AT_ONCE / columns.length);
  const one = `(${columns.map(() => '?').join(', ')})`;
  for (const chunk of chunksOf(rows, size)) {
    const answer: unknown = await tx.raw(
      `${into} VALUES ${chunk.map(() => one).join(', ')} ${then}`,
      chunk.flat(),
    );
    if (returning) found.push(...(answer as T[]));
  }
  return found;
}
