import type { Knex } from 'knex';
import { isPostgres } from '../rooms';

interface Table {
  name: string;
  /** Tables that its rows point to. */
  parents: string[];
}

/** Those that point to others come before these. */
function childrenFirst(tables: Table[]): string[] {
  const byName = new Map(tables.map(table => [table.name, table]));
  const parentsFirst = new Set<string>();
  const visited = new Set<string>();
  const visit = (name: string) => {
    const table = byName.get(name);
    if (!table || visited.has(name)) return;
    visited.add(name);
    table.parents.forEach(visit);
    parentsFirst.add(name);
  };
  tables.forEach(({ name }) => visit(name));
  return [...parentsFirst].reverse();
}

const quoted = (name: string) => `"${name}"`;

interface Dialect {
  tables(): Promise<Table[]>;
  /** How many tables, indexes and triggers there are. */
  things(): Promise<number>;
  /** Where a copy of a table's first rows is kept. */
  copyOf(table: string): string;
  keep(table: string, copy: string): Promise<void>;
  /** Statements that let numbers of rows begin where they did. */
  counters(): Promise<string[]>;
}

const grouped = (rows: Array<{ name: string; parent: string | null }>) => {
  const parents = new Map<string, string[]>();
  for (const { name, parent } of rows) {
    const known = parents.get(name) ?? [];
    parents.set(name, parent === null ? known : [...known, parent]);
  }
  return [...parents].map(([name, of]) => ({ name, parents: of }));
};

const postgres = (knex: Knex): Dialect => ({
  async tables() {
    const { rows } = await knex.raw(`
      SELECT t.relname AS name, p.relname AS parent FROM pg_class t
        LEFT JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
        LEFT JOIN pg_class p ON p.oid = f.confrelid
        WHERE t.relkind IN ('r', 'p') AND t.relname NOT LIKE 'knex\\_%'
          AND t.relnamespace = current_schema()::regnamespace`);
    return grouped(rows);
  },
  async things() {
    const { rows } = await knex.raw(`
      SELECT (SELECT count(*) FROM pg_class
          WHERE relnamespace = current_schema()::regnamespace)
        + (SELECT count(*) FROM pg_trigger) AS n`);
    return Number(rows[0].n);
  },
  copyOf: table => `pristine.${quoted(table)}`,
  async keep(table, copy) {
    await knex.raw('CREATE SCHEMA IF NOT EXISTS pristine');
    await knex.raw(`CREATE TABLE ${copy} AS TABLE ${quoted(table)}`);
  },
  async counters() {
    const { rows } = await knex.raw(`
      SELECT format('SELECT setval(%L, %s, %L)', quote_ident(sequencename),
          coalesce(last_value, start_value), last_value IS NOT NULL) AS statement
        FROM pg_sequences
        WHERE schemaname = current_schema() AND sequencename NOT LIKE 'knex\\_%'`);
    return rows.map(({ statement }: { statement: string }) => statement);
  },
});

const sqlite = (knex: Knex): Dialect => ({
  async tables() {
    return grouped(
      await knex.raw(`
        SELECT t.name, f."table" AS parent FROM pragma_table_list t
          LEFT JOIN pragma_foreign_key_list(t.name) f
          WHERE t.schema = 'main' AND t.type IN ('table', 'virtual')
            AND t.name NOT LIKE 'knex\\_%' ESCAPE '\\'
            AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`),
    );
  },
  async things() {
    const [{ n }] = await knex.raw('SELECT count(*) AS n FROM sqlite_master');
    return Number(n);
  },
  copyOf: table => `temp.${quoted(`pristine ${table}`)}`,
  async keep(table, copy) {
    await knex.raw(`CREATE TABLE ${copy} AS SELECT * FROM ${quoted(table)}`);
  },
  async counters() {
    if (!(await knex.schema.hasTable('sqlite_sequence'))) return [];
    const rows = await knex('sqlite_sequence').select('name', 'seq');
    return [
      `DELETE FROM sqlite_sequence WHERE name NOT LIKE 'knex\\_%' ESCAPE '\\'`,
      ...rows
        .filter(({ name }) => !name.startsWith('knex_'))
        .map(
          ({ name, seq }) =>
            `INSERT INTO sqlite_sequence (name, seq) VALUES ('${name}', ${Number(
              seq,
            )})`,
        ),
    ];
  },
});

/**
 * Remembers what is in a database after its migrations, and gives a function
 * that makes it so again. It is much faster than migrating another database.
 * That function throws when tables, indexes or triggers were added or dropped.
 */
export async function remembered(knex: Knex): Promise<() => Promise<void>> {
  const dialect = isPostgres(knex) ? postgres(knex) : sqlite(knex);
  const tables = childrenFirst(await dialect.tables());
  const kept: string[] = [];
  for (const table of tables) {
    if ((await knex(table).first(knex.raw('1 AS one'))) !== undefined) {
      await dialect.keep(table, dialect.copyOf(table));
      kept.push(table);
    }
  }
  const statements = [
    ...tables.map(table => `DELETE FROM ${quoted(table)}`),
    ...kept
      .reverse()
      .map(
        table =>
          `INSERT INTO ${quoted(table)} SELECT * FROM ${dialect.copyOf(table)}`,
      ),
    ...(await dialect.counters()),
  ];
  const things = await dialect.things();
  return async () => {
    if ((await dialect.things()) !== things) {
      throw new Error('The test left other tables than it found.');
    }
    await knex.transaction(async tx => {
      if (isPostgres(knex)) {
        await tx.raw(`SET LOCAL lock_timeout = '5s'; ${statements.join('; ')}`);
      } else {
        for (const statement of statements) await tx.raw(statement);
      }
    });
  };
}
