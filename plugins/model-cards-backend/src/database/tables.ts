import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** A row of `models`. */
export type ModelTableRow = {
  id: number;
  entity_ref: string;
  etag: string;
  gateway_key: string;
  name_key: string;
  context_tokens: number | null;
  parameters: number | null;
  gpu_memory: number | null;
  completeness: number;
  updated_ms: number;
  first_seen_at: string;
  row: string;
  missing: string;
  standing: string | null;
  conflict: string | null;
};

/** Where the migrations are. */
export const migrationsDir = resolvePackagePath(
  '@modelhub/backstage-plugin-model-cards-backend',
  'migrations',
);

/** Whether the database is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client.includes('pg');
}

/** The plugin's database, migrated to the newest form unless told not to. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDir });
  }
  return knex;
}
