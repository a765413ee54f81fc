import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

/**
 * Where the tests of a plugin keep its tables.
 *
 * @public
 */
export interface BothDatabases {
  databases: TestDatabases;
  /** For `describe.each`. */
  databaseIds: ReturnType<TestDatabases['eachSupportedId']>;
  /** A database of its own with all tables. */
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
  return {
    databases,
    databaseIds: databases.eachSupportedId(),
    async migrated(id) {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory: migrations });
      return knex;
    },
  };
}
