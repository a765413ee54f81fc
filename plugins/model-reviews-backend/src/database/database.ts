import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Folder of this plugin's migrations. */
export const migrationsDirectory = resolvePackagePath(
  '@modelhub/backstage-plugin-model-reviews-backend',
  'migrations',
);

/** The database refused a row because there is one with the same key. */
export function isDuplicate(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return (
    code === '23505' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}
