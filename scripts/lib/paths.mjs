import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** The demo's databases, keys, logs and build marks. Not in git. */
export const DATA = path.join(ROOT, '.modelhub');

/**
 * A folder for what is fetched once per user: Node 24 and PostgreSQL.
 * `MODELHUB_CACHE` overrides it.
 */
export function userCache() {
  if (process.env.MODELHUB_CACHE) {
    return path.resolve(process.env.MODELHUB_CACHE);
  }
  if (process.platform === 'darwin') {
    return path.join(os.homedir(), 'Library', 'Caches', 'model-hub');
  }
  const base = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  return path.join(base, 'model-hub');
}
