import { createHash, sign, type KeyObject } from 'node:crypto';
import { preAuthEncoding } from '../parseBundle';

export const sha256 = (data: string | Buffer) =>
  createHash('sha256').update(data).digest('hex');

export interface Resource {
  name: string;
  algorithm: string;
  digest: string;
}

export const resource = (name: string, content: string | Buffer): Resource => ({
  name,
  algorithm: 'sha256',
  digest: sha256(content),
});

/** What model_signing 1.0 signs, as its documentation shows it. */
export function statementOf(
  resources: Resource[],
  serialization: Record<string, unknown> = {},
) {
  const root = createHash('sha256');
  for (const { digest } of resources) root.update(Buffer.from(digest, 'hex'));
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'tiny', digest: { sha256: root.digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      serialization: {
        method: 'files',
        hash_type: 'sha256',
        allow_symlinks: false,
        ignore_paths: ['.gitattributes', '.git', 'model.sig'],
        ...serialization,
      },
      resources,
    },
  };
}

export const IN_TOTO = 'application/vnd.in-toto+json';

/** A DSSE envelope, with the hash that goes with a key. */
export function envelopeOf(
  statement: object,
  key: KeyObject,
  hash: string | null = 'sha256',
) {
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = sign(hash, preAuthEncoding(IN_TOTO, payload), key);
  return {
    payload: payload.toString('base64'),
    payloadType: IN_TOTO,
    signatures: [{ sig: sig.toString('base64') }],
  };
}

/** A bundle as model_signing writes it: what it has no use for is left out. */
export const bundleOf = (
  verificationMaterial: object,
  dsseEnvelope: ReturnType<typeof envelopeOf>,
) =>
  JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial,
    dsseEnvelope,
  });

export const keyMaterial = (publicKey: KeyObject) => ({
  publicKey: {
    hint: sha256(publicKey.export({ type: 'spki', format: 'pem' })),
  },
});

export const chainMaterial = (...certificates: Buffer[]) => ({
  x509CertificateChain: {
    certificates: certificates.map(it => ({
      rawBytes: it.toString('base64'),
    })),
  },
});
