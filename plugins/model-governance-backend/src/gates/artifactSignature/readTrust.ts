import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { getTrustedRoot } from '@sigstore/tuf';
import {
  createHash,
  createPublicKey,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TrustUnavailable } from './SignatureProblem';
import type {
  Trust,
  TrustedCertificate,
  TrustedIdentity,
  TrustedKey,
} from './Trust';

const AT = 'modelGovernance.signatures';

/** How long the authorities of Sigstore are taken as read. */
const ROOT_MS = 3_600_000;

export const fingerprintOf = (key: KeyObject) =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/**
 * Whose signatures count, by the configuration.
 *
 * @throws InputError that names the entry to mend
 */
export function readTrust(config: Config): Trust {
  const own = config.getOptionalConfig(AT);
  const entries = (name: string) => own?.getOptionalConfigArray(name) ?? [];
  const keys = entries('keys').map(keyOf);
  const certificates = entries('certificates').flatMap(certificatesOf);
  const identities = entries('identities').map(identityOf);
  const names = [
    ...keys.map(({ name }) => name),
    ...new Set(certificates.map(({ name }) => name)),
    ...identities.map(({ name }) => name),
  ];
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw new InputError(`${AT}: two entries have the name '${twice}'`);
  }
  const sigstore = own?.getOptionalConfig('sigstore');
  return {
    keys,
    certificates,
    identities,
    root: rootOf(sigstore),
    version: sha256Hex(canonicalJson([own?.get() ?? null, names.length])),
  };
}

function textOf(entry: Config, name: string, inline: string): string {
  const text = entry.getOptionalString(inline);
  const file = entry.getOptionalString('file');
  if ((text === undefined) === (file === undefined)) {
    throw new InputError(
      `${AT}: '${name}' needs either ${inline} or file, and not both`,
    );
  }
  if (text !== undefined) return text;
  try {
    return readFileSync(resolve(String(file)), 'utf8');
  } catch (error) {
    throw new InputError(
      `${AT}: the file of '${name}' cannot be read: ${
        (error as Error).message
      }`,
    );
  }
}

function keyOf(entry: Config): TrustedKey {
  const name = entry.getString('name');
  const pem = textOf(entry, name, 'publicKey');
  if (pem.includes('PRIVATE KEY')) {
    throw new InputError(
      `${AT}: '${name}' is a private key; configure the public one, and take the private one away from here`,
    );
  }
  try {
    const key = createPublicKey(pem);
    return { name, key, fingerprint: fingerprintOf(key) };
  } catch {
    throw new InputError(
      `${AT}: '${name}' is no public key in PEM ('-----BEGIN PUBLIC KEY-----')`,
    );
  }
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function certificatesOf(entry: Config): TrustedCertificate[] {
  const name = entry.getString('name');
  const found = textOf(entry, name, 'pem').match(PEM) ?? [];
  try {
    if (found.length === 0) throw new Error('none');
    return found.map(pem => ({ name, certificate: new X509Certificate(pem) }));
  } catch {
    throw new InputError(
      `${AT}: '${name}' holds no certificate in PEM ('-----BEGIN CERTIFICATE-----')`,
    );
  }
}

function identityOf(entry: Config): TrustedIdentity {
  const name = entry.getString('name');
  const issuer = entry.getString('issuer');
  const subject = entry.getOptionalString('subject');
  const pattern = entry.getOptionalString('subjectPattern');
  if ((subject === undefined) === (pattern === undefined)) {
    throw new InputError(
      `${AT}: '${name}' needs either subject or subjectPattern, and not both`,
    );
  }
  if (subject !== undefined) {
    return { name, issuer, subject: it => it === subject };
  }
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return { name, issuer, subject: it => whole.test(it) };
  } catch {
    throw new InputError(
      `${AT}: the subjectPattern of '${name}' is no regular expression`,
    );
  }
}

function rootOf(sigstore: Config | undefined): Trust['root'] {
  const file = sigstore?.getOptionalString('trustedRootFile');
  if (file !== undefined) {
    const root = rootIn(file);
    return async () => root;
  }
  if (!sigstore?.getOptionalBoolean('tuf.enabled')) {
    return async () => undefined;
  }
  let known: { root: TrustedRoot; at: number } | undefined;
  return async () => {
    if (known && Date.now() - known.at < ROOT_MS) return known.root;
    try {
      const root = await getTrustedRoot({
        mirrorURL: sigstore.getOptionalString('tuf.mirrorUrl'),
        rootPath: sigstore.getOptionalString('tuf.rootFile'),
        cachePath: sigstore.getOptionalString('tuf.cacheFolder'),
      });
      known = { root, at: Date.now() };
      return root;
    } catch (error) {
      throw new TrustUnavailable(
        `Sigstore's trusted root cannot be had: ${
          (error as Error).message
        }. An administrator looks at ${AT}.sigstore.tuf, or sets trustedRootFile.`,
      );
    }
  };
}

function rootIn(file: string): TrustedRoot {
  try {
    return TrustedRoot.fromJSON(
      JSON.parse(readFileSync(resolve(file), 'utf8')),
    );
  } catch (error) {
    throw new InputError(
      `${AT}.sigstore.trustedRootFile cannot be used: ${
        (error as Error).message
      }`,
    );
  }
}
