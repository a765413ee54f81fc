import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

export type Value = number | string | Buffer;

/** A column of a bulk statement, with its type on PostgreSQL. */
export interface Column {
  name: string;
  type: 'int' | 'bigint' | 'text' | 'uuid' | 'bytea';
}

/** Rows of one statement on PostgreSQL, where each column is one array. */
const ROWS_AT_ONCE = 20_000;

/** Rows at a time, so that no statement has more parameters than a database takes. */
const FEW_AT_ONCE = 100;

export function* chunksOf<T>(items: T[], size = FEW_AT_ONCE): Iterable<T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}

const quoted = (text: string) =>
  `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;

/**
 * A column of rows as PostgreSQL writes an array. The driver does this too,
 * value by value, and takes ten times as long.
 */
export function arrayOf(
  { type }: Pick<Column, 'type'>,
  values: Value[],
): string {
  switch (type) {
    case 'text':
      return `{${values.map(it => quoted(String(it))).join(',')}}`;
    case 'bytea':
      return `{${values
        .map(it => `"\\\\x${(it as Buffer).toString('hex')}"`)
        .join(',')}}`;
    default:
      return `{${values.join(',')}}`;
  }
}

/**
 * Inserts rows, and changes those that are there, in few statements and in the
 * order given. What `returning` names comes back.
 *
 * @param changes - SQL of what is set where a row is there; nothing is changed without any
 * @param where - SQL of when it is
 */
export async function upsert<T>(
  tx: Knex,
  table: string,
  options: {
    columns: Column[];
    keys: string[];
    changes: string[];
    where?: string;
    returning?: string[];
  },
  rows: Value[][],
): Promise<T[]> {
  const { columns, keys, changes, where, returning } = options;
  const into = `INSERT INTO ${table} (${columns
    .map(({ name }) => name)
    .join(', ')})`;
  const change =
    changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING';
  const then =
    `ON CONFLICT (${keys.join(', ')}) DO ${change}` +
    `${where ? ` WHERE ${where}` : ''}` +
    `${returning ? ` RETURNING ${returning.join(', ')}` : ''}`;
  const found: T[] = [];
  if (isPostgres(tx)) {
    const arrays = columns.map(({ type }) => `?::${type}[]`).join(', ');
    for (const chunk of chunksOf(rows, ROWS_AT_ONCE)) {
      const answer = await tx.raw<{ rows: T[] }>(
        `${into} SELECT * FROM unnest(${arrays}) ${then}`,
        columns.map((column, n) =>
          arrayOf(
            column,
            chunk.map(row => row[n]),
          ),
        ),
      );
      found.push(...answer.rows);
    }
    return found;
  }
  const one = `(${columns.map(() => '?').join(', ')})`;
  if (tx.isTransaction) {
    // Compiled once, whereas a statement of many rows is compiled each time,
    // which takes longer than it runs.
    const connection: SqliteConnection = await tx.client.acquireConnection();
    const statement = connection.prepare(`${into} VALUES ${one} ${then}`);
    for (const row of rows) {
      if (returning) found.push(...(statement.all(row) as T[]));
      else statement.run(row);
    }
    return found;
  }
  for (const chunk of chunksOf(rows, FEW_AT_ONCE)) {
    const answer: unknown = await tx.raw(
      `${into} VALUES ${chunk.map(() => one).join(', ')} ${then}`,
      chunk.flat(),
    );
    if (returning) found.push(...(answer as T[]));
  }
  return found;
}

/** What is used of better-sqlite3. */
interface SqliteConnection {
  prepare(sql: string): {
    run(values: Value[]): unknown;
    all(values: Value[]): unknown[];
  };
}

/**
 * Adds to sums that may be there already. The rows must differ in their keys;
 * their values are texts and whole numbers.
 */
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
  if (rows.length === 0) return;
  const { keys, sums, least = [], greatest = [] } = options;
  const columns = Object.entries(rows[0]).map(
    ([name, value]): Column => ({
      name,
      type: typeof value === 'number' ? 'bigint' : 'text',
    }),
  );
  const pick = (name: string, sign: '<' | '>') =>
    `${name} = CASE WHEN excluded.${name} ${sign} ${table}.${name} THEN excluded.${name} ELSE ${table}.${name} END`;
  const changes = [
    ...sums.map(name => `${name} = ${table}.${name} + excluded.${name}`),
    ...least.map(name => pick(name, '<')),
    ...greatest.map(name => pick(name, '>')),
  ];
  // In one order everywhere, so that two replicas cannot wait for each other.
  const sorted = rows
    .map(row => ({ row, name: keys.map(key => row[key]).join('\n') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ row }) =>
      columns.map(({ name }) => (row as Record<string, Value>)[name]),
    );
  await upsert(tx, table, { columns, keys, changes }, sorted);
}
