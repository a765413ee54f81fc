import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { readdirSync } from 'node:fs';
import { databaseIds, databases } from '../__testUtils__/databases';
import { migrationsDirectory } from './database';

jest.setTimeout(60_000);

const files = readdirSync(migrationsDirectory).filter(f => f.endsWith('.js'));

/** Tables and indexes. */
async function namesOf(knex: Knex): Promise<string[]> {
  const here = knex.raw('current_schema()');
  const rows: Array<{ name: string }> = isPostgres(knex)
    ? await knex('pg_tables')
        .select({ name: 'tablename' })
        .where('schemaname', here)
        .union(
          knex('pg_indexes')
            .select({ name: 'indexname' })
            .where('schemaname', here),
        )
    : await knex('sqlite_master')
        .select('name')
        .whereIn('type', ['table', 'index'])
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
    const names = [await namesOf(knex)];
    expect(names[0]).toEqual([]);
    for (const [n] of files.entries()) {
      await knex.migrate.up(options);
      names.push(await namesOf(knex));
      expect(names[n + 1].length).toBeGreaterThan(names[n].length);
    }
    for (const before of names.slice(0, -1).reverse()) {
      await knex.migrate.down(options);
      expect(await namesOf(knex)).toEqual(before);
    }
    await knex.migrate.latest(options);
    expect(await namesOf(knex)).toEqual(names.at(-1));
  });
});
