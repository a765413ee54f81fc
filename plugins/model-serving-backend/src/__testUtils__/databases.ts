import { testDatabases } from '@modelhub/backstage-plugin-models-node/testUtils';
import { migrationsDirectory } from '../database';

export const {
  databases,
  databaseIds,
  migrated: migratedDatabase,
} = testDatabases(migrationsDirectory);
