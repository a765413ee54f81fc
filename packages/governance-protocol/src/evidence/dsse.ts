import { createPrivateKey, sign, verify, type KeyObject } from 'node:crypto';
import { listOf, record, text, type Check } from '../checks';
import { canonicalJson } from '../crypto/canonicalJson';
import { keyIdOf, toPublicKey } from '../crypto/keys';
import { sha256Hex } from '../crypto/sha256';

/** Payload type of statements in the manner of in-toto. @public */
export const IN_TOTO_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/**
 * A signed document: DSSE 1.0, with one Ed25519 signature.
 *
 * @public
 */
export interface DsseEnvelope {
  /** Base64 of the payload's bytes. */
  payload: string;
  payloadType: string;
  signatures: Array<{
    /** As `keyIdOf` makes it. */
    keyid: string;
    /** Base64. */
    sig: string;
  }>;
}

const base64: Check = value =>
  typeof value === 'string' &&
  value.length > 0 &&
  Buffer.from(value, 'base64').toString('base64') === value
    ? undefined
    : 'must be base64 with padding';

const one: Check = value =>
  Array.isArray(value) && value.length !== 1
    ? 'must hold exactly one signature'
    : listOf(record({ keyid: text, sig: base64 }))(value);

const envelope = record({
  payload: base64,
  payloadType: text,
  signatures: one,
});

/**
 * Says what is wrong with the structure of an envelope, or nothing.
 *
 * @public
 */
export function dsseProblem(value: unknown): string | undefined {
  const problem = envelope(value);
  return problem && `envelope${problem.startsWith('.') ? '' : ' '}${problem}`;
}

/** What DSSE signs: type and payload with their lengths. */
function preAuthEncoding(payloadType: string, payload: Buffer): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `),
    payload,
  ]);
}

/**
 * Signs a payload.
 *
 * @param privateKey - Ed25519, PKCS #8 PEM or key object
 * @throws TypeError when the key is not Ed25519
 *
 * @public
 */
export function signDsse(
  document: { payloadType: string; payload: string | Buffer },
  privateKey: string | KeyObject,
): DsseEnvelope {
  const payload = Buffer.from(document.payload);
  const key =
    typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  const keyid = keyIdOf(key);
  const sig = sign(
    undefined,
    preAuthEncoding(document.payloadType, payload),
    key,
  );
  return {
    payload: payload.toString('base64'),
    payloadType: document.payloadType,
    signatures: [{ keyid, sig: sig.toString('base64') }],
  };
}

/**
 * Whether the one signature of an envelope of the right structure is the key's.
 *
 * @public
 */
export function verifyDsse(
  { payload, payloadType, signatures: [signature] }: DsseEnvelope,
  publicKey: string | KeyObject,
): boolean {
  const key = toPublicKey(publicKey);
  return (
    signature.keyid === keyIdOf(key) &&
    verify(
      undefined,
      preAuthEncoding(payloadType, Buffer.from(payload, 'base64')),
      key,
      Buffer.from(signature.sig, 'base64'),
    )
  );
}

/**
 * `sha256:…` of an envelope, whatever the white space and order of fields in
 * which it came.
 *
 * @public
 */
export function dsseDigest(it: DsseEnvelope): string {
  return `sha256:${sha256Hex(canonicalJson(it))}`;
}
