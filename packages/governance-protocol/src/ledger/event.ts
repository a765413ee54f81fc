import { canonicalJson } from '../crypto/canonicalJson';
import { sha256Hex } from '../crypto/sha256';
import type { LedgerEvent } from './types';

/**
 * `prevHash` of the first event.
 *
 * @public
 */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * The hash of an event: SHA-256 over the RFC 8785 canonical JSON of all its
 * fields but `hash`, in lower-case hex.
 *
 * @throws TypeError when the payload is not JSON
 *
 * @public
 */
export function hashEvent(event: Omit<LedgerEvent, 'hash'>): string {
  const { seq, at, actor, subject, type, payload, prevHash } = event;
  return sha256Hex(
    canonicalJson({ seq, at, actor, subject, type, payload, prevHash }),
  );
}

/**
 * The next event of a chain.
 *
 * @param prev - the event before, or only its `seq` and `hash`; `undefined`
 * begins a chain
 * @throws TypeError when the payload is not JSON
 *
 * @public
 */
export function chainEvent(
  prev: Pick<LedgerEvent, 'seq' | 'hash'> | undefined,
  draft: Omit<LedgerEvent, 'seq' | 'prevHash' | 'hash'>,
): LedgerEvent {
  const event = {
    seq: (prev?.seq ?? 0) + 1,
    at: draft.at,
    actor: draft.actor,
    subject: draft.subject,
    type: draft.type,
    payload: draft.payload,
    prevHash: prev?.hash ?? GENESIS_HASH,
  };
  return { ...event, hash: hashEvent(event) };
}
