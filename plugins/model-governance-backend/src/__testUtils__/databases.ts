import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { Transactions } from '@modelhub/backstage-plugin-models-node';
import { testDatabases } from '@modelhub/backstage-plugin-models-node/testUtils';
import { migrationsDirectory } from '../database';

export const { databases, databaseIds, migrated } =
  testDatabases(migrationsDirectory);

/** A database with all tables. */
export async function migratedDatabase(id: TestDatabaseId) {
  const knex = await migrated(id);
  return { knex, transactions: Transactions.create({ knex }) };
}
