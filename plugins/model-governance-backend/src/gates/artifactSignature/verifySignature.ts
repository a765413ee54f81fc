import type { ArtifactSigner } from '@modelhub/backstage-plugin-models-common';
import { bundleFromJSON } from '@sigstore/bundle';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import {
  toSignedEntity,
  toTrustMaterial,
  Verifier,
  type SignedEntity,
} from '@sigstore/verify';
import {
  constants,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { ParsedBundle } from './parseBundle';
import { fingerprintOf } from './readTrust';
import { SignatureProblem } from './SignatureProblem';
import type { Trust } from './Trust';
import { checkChain, extensionTypes } from './verifyChain';

/** A signature that counts. */
export interface VerifiedSignature {
  signer: ArtifactSigner;
  signedAt?: Date;
  signedAtBy?: 'transparency-log' | 'timestamp-authority';
  logIndex?: string;
}

/** Fulcio writes there who confirmed an identity; version 1 and 2. */
const FULCIO_ISSUERS = ['1.3.6.1.4.1.57264.1.1', '1.3.6.1.4.1.57264.1.8'];

/** Hashes that go with a curve, the usual one first; cosign takes SHA-256 for all. */
const HASHES: Record<string, string[]> = {
  prime256v1: ['sha256'],
  secp384r1: ['sha384', 'sha256'],
  secp521r1: ['sha512', 'sha256'],
};

/** Whether a key made a signature, in any way that signers of models use. */
export function isSignedBy(
  key: KeyObject,
  signed: Buffer,
  signature: Buffer,
): boolean {
  switch (key.asymmetricKeyType) {
    case 'ec': {
      const { namedCurve = '' } = key.asymmetricKeyDetails ?? {};
      return (HASHES[namedCurve] ?? []).some(hash =>
        verify(hash, signed, key, signature),
      );
    }
    case 'ed25519':
      return verify(null, signed, key, signature);
    case 'rsa':
      return [
        constants.RSA_PKCS1_PADDING,
        constants.RSA_PKCS1_PSS_PADDING,
      ].some(padding => verify('sha256', signed, { key, padding }, signature));
    default:
      return false;
  }
}

const altered = () =>
  new SignatureProblem(
    'signature-invalid',
    'The signature does not belong to what it is said to sign: one of them was changed.',
    'Do not use these files. Fetch them again from their publisher, and ask there what happened.',
    'critical',
  );

/** What trusted clocks and logs say of a signature. */
interface Witnesses {
  signedAt: Date[];
  by?: VerifiedSignature['signedAtBy'];
  logIndex?: string;
}

type Moment = { at: Date; by: NonNullable<VerifiedSignature['signedAtBy']> };

function witnessesOf({ timestamps, tlogEntries }: SignedEntity): Witnesses {
  const moments = timestamps.flatMap((it): Moment[] => {
    if (it.$case === 'timestamp-authority') {
      return [{ at: it.timestamp.signingTime, by: it.$case }];
    }
    // Only the log's own signature covers the time that an entry tells.
    const { inclusionPromise, integratedTime } = it.tlogEntry;
    return inclusionPromise?.signedEntryTimestamp.length
      ? [{ at: new Date(Number(integratedTime) * 1000), by: it.$case }]
      : [];
  });
  moments.sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    signedAt: moments.map(({ at }) => at),
    ...(moments[0] && { by: moments[0].by }),
    ...(tlogEntries[0] && { logIndex: tlogEntries[0].logIndex }),
  };
}

const materialOf = ({ json }: ParsedBundle) =>
  json.verificationMaterial as Record<string, unknown>;

/** Whether it comes with timestamps or entries of a log. */
function hasWitnesses(bundle: ParsedBundle): boolean {
  const { tlogEntries, timestampVerificationData } = materialOf(bundle);
  return (
    (Array.isArray(tlogEntries) && tlogEntries.length > 0) ||
    timestampVerificationData !== undefined
  );
}

/** Whether somebody has to be believed beyond the keys that are configured. */
export const needsRoot = (bundle: ParsedBundle): boolean =>
  bundle.material.kind === 'certificate' || hasWitnesses(bundle);

/**
 * Has Sigstore's library look at timestamps and log entries of a signature by a
 * key, where there are such and it is known whom to believe. The signature
 * itself was verified.
 *
 * @throws SignatureProblem when one of them is wrong
 */
function witnessesOfKey(
  bundle: ParsedBundle,
  key: KeyObject,
  root: TrustedRoot | undefined,
  message: Buffer | undefined,
): Witnesses {
  const { tlogEntries = [], timestampVerificationData } = materialOf(bundle);
  if (!root || !hasWitnesses(bundle)) return { signedAt: [] };
  try {
    const entity = toSignedEntity(
      bundleFromJSON({
        ...bundle.json,
        verificationMaterial: {
          publicKey: { hint: 'signer' },
          tlogEntries,
          timestampVerificationData,
        },
      }),
      message,
    );
    const { signature } = entity;
    const verified: SignedEntity = {
      ...entity,
      signature: {
        signature: signature.signature,
        compareSignature: it => signature.compareSignature(it),
        compareDigest: it => signature.compareDigest(it),
        verifySignature: () => true,
      },
    };
    new Verifier(
      toTrustMaterial(root, () => ({ publicKey: key, validFor: () => true })),
      { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 },
    ).verify(verified);
    return witnessesOf(entity);
  } catch (error) {
    throw new SignatureProblem(
      'timestamp-invalid',
      `A timestamp or log entry of the signature is wrong: ${
        (error as Error).message
      }.`,
      'Sign again; the signature and what confirms its time have to belong together.',
    );
  }
}

