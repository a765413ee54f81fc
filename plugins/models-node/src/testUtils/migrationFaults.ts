import type { Knex } from 'knex';
import { readdirSync } from 'node:fs';
import { isPostgres } from '../rooms';

/** Tables, their columns, and indexes. */
async function schemaOf(knex: Knex): Promise<string[]> {
  const { rows }: { rows: Array<{ name: string }> } = isPostgres(knex)
    ? await knex.raw(`
        SELECT tablename AS name FROM pg_tables
          WHERE schemaname = current_schema()
        UNION SELECT indexname FROM pg_indexes
          WHERE schemaname = current_schema()
        UNION SELECT table_name || '.' || column_name || ' ' || data_type
          FROM information_schema.columns WHERE table_schema = current_schema()`)
    : {
        rows: await knex.raw(`
        SELECT name FROM sqlite_master WHERE type IN ('table', 'index')
        UNION SELECT t.name || '.' || c.name || ' ' || lower(c.type)
          FROM sqlite_master t, pragma_table_info(t.name) c
          WHERE t.type = 'table'`),
      };
  return rows
    .map(row => row.name)
    .filter(name => !/^(knex_migrations|sqlite_)/.test(name))
    .sort();
}

function differences(before: string[], after: string[]): string {
  const missing = before.filter(name => !after.includes(name));
  const more = after.filter(name => !before.includes(name));
  return [
    ...missing.map(name => `- ${name}`),
    ...more.map(name => `+ ${name}`),
  ].join(', ');
}

/**
 * Runs each migration of a folder up, all of them down, and up again. Says what
 * is wrong: a migration that changes nothing in tables, columns and indexes, or
 * whose `down` leaves something else than was there before.
 *
 * @param knex - an empty database
 *
 * @public
 */
export async function migrationFaults(
  knex: Knex,
  migrations: string,
): Promise<string[]> {
  const options = { directory: migrations };
  const files = readdirSync(migrations).filter(file => file.endsWith('.js'));
  const faults: string[] = [];
  if (files.length === 0)
    faults.push(`There are no migrations in ${migrations}`);
  const schemas = [await schemaOf(knex)];
  const first = differences([], schemas[0]);
  if (first) faults.push(`The database is not empty: ${first}`);

  for (const file of files) {
    await knex.migrate.up(options);
    const schema = await schemaOf(knex);
    if (!differences(schemas.at(-1)!, schema)) {
      faults.push(`${file} changes nothing`);
    }
    schemas.push(schema);
  }
  const [, ...applied] = schemas;
  for (const [n, file] of [...files.entries()].reverse()) {
    await knex.migrate.down(options);
    const wrong = differences(schemas[n], await schemaOf(knex));
    if (wrong) faults.push(`down of ${file} leaves: ${wrong}`);
  }
  await knex.migrate.latest(options);
  const wrong = differences(applied.at(-1) ?? [], await schemaOf(knex));
  if (wrong) faults.push(`going up again gives something else: ${wrong}`);
  return faults;
}
