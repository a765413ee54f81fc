import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** A secret that the demo makes once and keeps, readable by its user only. */
export function keptSecret(data, name) {
  const file = path.join(data, 'run', name);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8');
}

/** Makes the tokens of evaluation endpoints: for the backends and the gateway. */
export const endpointSecret = data => ({
  MODELHUB_ENDPOINT_SECRET: keptSecret(data, 'endpoint-secret'),
});

/** What the backends take from the environment. */
export const backendSecrets = data => ({
  ...endpointSecret(data),
  MODELHUB_SERVING_STORAGE_KEY: keptSecret(data, 'serving-storage-key'),
});
