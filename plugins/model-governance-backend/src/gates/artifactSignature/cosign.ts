import { createHash } from 'node:crypto';
import { SignatureProblem } from './SignatureProblem';

const SIGNATURE = 'dev.cosignproject.cosign/signature';
const CERTIFICATE = 'dev.sigstore.cosign/certificate';
const CHAIN = 'dev.sigstore.cosign/chain';
const LOG = 'dev.sigstore.cosign/bundle';
const TIMESTAMP = 'dev.sigstore.cosign/rfc3161timestamp';

const PEM = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

const certificatesIn = (pem: string | undefined) =>
  [...(pem ?? '').matchAll(PEM)].map(([, base64]) => ({
    rawBytes: base64.replace(/\s/g, ''),
  }));

/**
 * A signature that cosign noted on a layer, as the Sigstore bundle that it would
 * be today. What is missing or broken, whoever reads the bundle finds.
 */
export function cosignBundle(
  message: Buffer,
  annotations: Record<string, string>,
): string {
  const certificates = [
    ...certificatesIn(annotations[CERTIFICATE]),
    ...certificatesIn(annotations[CHAIN]),
  ];
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      ...(certificates.length > 0
        ? { x509CertificateChain: { certificates } }
        : { publicKey: { hint: '' } }),
      tlogEntries: logEntries(annotations[LOG]),
      ...timestamps(annotations[TIMESTAMP]),
    },
    messageSignature: {
      messageDigest: {
        algorithm: 'SHA2_256',
        digest: createHash('sha256').update(message).digest('base64'),
      },
      signature: annotations[SIGNATURE] ?? '',
    },
  });
}

function json(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return value && typeof value === 'object'
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function logEntries(text: string | undefined) {
  const { SignedEntryTimestamp: promise, Payload: payload } = json(text) ?? {};
  const entry = payload as Record<string, unknown> | undefined;
  if (typeof promise !== 'string' || typeof entry?.body !== 'string') return [];
  const body = json(Buffer.from(entry.body, 'base64').toString('utf8'));
  return [
    {
      logIndex: String(entry.logIndex),
      logId: {
        keyId: Buffer.from(String(entry.logID), 'hex').toString('base64'),
      },
      kindVersion: {
        kind: String(body?.kind),
        version: String(body?.apiVersion),
      },
      integratedTime: String(entry.integratedTime),
      inclusionPromise: { signedEntryTimestamp: promise },
      canonicalizedBody: entry.body,
    },
  ];
}

function timestamps(text: string | undefined) {
  const signedTimestamp = json(text)?.SignedRFC3161Timestamp;
  return typeof signedTimestamp === 'string'
    ? {
        timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp }] },
      }
    : {};
}

const otherImage = (digest: unknown) =>
  new SignatureProblem(
    'digest-mismatch',
    `The signature is about ${
      typeof digest === 'string' ? digest.slice(0, 100) : 'something else'
    } and not about this artifact.`,
    'Sign the artifact that the version names, by its digest.',
    'critical',
  );

/**
 * Makes sure that what cosign signed is this manifest.
 *
 * @throws SignatureProblem
 */
export function checkSimpleSigning(message: Buffer, digest: string): void {
  const critical = json(message.toString('utf8'))?.critical as
    | { image?: Record<string, unknown> }
    | undefined;
  const signed = critical?.image?.['docker-manifest-digest'];
  if (signed !== digest) throw otherImage(signed);
}

/** The same of a statement in a bundle: the manifest is one of its subjects. */
export function checkSubjects(
  statement: Record<string, unknown>,
  digest: string,
): void {
  const subjects = Array.isArray(statement.subject) ? statement.subject : [];
  const digests = subjects.map(
    (it: { digest?: { sha256?: unknown } }) => `sha256:${it?.digest?.sha256}`,
  );
  if (!digests.includes(digest)) throw otherImage(digests[0]);
}
