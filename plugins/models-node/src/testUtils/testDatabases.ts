import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { remembered } from './remembered';

/**
 * Where the tests of a plugin keep its tables.
 *
 * @public
 */
export interface BothDatabases {
  databases: TestDatabases;
  /** For `describe.each`. */
  databaseIds: ReturnType<TestDatabases['eachSupportedId']>;
  /**
   * A database with all tables, as the migrations leave them. Asked for in a
   * test or its `beforeEach` it is the test's own and then that of a later test;
   * asked for in `beforeAll` it stays.
   */
  migrated(id: TestDatabaseId): Promise<Knex>;
}

/**
 * Both databases that the hub supports. Call it at the top of a file: it takes
 * the databases away after the last test.
 *
 * @param migrations - folder with the plugin's migrations
 *
 * @public
 */
export function testDatabases(migrations: string): BothDatabases {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  interface Used {
    id: TestDatabaseId;
    knex: Knex;
    restore: () => Promise<void>;
  }
  const free: Used[] = [];
  const ofThisTest: Used[] = [];
  let inTest = false;
  // Around those of the file: these come first before a test, and last after it.
  beforeEach(() => {
    inTest = true;
  });
  afterEach(() => {
    inTest = false;
    free.push(...ofThisTest.splice(0));
  });

  const restored = async (id: TestDatabaseId): Promise<Used | undefined> => {
    for (;;) {
      const at = free.findIndex(database => database.id === id);
      if (at < 0) return undefined;
      const [database] = free.splice(at, 1);
      try {
        await database.restore();
        return database;
      } catch {
        // The test closed it, or left other tables or a lock: nobody gets it again.
      }
    }
  };
  const made = async (id: TestDatabaseId): Promise<Used> => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrations });
    return { id, knex, restore: await remembered(knex) };
  };

  return {
    databases,
    databaseIds: databases.eachSupportedId(),
    async migrated(id) {
      const database = (await restored(id)) ?? (await made(id));
      if (inTest) ofThisTest.push(database);
      return database.knex;
    },
  };
}
