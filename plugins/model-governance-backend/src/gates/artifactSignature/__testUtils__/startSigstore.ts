import { initializeCA, initializeTLog, initializeTSA } from '@sigstore/mock';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { certificateLog } from './certificateLog';
import { envelopeOf, sha256 } from './signing';

const pair = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const ISSUER = '1.3.6.1.4.1.57264.1.8';
const SHA_256 = '2.16.840.1.101.3.4.2.1';

/** What the log answers, as far as bundles need it. */
interface LogEntry {
  body: Buffer;
  integratedTime: number;
  logID: string;
  logIndex: number;
  verification?: {
    signedEntryTimestamp: string;
    inclusionProof: {
      logIndex: number;
      rootHash: string;
      treeSize: number;
      checkpoint: string;
    };
  };
}

/**
 * Authorities as those of Sigstore, which issue and confirm for tests. Their own
 * certificates begin today, so the moment has to be after that.
 */
export async function startSigstore(at: Date) {
  const ctLog = certificateLog(at);
  const ca = await initializeCA(pair(), ctLog, at);
  const tLog = await initializeTLog('https://log.example', pair(), at);
  const tsa = await initializeTSA(pair(), at);

  const validFor = { start: '2020-01-01T00:00:00Z' };
  const log = (publicKey: Buffer) => ({
    baseUrl: 'https://log.example',
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: publicKey.toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor,
    },
    logId: {
      keyId: createHash('sha256').update(publicKey).digest('base64'),
    },
  });
  const authority = (...certificates: Buffer[]) => ({
    subject: { organization: 'test', commonName: 'test' },
    uri: 'https://authority.example',
    certChain: {
      certificates: certificates.map(it => ({
        rawBytes: it.toString('base64'),
      })),
    },
    validFor,
  });
  /** What goes to `trusted_root.json`. */
  const trustedRoot = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(tLog.publicKey)],
    certificateAuthorities: [authority(ca.rootCertificate)],
    ctlogs: [log(ctLog.publicKey)],
    timestampAuthorities: [authority(tsa.intCertificate, tsa.rootCertificate)],
  };

  /** The entry that the log makes of a signed envelope. */
  async function logged(
    envelope: ReturnType<typeof envelopeOf>,
    verifier: string,
  ) {
    const hash = (value: string) => ({ algorithm: 'sha256', value });
    const payload = Buffer.from(envelope.payload, 'base64');
    const answer = await tLog.log({
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        envelopeHash: hash(sha256(JSON.stringify(envelope))),
        payloadHash: hash(sha256(payload)),
        signatures: [
          {
            signature: envelope.signatures[0].sig,
            verifier: Buffer.from(verifier).toString('base64'),
          },
        ],
      },
    });
    const [entry] = Object.values(answer as Record<string, LogEntry>);
    const { inclusionProof, signedEntryTimestamp } = entry.verification ?? {};
    return {
      logIndex: String(entry.logIndex),
      logId: { keyId: Buffer.from(entry.logID, 'hex').toString('base64') },
      kindVersion: { kind: 'dsse', version: '0.0.1' },
      integratedTime: String(entry.integratedTime),
      inclusionPromise: { signedEntryTimestamp },
      inclusionProof: {
        logIndex: String(inclusionProof?.logIndex),
        rootHash: Buffer.from(inclusionProof?.rootHash ?? '', 'hex').toString(
          'base64',
        ),
        treeSize: String(inclusionProof?.treeSize),
        hashes: [],
        checkpoint: { envelope: inclusionProof?.checkpoint },
      },
      canonicalizedBody: entry.body.toString('base64'),
    };
  }

  return {
    trustedRoot,
    logged,
    /** A bundle as an identity signs without a key of its own. */
    async sign(statement: object, who: { subject: string; issuer: string }) {
      const { publicKey, privateKey } = pair();
      const certificate = await ca.issueCertificate({
        publicKey: publicKey.export({ type: 'spki', format: 'der' }),
        subjectAltName: who.subject,
        extensions: [{ oid: ISSUER, value: who.issuer }],
      });
      const envelope = envelopeOf(statement, privateKey);
      return {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: {
          certificate: { rawBytes: certificate.toString('base64') },
          tlogEntries: [
            await logged(envelope, new X509Certificate(certificate).toString()),
          ],
          timestampVerificationData: {},
        },
        dsseEnvelope: envelope,
      };
    },
    /** That a signature was there at the authorities' time. */
    async timestamp(signature: Buffer) {
      const signedTimestamp = await tsa.timestamp({
        artifactHash: createHash('sha256').update(signature).digest(),
        hashAlgorithmOID: SHA_256,
        nonce: 1,
        policyOID: '1.2.3.4.1',
        certReq: true,
      });
      return { signedTimestamp: signedTimestamp.toString('base64') };
    },
  };
}
