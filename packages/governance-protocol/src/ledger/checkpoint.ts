import { KeyObject } from 'node:crypto';
import { canonicalJson } from '../crypto/canonicalJson';
import { TrustedKeys, keyIdOf, signText, verifyText } from '../crypto/keys';
import type { LedgerCheckpoint } from './types';

/**
 * What became of a checkpoint's verification.
 *
 * @public
 */
export type CheckpointVerification =
  | { ok: true; checkpoint: LedgerCheckpoint }
  | {
      ok: false;
      code: 'malformed' | 'unknown-key' | 'bad-signature';
      message: string;
    };

/**
 * Signs that a chain up to `seq` ends in `hash`.
 *
 * @param privateKey - Ed25519, PKCS #8 PEM or key object
 * @throws TypeError when a field is malformed
 *
 * @public
 */
export function signCheckpoint(
  head: { seq: number; hash: string; at: string },
  privateKey: string | KeyObject,
): LedgerCheckpoint {
  const statement = {
    seq: head.seq,
    hash: head.hash,
    at: head.at,
    keyId: keyIdOf(privateKey),
  };
  const signature = signText(canonicalJson(statement), privateKey);
  const checkpoint = { ...statement, signature };
  if (!isCheckpoint(checkpoint)) {
    throw new TypeError(
      'A checkpoint needs a seq of 1 or more, a SHA-256 in lower-case hex and an ISO 8601 date',
    );
  }
  return checkpoint;
}

/**
 * Checks the structure and signature of a checkpoint. Whether a chain agrees
 * with it is for `verifyChain`.
 *
 * @public
 */
export function verifyCheckpoint(
  checkpoint: unknown,
  trustedKeys: TrustedKeys,
): CheckpointVerification {
  if (!isCheckpoint(checkpoint)) {
    return {
      ok: false,
      code: 'malformed',
      message: 'Expected { seq, hash, at, keyId, signature }',
    };
  }
  const { signature, ...statement } = checkpoint;
  const publicKey = trustedKeys.get(checkpoint.keyId);
  if (!publicKey) {
    return {
      ok: false,
      code: 'unknown-key',
      message: `Key '${checkpoint.keyId}' is not among the trusted keys`,
    };
  }
  if (!verifyText(canonicalJson(statement), signature, publicKey)) {
    return {
      ok: false,
      code: 'bad-signature',
      message: `The signature is not that of key '${checkpoint.keyId}'`,
    };
  }
  return { ok: true, checkpoint };
}

const FIELDS = ['at', 'hash', 'keyId', 'seq', 'signature'];

/** Whether a value has the structure of a checkpoint. */
export function isCheckpoint(value: unknown): value is LedgerCheckpoint {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const it = value as Record<string, unknown>;
  return (
    Object.keys(it).sort().join() === FIELDS.join() &&
    Number.isSafeInteger(it.seq) &&
    (it.seq as number) >= 1 &&
    typeof it.hash === 'string' &&
    /^[0-9a-f]{64}$/.test(it.hash) &&
    typeof it.at === 'string' &&
    !Number.isNaN(Date.parse(it.at)) &&
    typeof it.keyId === 'string' &&
    typeof it.signature === 'string'
  );
}
