import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Folder of this plugin's migrations. */
export const migrationsDirectory = resolvePackagePath(
  '@modelhub/backstage-plugin-model-serving-backend',
  'migrations',
);
