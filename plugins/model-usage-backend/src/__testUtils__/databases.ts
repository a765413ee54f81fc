import { testDatabases } from '@modelhub/backstage-plugin-models-node/testUtils';
import { migrationsDirectory } from '../database';

export const bothDatabases = testDatabases(migrationsDirectory);
export const {
  databases,
  databaseIds,
  migrated: migratedDatabase,
} = bothDatabases;
