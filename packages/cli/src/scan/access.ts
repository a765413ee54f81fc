import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AccessRules, RegistryLogin } from '@modelhub/scanner';

type Env = Record<string, string | undefined>;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whoever types an address means its host, wherever it is. Where its server
 * sends on to is another matter: private hosts there have to be named.
 */
export function accessOf(
  uri: string,
  flags: { plainHttp: string[]; privateHost: string[] },
  env: Env,
): AccessRules {
  const named = [
    uri.replace(/^oci:/i, 'https:'),
    env.HF_ENDPOINT,
    env.AWS_ENDPOINT_URL_S3,
    env.AWS_ENDPOINT_URL,
  ].flatMap(it => hostOf(it) ?? []);
  return {
    schemes: ['path', 'https', 'hf', 'oci', 's3'],
    privateHosts: [...named, ...flags.privateHost],
    plainHosts: [...LOOPBACK, ...flags.plainHttp],
  };
}

function hostOf(uri: string | undefined): string | undefined {
  if (!uri || !/^https?:/i.test(uri) || !URL.canParse(uri)) return undefined;
  return new URL(uri).host;
}

/**
 * The logins that `docker login` and its like keep in a file. Those that a
 * helper program keeps are not asked for: a scan starts no programs.
 */
export function dockerLogins(
  env: Env,
): (host: string) => RegistryLogin | undefined {
  const auths = readAuths(
    env.DOCKER_CONFIG || path.join(os.homedir(), '.docker'),
  );
  return host => {
    const names =
      host === 'registry-1.docker.io'
        ? ['https://index.docker.io/v1/', 'docker.io']
        : [host, `https://${host}`, `https://${host}/`];
    const auth = names.map(name => auths[name]?.auth).find(Boolean);
    const [, username, password] =
      /^([^:]*):(.*)$/s.exec(
        Buffer.from(auth ?? '', 'base64').toString('utf8'),
      ) ?? [];
    return username ? { username, password } : undefined;
  };
}

function readAuths(folder: string): Record<string, { auth?: string }> {
  try {
    const text = fs.readFileSync(path.join(folder, 'config.json'), 'utf8');
    return JSON.parse(text).auths ?? {};
  } catch {
    return {};
  }
}
