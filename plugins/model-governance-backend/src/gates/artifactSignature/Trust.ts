import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { KeyObject, X509Certificate } from 'node:crypto';

/** A public key whose signatures count. */
export interface TrustedKey {
  name: string;
  key: KeyObject;
  /** SHA-256 of the key in DER, hex. */
  fingerprint: string;
}

/** An authority of one's own whose certificates count. */
export interface TrustedCertificate {
  name: string;
  certificate: X509Certificate;
}

/** Somebody whom Sigstore has vouched for. */
export interface TrustedIdentity {
  name: string;
  /** URL of who confirmed it. */
  issuer: string;
  /** Address or workflow, whole. */
  subject: (subject: string) => boolean;
}

/** Whose signatures count. */
export interface Trust {
  keys: TrustedKey[];
  certificates: TrustedCertificate[];
  identities: TrustedIdentity[];
  /**
   * Certificate, time and log authorities of Sigstore; undefined where none are
   * configured.
   *
   * @throws TrustUnavailable when they cannot be had now
   */
  root: () => Promise<TrustedRoot | undefined>;
  /** Changes when anything of it does. */
  version: string;
}

export const namesOf = ({ keys, certificates, identities }: Trust): string[] =>
  [...keys, ...certificates, ...identities].map(({ name }) => name);

/** The part of it that a policy takes; all without a list. */
export function restricted(trust: Trust, names: string[] | undefined): Trust {
  if (!names) return trust;
  const isTaken = ({ name }: { name: string }) => names.includes(name);
  return {
    ...trust,
    keys: trust.keys.filter(isTaken),
    certificates: trust.certificates.filter(isTaken),
    identities: trust.identities.filter(isTaken),
  };
}
