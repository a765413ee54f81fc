import { describeMigrations } from '@modelhub/backstage-plugin-models-node/testUtils';
import { bothDatabases } from '../__testUtils__/databases';
import { migrationsDirectory } from './database';

jest.setTimeout(60_000);

describeMigrations(migrationsDirectory, bothDatabases);