function told({ signedAt, by, logIndex }: Witnesses) {
  return {
    ...(signedAt[0] && { signedAt: signedAt[0], signedAtBy: by }),
    ...(logIndex !== undefined && { logIndex }),
  };
}

function byKey(
  bundle: ParsedBundle,
  trust: Trust,
  root: TrustedRoot | undefined,
  message: Buffer | undefined,
): VerifiedSignature {
  const { signed, signature, material } = bundle;
  const found = trust.keys.find(({ key }) =>
    isSignedBy(key, signed, signature),
  );
  if (found) {
    const { name, key, fingerprint } = found;
    return {
      signer: { kind: 'key', name, keyFingerprint: fingerprint },
      ...told(witnessesOfKey(bundle, key, root, message)),
    };
  }
  const hint = material.kind === 'key' ? material.hint : undefined;
  throw new SignatureProblem(
    'key-untrusted',
    `The signature was not made with a trusted key${
      hint ? ` (it names the key ${hint.slice(0, 64)})` : ''
    }; or what it signs was changed.`,
    'Sign with a trusted key; or an administrator who trusts this one adds it to modelGovernance.signatures.keys.',
  );
}

function byCertificate(
  bundle: ParsedBundle,
  chain: X509Certificate[],
  options: {
    trust: Trust;
    root: TrustedRoot | undefined;
    message: Buffer | undefined;
    now: Date;
  },
): VerifiedSignature {
  const [leaf, ...between] = chain;
  const { trust, root, message, now } = options;
  const key = leaf.publicKey;
  if (!isSignedBy(key, bundle.signed, bundle.signature)) throw altered();
  const witnesses = witnessesOfKey(bundle, key, root, message);
  const { name } = checkChain({
    leaf,
    between,
    trusted: trust.certificates,
    signedAt: witnesses.signedAt,
    now,
  });
  return {
    signer: {
      kind: 'certificate',
      name,
      keyFingerprint: fingerprintOf(key),
      subject: leaf.subject.replaceAll('\n', ', '),
      issuer: leaf.issuer.replaceAll('\n', ', '),
      validFrom: new Date(leaf.validFrom).toISOString(),
      validTo: new Date(leaf.validTo).toISOString(),
    },
    ...told(witnesses),
  };
}

function byIdentity(
  bundle: ParsedBundle,
  leaf: X509Certificate,
  options: {
    trust: Trust;
    root: TrustedRoot | undefined;
    message: Buffer | undefined;
  },
): VerifiedSignature {
  const { trust, root, message } = options;
  if (!root) {
    throw new SignatureProblem(
      'no-trusted-root',
      'The signature is of an identity that Sigstore vouches for, and this portal does not know whom of Sigstore to believe.',
      'An administrator sets modelGovernance.signatures.sigstore.trustedRootFile, or switches sigstore.tuf on.',
    );
  }
  if (!isSignedBy(leaf.publicKey, bundle.signed, bundle.signature)) {
    throw altered();
  }
  let entity: SignedEntity;
  let identity: { issuer?: string; subject?: string };
  try {
    entity = toSignedEntity(bundleFromJSON(bundle.json), message);
    const verified = new Verifier(toTrustMaterial(root)).verify(entity);
    identity = {
      issuer: verified.identity?.extensions?.issuer,
      subject: verified.identity?.subjectAlternativeName,
    };
  } catch (error) {
    throw new SignatureProblem(
      'sigstore-refused',
      `Sigstore's authorities do not confirm the signature: ${
        (error as Error).message
      }.`,
      'Sign again; or an administrator looks whether the trusted root is the one of the Sigstore that signed.',
    );
  }
  const { issuer = '', subject = '' } = identity;
  const found = trust.identities.find(
    it => it.issuer === issuer && it.subject(subject),
  );
  if (!found) {
    throw new SignatureProblem(
      'identity-untrusted',
      `The signature is by ${subject}, whom ${issuer} confirmed, and that identity is not trusted here.`,
      'Sign as a trusted identity; or an administrator who trusts this one adds it to modelGovernance.signatures.identities.',
    );
  }
  return {
    signer: {
      kind: 'identity',
      name: found.name,
      keyFingerprint: fingerprintOf(leaf.publicKey),
      subject,
      issuer,
      validFrom: new Date(leaf.validFrom).toISOString(),
      validTo: new Date(leaf.validTo).toISOString(),
    },
    ...told(witnessesOf(entity)),
  };
}

/**
 * Whose signature it is, if it is one and that one is trusted.
 *
 * @throws SignatureProblem otherwise, with the reason
 */
export function verifySignature(
  bundle: ParsedBundle,
  options: {
    trust: Trust;
    root: TrustedRoot | undefined;
    /** What a signature over a message is about. */
    message?: Buffer;
    now: Date;
  },
): VerifiedSignature {
  const { material } = bundle;
  const { trust, root, message, now } = options;
  if (material.kind === 'key') return byKey(bundle, trust, root, message);
  let chain: X509Certificate[];
  try {
    chain = material.chain.map(der => new X509Certificate(der));
  } catch {
    throw new SignatureProblem(
      'signature-broken',
      'The certificate in the signature cannot be read.',
      'Sign the files again.',
    );
  }
  return isOfFulcio(chain[0])
    ? byIdentity(bundle, chain[0], { trust, root, message })
    : byCertificate(bundle, chain, { trust, root, message, now });
}

function isOfFulcio(certificate: X509Certificate): boolean {
  return extensionTypes(certificate).some(it => FULCIO_ISSUERS.includes(it));
}
