import type { Knex } from 'knex';
import { readdirSync } from 'node:fs';
import { databaseIds, databases } from '../__testUtils__/databases';
import { isPostgres, migrationsDirectory } from './database';

jest.setTimeout(60_000);

const files = readdirSync(migrationsDirectory).filter(f => f.endsWith('.js'));

async function tablesOf(knex: Knex): Promise<string[]> {
  const rows: Array<{ name: string }> = isPostgres(knex)
    ? await knex('pg_tables')
        .select({ name: 'tablename' })
        .where('schemaname', knex.raw('current_schema()'))
    : await knex('sqlite_master')
        .select('name')
        .where('type', 'table')
        .whereNot('name', 'like', 'sqlite_%');
  return rows
    .map(row => row.name)
    .filter(name => !name.startsWith('knex_migrations'))
    .sort();
}

it('runs on both databases', () => {
  expect(databases.eachSupportedId().flat().sort()).toEqual([
    'POSTGRES_18',
    'SQLITE_3',
  ]);
});

describe.each(databaseIds)('migrations on %s', databaseId => {
  it('go up one by one, down one by one, and up again', async () => {
    const knex = await databases.init(databaseId);
    const options = { directory: migrationsDirectory };
    const tables = [await tablesOf(knex)];
    expect(tables[0]).toEqual([]);
    for (const [n] of files.entries()) {
      await knex.migrate.up(options);
      tables.push(await tablesOf(knex));
      expect(tables[n + 1].length).toBeGreaterThan(tables[n].length);
    }
    for (const before of tables.slice(0, -1).reverse()) {
      await knex.migrate.down(options);
      expect(await tablesOf(knex)).toEqual(before);
    }
    await knex.migrate.latest(options);
    expect(await tablesOf(knex)).toEqual(tables.at(-1));
  });
});
