import { createHash, verify } from 'node:crypto';
import { canonicalJson } from '../crypto';
import { readCoseKey } from './cose';

/**
 * A passkey assertion over one action, kept so that anybody can check it later
 * without the portal. Binary values are base64url.
 *
 * @public
 */
export interface StepUpEvidence {
  passkeyId: string;
  /** What the person did, e.g. `approval.command`. */
  action: string;
  /** 32 random bytes of the server. */
  nonce: string;
  /** See {@link stepUpPayloadHash}. */
  payloadHash: string;
  /** COSE public key. */
  publicKey: string;
  /** The domain that the passkey is bound to. */
  rpId: string;
  origin: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
}

/**
 * Whether evidence holds, or the first reason why it does not.
 *
 * @public
 */
export type StepUpVerification = { ok: true } | { ok: false; reason: string };

const sha256 = (...parts: Array<string | Uint8Array>) =>
  parts
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest();

const signedText = (action: string, payload: unknown) =>
  canonicalJson({ action, payload });

/**
 * `sha256:` and the hex SHA-256 of what is confirmed: the canonical JSON of
 * `{ action, payload }`.
 *
 * @public
 */
export function stepUpPayloadHash(action: string, payload: unknown): string {
  return `sha256:${sha256(signedText(action, payload)).toString('hex')}`;
}

/**
 * The WebAuthn challenge, base64url: SHA-256(nonce ‖ user ref ‖ canonical JSON
 * of `{ action, payload }`).
 *
 * @param options - `nonce` is base64url of 32 bytes
 *
 * @public
 */
export function stepUpChallenge(options: {
  nonce: string;
  userRef: string;
  action: string;
  payload: unknown;
}): string {
  const { nonce, userRef, action, payload } = options;
  return sha256(
    Buffer.from(nonce, 'base64url'),
    userRef,
    signedText(action, payload),
  ).toString('base64url');
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * Check offline that a person confirmed exactly this with their passkey: the
 * challenge is made of nonce, user and payload, the authenticator verified the
 * person, and the signature is the key's. Whether the key was the person's at
 * that time is a matter of the ledger's enrolment events.
 *
 * @public
 */
export function verifyStepUpEvidence(
  evidence: StepUpEvidence,
  expected: { userRef: string; payload: unknown },
): StepUpVerification {
  const reason = whyNot(evidence, expected);
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

function whyNot(
  evidence: StepUpEvidence,
  { userRef, payload }: { userRef: string; payload: unknown },
): string | undefined {
  const { action, nonce } = evidence;
  if (stepUpPayloadHash(action, payload) !== evidence.payloadHash) {
    return 'The payload is not the one that was confirmed.';
  }
  const clientDataBytes = Buffer.from(evidence.clientDataJSON, 'base64url');
  const clientData = readJson(clientDataBytes.toString('utf8'));
  if (clientData?.type !== 'webauthn.get') return 'This is no assertion.';
  if (clientData.origin !== evidence.origin) return 'The origin is another.';
  const challenge = stepUpChallenge({ nonce, userRef, action, payload });
  if (clientData.challenge !== challenge) {
    return 'The challenge was not made for this person and payload.';
  }
  const data = Buffer.from(evidence.authenticatorData, 'base64url');
  if (data.length < 37) return 'The authenticator data is cut off.';
  if (!data.subarray(0, 32).equals(sha256(evidence.rpId))) {
    return 'The passkey is bound to another domain.';
  }
  const has = (flag: number) => Math.floor(data[32] / flag) % 2 === 1;
  if (!has(USER_PRESENT) || !has(USER_VERIFIED)) {
    return 'The authenticator did not verify the person.';
  }
  try {
    const { key, hash } = readCoseKey(
      Buffer.from(evidence.publicKey, 'base64url'),
    );
    const signed = Buffer.concat([data, sha256(clientDataBytes)]);
    const signature = Buffer.from(evidence.signature, 'base64url');
    return verify(hash, signed, key, signature)
      ? undefined
      : 'The signature is not the key’s.';
  } catch (error) {
    return `The public key cannot be read: ${(error as Error).message}`;
  }
}

function readJson(
  text: string,
): { type?: unknown; origin?: unknown; challenge?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
