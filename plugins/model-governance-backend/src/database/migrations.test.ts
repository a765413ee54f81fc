import type { Knex } from 'knex';
import { readdirSync } from 'node:fs';
import { databaseIds, databases } from '../__testUtils__/databases';
import { migrationsDirectory } from './migrate';
import { isPostgres } from './dialect';

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

    for (const file of files) {
      await knex.migrate.up(options);
      const now = await tablesOf(knex);
      expect({ file, tables: now.length }).not.toEqual({ file, tables: 0 });
      tables.push(now);
    }
    for (const before of tables.slice(0, -1).reverse()) {
      await knex.migrate.down(options);
      expect(await tablesOf(knex)).toEqual(before);
    }

    await knex.migrate.latest(options);
    expect(await tablesOf(knex)).toEqual(tables.at(-1));
  });

  it('give listings that are there the key of their gateway id', async () => {
    const knex = await databases.init(databaseId);
    const options = { directory: migrationsDirectory };
    for (const file of files) {
      if (file === '20261121_03_gateway_keys.js') break;
      await knex.migrate.up(options);
    }
    await knex('allowlist_models').insert({
      entity_ref: 'model:meta/llama',
      gateway_id: '\uff4deta/LLAMA',
      provider: 'meta',
      lifecycle: 'active',
      claimed_at: '2026-11-01T00:00:00.000Z',
      updated_at: '2026-11-01T00:00:00.000Z',
    });
    await knex.migrate.up(options);
    expect(await knex('allowlist_models').first()).toMatchObject({
      gateway_key: 'meta/llama',
      claimed_at: '2026-11-01T00:00:00.000Z',
    });
  });
});
