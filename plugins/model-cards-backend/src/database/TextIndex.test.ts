import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { modelEntity } from '../__testUtils__/models';
import { projectModel } from '../projection/projectModel';
import { DatabaseModelReader } from './DatabaseModelReader';
import { DatabaseModelWriter } from './DatabaseModelWriter';
import { EVERYTHING } from './ModelStore';
import { migrationsDir } from './tables';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Fills an index through the connection and looks for a mistyped word. */
async function searchThrough(knex: Knex) {
  await knex.migrate.latest({ directory: migrationsDir });
  const writer = await DatabaseModelWriter.create(knex);
  const reader = await DatabaseModelReader.create(knex);
  await writer.upsert([projectModel(modelEntity('alpha'))]);
  const count = (q: string, fuzzy: boolean) =>
    reader.count({ q, fuzzy, facets: {} }, EVERYTHING);
  return {
    supportsFuzzy: reader.supportsFuzzy,
    exact: await count('alpha', false),
    mistyped: await count('alpah', true),
  };
}

describe('search on PostgreSQL', () => {
  let admin: Knex;
  let connection: object;
  const open: Knex[] = [];

  const connect = (values: object, searchPath?: string[]) => {
    const knex = knexFactory({
      client: 'pg',
      connection: { ...connection, ...values },
      searchPath,
    });
    open.push(knex);
    return knex;
  };

  beforeEach(async () => {
    admin = await databases.init('POSTGRES_18');
    connection = admin.client.connectionSettings;
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map(knex => knex.destroy()));
  });

  it('tolerates typing errors with a database of its own', async () => {
    await expect(searchThrough(connect({}))).resolves.toEqual({
      supportsFuzzy: true,
      exact: 1,
      mistyped: 1,
    });
  });

  it('tolerates them with only a schema of its own', async () => {
    await admin.raw('CREATE SCHEMA "model-cards"');
    await expect(searchThrough(connect({}, ['model-cards']))).resolves.toEqual({
      supportsFuzzy: true,
      exact: 1,
      mistyped: 1,
    });
  });

  it('does without, where it may not install the extension', async () => {
    const role = `weak_${Date.now()}`;
    await admin.raw(`CREATE ROLE ${role} LOGIN PASSWORD 'weak'`);
    await admin.raw(`CREATE SCHEMA "model-cards" AUTHORIZATION ${role}`);
    await expect(
      searchThrough(connect({ user: role, password: 'weak' }, ['model-cards'])),
    ).resolves.toEqual({ supportsFuzzy: false, exact: 1, mistyped: 0 });
    await Promise.all(open.splice(0).map(knex => knex.destroy()));
    await admin.raw(`DROP OWNED BY ${role} CASCADE`);
    await admin.raw(`DROP ROLE ${role}`);
  });
});
