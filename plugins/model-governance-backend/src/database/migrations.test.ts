import { migrationFaults } from '@modelhub/backstage-plugin-models-node/testUtils';
import { readdirSync } from 'node:fs';
import { databaseIds, databases } from '../__testUtils__/databases';
import { migrationsDirectory } from './migrationsDirectory';

jest.setTimeout(60_000);

const files = readdirSync(migrationsDirectory).filter(f => f.endsWith('.js'));

it('runs on both databases', () => {
  expect(databaseIds.flat().sort()).toEqual(['POSTGRES_18', 'SQLITE_3']);
});

describe.each(databaseIds)('migrations on %s', databaseId => {
  it('go up one by one, down one by one, and up again', async () => {
    const knex = await databases.init(databaseId);
    expect(await migrationFaults(knex, migrationsDirectory)).toEqual([]);
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
