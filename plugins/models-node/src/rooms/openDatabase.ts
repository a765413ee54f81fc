import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/**
 * A plugin's database with its newest tables, unless the operator runs
 * migrations elsewhere (`skipMigrations`).
 *
 * @param migrations - folder with the plugin's migrations
 *
 * @public
 */
export async function openDatabase(
  database: DatabaseService,
  migrations: string,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrations });
  }
  return knex;
}
