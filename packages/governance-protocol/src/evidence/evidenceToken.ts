import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { listOf, moment, record, text } from '../checks';
import { keyIdOf } from '../crypto/keys';
import { parseStrictJson } from '../crypto/parseStrictJson';

/**
 * What lets a pipeline submit evidence: what for, where to, and the key to sign
 * with. Written as one line, it is what people put into the secrets of a
 * pipeline.
 *
 * @public
 */
export interface EvidenceToken {
  /** Of the governance API: `https://portal.example.com/api/model-governance`. */
  url: string;
  id: string;
  entityRef: string;
  modelVersion: string;
  pin: string;
  gates: string[];
  /** ISO 8601. */
  expiresAt: string;
  /** 32 bytes, base64url: the private Ed25519 key. Nobody else has it. */
  seed: string;
}

const PREFIX = 'mhe1';

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

const scope = record({
  url: text,
  id: text,
  entityRef: text,
  modelVersion: text,
  pin: text,
  gates: listOf(text),
  expiresAt: moment,
});

/**
 * The key pair that a token's seed is.
 *
 * @throws TypeError when the seed does not have 32 bytes
 *
 * @public
 */
export function evidenceKey(seed: string): {
  keyId: string;
  /** SPKI PEM. */
  publicKey: string;
  privateKey: KeyObject;
} {
  const bytes = Buffer.from(seed, 'base64url');
  if (bytes.length !== 32) {
    throw new TypeError('The key of an evidence token has 32 bytes');
  }
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, bytes]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    keyId: keyIdOf(privateKey),
    publicKey: createPublicKey(privateKey)
      .export({ type: 'spki', format: 'pem' })
      .toString(),
    privateKey,
  };
}

/**
 * A token as one line: `mhe1.<what it is for>.<seed>`.
 *
 * @public
 */
export function formatEvidenceToken({ seed, ...rest }: EvidenceToken): string {
  const head = Buffer.from(JSON.stringify(rest)).toString('base64url');
  return `${PREFIX}.${head}.${seed}`;
}

/**
 * Reads a token.
 *
 * @throws TypeError that says what is wrong, without the secret
 *
 * @public
 */
export function parseEvidenceToken(line: string): EvidenceToken {
  const [prefix, head, seed, ...more] = line.trim().split('.');
  if (prefix !== PREFIX || !head || !seed || more.length > 0) {
    throw new TypeError(
      `Not an evidence token: expected ${PREFIX}.….…, as the portal showed it`,
    );
  }
  if (Buffer.from(seed, 'base64url').length !== 32) {
    throw new TypeError(
      'This evidence token was cut off. Copy it again, whole',
    );
  }
  let parsed: unknown;
  try {
    parsed = parseStrictJson(Buffer.from(head, 'base64url').toString());
  } catch {
    throw new TypeError(
      'This evidence token was changed on its way. Copy it again, whole',
    );
  }
  const problem = scope(parsed);
  if (problem) {
    throw new TypeError(
      `This evidence token was made by another version: it ${problem}`,
    );
  }
  return { ...(parsed as Omit<EvidenceToken, 'seed'>), seed };
}
