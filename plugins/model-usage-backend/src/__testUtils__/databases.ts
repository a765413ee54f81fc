import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { testDatabases } from '@modelhub/backstage-plugin-models-node/testUtils';
import { migrationsDirectory } from '../database';

export const { databases, databaseIds } = testDatabases(migrationsDirectory);

/** A database with all tables, of its own: usage is also written after a test. */
export async function migratedDatabase(id: TestDatabaseId) {
  const knex = await databases.init(id);
  await knex.migrate.latest({ directory: migrationsDirectory });
  return knex;
}
