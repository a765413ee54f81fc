import { KeyObject } from 'node:crypto';
import { canonicalJson } from '../crypto/canonicalJson';
import { TrustedKeys, keyIdOf, signText, verifyText } from '../crypto/keys';
import { payloadProblem } from './structure';
import type { SignedSnapshot, SnapshotPayload } from './types';

/**
 * Why a snapshot is not taken.
 *
 * - `malformed`: not of the documented structure
 * - `unknown-key`: signed with a key that the reader does not trust
 * - `bad-signature`: not signed by the key that it names
 * - `expired`: past its `notAfter`
 * - `epoch-regressed`: of an epoch before the one held
 * - `older-than-held`: a replay of an earlier version
 * - `wrong-base`: a delta or heartbeat for another version than the one held;
 *   the remedy is a full snapshot
 *
 * @public
 */
export type SnapshotRefusalCode =
  | 'malformed'
  | 'unknown-key'
  | 'bad-signature'
  | 'expired'
  | 'epoch-regressed'
  | 'older-than-held'
  | 'wrong-base';

/**
 * What became of a snapshot's verification.
 *
 * @public
 */
export type SnapshotVerification =
  | { ok: true; payload: SnapshotPayload }
  | { ok: false; code: SnapshotRefusalCode; message: string };

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};

const refuse = (code: SnapshotRefusalCode, message: string) =>
  ({ ok: false, code, message } as const);

/**
 * Signs a payload with the key that its header names.
 *
 * @param privateKey - Ed25519, PKCS #8 PEM or key object
 * @throws TypeError when the payload is malformed or names another key
 *
 * @public
 */
export function signSnapshot(
  payload: SnapshotPayload,
  privateKey: string | KeyObject,
): SignedSnapshot {
  const problem = payloadProblem(payload);
  if (problem) {
    throw new TypeError(`This snapshot cannot be signed: ${problem}`);
  }
  const keyId = keyIdOf(privateKey);
  if (payload.header.keyId !== keyId) {
    throw new TypeError(
      `This snapshot names key '${payload.header.keyId}' but would be signed with '${keyId}'`,
    );
  }
  return { payload, signature: signText(canonicalJson(payload), privateKey) };
}

/**
 * Checks a snapshot that came over the network or from a disk: signature,
 * structure, age, and that it goes forwards from what the reader holds.
 *
 * A full snapshot may repeat the held version or go beyond it. A delta must
 * start at the held version, a heartbeat must name it.
 *
 * @param signed - a {@link SignedSnapshot}, not yet trusted in any way
 * @param options - `highest` is the highest epoch and version ever taken;
 * without it only a full snapshot is taken
 *
 * @public
 */
export function verifySnapshot(
  signed: unknown,
  trustedKeys: TrustedKeys,
  options: { now: Date; highest?: { epoch: number; version: number } },
): SnapshotVerification {
  const envelope = readEnvelope(signed);
  if (!envelope) {
    return refuse(
      'malformed',
      'Expected { payload: { kind, header: { keyId, … }, … }, signature }',
    );
  }
  const publicKey = trustedKeys.get(envelope.keyId);
  if (!publicKey) {
    return refuse(
      'unknown-key',
      `Key '${envelope.keyId}' is not among the trusted keys`,
    );
  }
  let signedText: string;
  try {
    signedText = canonicalJson(envelope.payload);
  } catch (error) {
    return refuse('malformed', (error as Error).message);
  }
  if (!verifyText(signedText, envelope.signature, publicKey)) {
    return refuse(
      'bad-signature',
      `The signature is not that of key '${envelope.keyId}'`,
    );
  }
  const problem = payloadProblem(envelope.payload);
  if (problem) {
    return refuse('malformed', problem);
  }
  const payload = envelope.payload as SnapshotPayload;
  return (
    ageProblem(payload, options.now) ??
    orderProblem(payload, options.highest) ?? { ok: true, payload }
  );
}

function readEnvelope(signed: unknown) {
  const { payload, signature, ...rest } = asObject(signed);
  const { keyId } = asObject(asObject(payload).header);
  return typeof keyId === 'string' &&
    typeof signature === 'string' &&
    Object.keys(rest).length === 0
    ? { payload, signature, keyId }
    : undefined;
}

function ageProblem({ header }: SnapshotPayload, now: Date) {
  return Date.parse(header.notAfter) > now.getTime()
    ? undefined
    : refuse('expired', `It was valid until ${header.notAfter}`);
}

function orderProblem(
  { kind, header }: SnapshotPayload,
  highest: { epoch: number; version: number } | undefined,
) {
  if (!highest) {
    return kind === 'full'
      ? undefined
      : refuse('wrong-base', `A ${kind} needs a full snapshot before it`);
  }
  if (header.epoch < highest.epoch) {
    return refuse(
      'epoch-regressed',
      `It is of epoch ${header.epoch}; epoch ${highest.epoch} was seen already`,
    );
  }
  if (header.epoch > highest.epoch) {
    return kind === 'full'
      ? undefined
      : refuse(
          'wrong-base',
          `A ${kind} of the new epoch ${header.epoch} needs a full snapshot of it first`,
        );
  }
  if (header.version < highest.version) {
    return refuse(
      'older-than-held',
      `It is version ${header.version}; version ${highest.version} was seen already`,
    );
  }
  const base = kind === 'delta' ? header.prev : header.version;
  if (kind !== 'full' && base !== highest.version) {
    return kind === 'delta' && header.version === highest.version
      ? refuse('older-than-held', `Version ${header.version} was taken already`)
      : refuse(
          'wrong-base',
          `It continues version ${base}; version ${highest.version} is held`,
        );
  }
  return undefined;
}
