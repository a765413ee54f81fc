import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const LEAST_LENGTH = 32;

const newSecret = () => randomBytes(32).toString('base64url');

function fromFile(path: string): string {
  const file = resolve(path);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another replica was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}

function checked(secret: string, origin: string): string {
  if (secret.length < LEAST_LENGTH) {
    throw new InputError(
      `${origin} is shorter than ${LEAST_LENGTH} characters. Make one with: openssl rand -base64 32`,
    );
  }
  return secret;
}

/**
 * The secret under which signing keys are encrypted at rest. Required in
 * production; elsewhere one that is lost at the end of the process will do.
 *
 * @throws InputError when there is none in production, or it is too short
 */
export function readKeySecret(options: {
  config: Config;
  logger: LoggerService;
  nodeEnv: string | undefined;
}): string {
  const secret = options.config.getOptionalString(
    'modelGovernance.keys.secret',
  );
  if (secret !== undefined) {
    return checked(secret, 'modelGovernance.keys.secret');
  }
  const file = options.config.getOptionalString(
    'modelGovernance.keys.secretFile',
  );
  if (file !== undefined) {
    return checked(fromFile(file), `The secret in ${file}`);
  }
  if (options.nodeEnv === 'production') {
    throw new InputError(
      'Model governance signs snapshots and its ledger, and needs a secret that protects the keys. Set modelGovernance.keys.secret (openssl rand -base64 32), the same on all replicas.',
    );
  }
  options.logger.warn(
    'modelGovernance.keys.secret is not set: the signing keys of this development backend are lost when it stops.',
  );
  return newSecret();
}
