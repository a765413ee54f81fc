import { migrationFaults } from '@modelhub/backstage-plugin-models-node/testUtils';
import { databaseIds, databases } from '../__testUtils__/databases';
import { migrationsDirectory } from './database';

jest.setTimeout(60_000);

it.each(databaseIds)('migrations go up, down, and up again on %s', async id => {
  const knex = await databases.init(id);
  expect(await migrationFaults(knex, migrationsDirectory)).toEqual([]);
});
