import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { arrayOf, chunksOf, type Column, type Value } from './upserts';

const ROWS_AT_ONCE = { postgres: 20_000, sqlite: 500 };

/** Rows of a table whose columns have one of the given combinations of values. */
export async function rowsLike<T>(
  knex: Knex,
  table: string,
  columns: Column[],
  values: Value[][],
): Promise<T[]> {
  const names = `(${columns.map(({ name }) => name).join(', ')})`;
  const found: T[] = [];
  if (isPostgres(knex)) {
    const arrays = columns.map(({ type }) => `?::${type}[]`).join(', ');
    for (const chunk of chunksOf(values, ROWS_AT_ONCE.postgres)) {
      const { rows } = await knex.raw<{ rows: T[] }>(
        `SELECT * FROM ${table} WHERE ${names} IN (SELECT * FROM unnest(${arrays}))`,
        columns.map((column, n) =>
          arrayOf(
            column,
            chunk.map(row => row[n]),
          ),
        ),
      );
      found.push(...rows);
    }
    return found;
  }
  const one = `(${columns.map(() => '?').join(', ')})`;
  for (const chunk of chunksOf(values, ROWS_AT_ONCE.sqlite)) {
    const rows: unknown = await knex.raw(
      `SELECT * FROM ${table} WHERE ${names} IN (VALUES ${chunk
        .map(() => one)
        .join(', ')})`,
      chunk.flat(),
    );
    found.push(...(rows as T[]));
  }
  return found;
}
