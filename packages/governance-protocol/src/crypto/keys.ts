import {
  KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { sha256Hex } from './sha256';

/**
 * An Ed25519 key pair as PEM text, with the id under which others pin it.
 *
 * @public
 */
export interface SigningKey {
  keyId: string;
  /** SPKI PEM. */
  publicKey: string;
  /** PKCS #8 PEM. */
  privateKey: string;
}

/**
 * Public keys that a verifier trusts, by key id. Make one with
 * {@link trustKeys}.
 *
 * @public
 */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/**
 * The id of an Ed25519 key: the first 16 hex digits of the SHA-256 of its
 * public half as SPKI DER. Private keys have the id of their public key.
 *
 * @throws TypeError when the text is no PEM key or the key is not Ed25519
 *
 * @public
 */
export function keyIdOf(key: string | KeyObject): string {
  const der = toPublicKey(key).export({ type: 'spki', format: 'der' });
  return sha256Hex(der).slice(0, 16);
}

/**
 * A new Ed25519 key pair.
 *
 * @public
 */
export function generateSigningKey(): SigningKey {
  const pair = generateKeyPairSync('ed25519');
  return {
    keyId: keyIdOf(pair.publicKey),
    publicKey: pair.publicKey
      .export({ type: 'spki', format: 'pem' })
      .toString(),
    privateKey: pair.privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  };
}

/**
 * Files public keys under the ids that follow from them, so that nobody can
 * offer another key under a pinned id.
 *
 * @throws TypeError when a text is no PEM key or a key is not Ed25519
 *
 * @public
 */
export function trustKeys(
  publicKeys: Iterable<string | KeyObject>,
): TrustedKeys {
  const trusted = new Map<string, KeyObject>();
  for (const key of publicKeys) {
    const publicKey = toPublicKey(key);
    trusted.set(keyIdOf(publicKey), publicKey);
  }
  return trusted;
}

/** Base64url, without padding, of the Ed25519 signature over UTF-8 text. */
export function signText(text: string, privateKey: string | KeyObject): string {
  const key = toPrivateKey(privateKey);
  return sign(undefined, Buffer.from(text), key).toString('base64url');
}

/** Whether a base64url signature over UTF-8 text is the key's. */
export function verifyText(
  text: string,
  signature: string,
  publicKey: KeyObject,
): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // One spelling only: Buffer would overlook foreign characters.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) {
    return false;
  }
  return verify(undefined, Buffer.from(text), publicKey, bytes);
}

/** The public half of a key, as a key object. */
export function toPublicKey(key: string | KeyObject): KeyObject {
  let publicKey: KeyObject;
  try {
    publicKey =
      typeof key !== 'string' && key.type === 'public'
        ? key
        : createPublicKey(key);
  } catch {
    throw new TypeError('Not a public key: expected Ed25519 as SPKI PEM');
  }
  return onlyEd25519(publicKey);
}

function toPrivateKey(key: string | KeyObject): KeyObject {
  let privateKey: KeyObject;
  try {
    privateKey = typeof key === 'string' ? createPrivateKey(key) : key;
  } catch {
    throw new TypeError('Not a private key: expected Ed25519 as PKCS #8 PEM');
  }
  return onlyEd25519(privateKey);
}

function onlyEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new TypeError(
      `A key of type '${
        key.asymmetricKeyType ?? key.type
      }' does not sign here: expected Ed25519`,
    );
  }
  return key;
}
