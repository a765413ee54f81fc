import { resolvePackagePath } from '@backstage/backend-plugin-api';

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
