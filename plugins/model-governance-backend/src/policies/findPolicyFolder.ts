import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The configured folder, else the nearest folder `policies` from `from` upwards. */
export function findPolicyFolder(
  configured: string | undefined,
  from = process.cwd(),
): string {
  if (configured) return resolve(from, configured);
  for (let at = from; ; at = dirname(at)) {
    const candidate = join(at, 'policies');
    if (existsSync(join(candidate, 'sandbox.yaml'))) return candidate;
    if (dirname(at) === at) return join(from, 'policies');
  }
}
