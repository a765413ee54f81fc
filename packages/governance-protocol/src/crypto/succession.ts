import { KeyObject } from 'node:crypto';
import { canonicalJson } from './canonicalJson';
import {
  TrustedKeys,
  keyIdOf,
  signText,
  toPublicKey,
  trustKeys,
  verifyText,
} from './keys';

/**
 * What a key signs for: keys of one use never vouch for those of another.
 *
 * @public
 */
export type SigningKeyUse = 'snapshot' | 'ledger' | 'statement';

/**
 * With this a key vouches for the one that comes after it, so that whoever
 * trusts the one may trust the other.
 *
 * @public
 */
export interface KeySuccession {
  /** Id of the key that signed. */
  predecessor: string;
  /**
   * Ed25519, base64url, over the RFC 8785 canonical JSON of
   * `{ format: 'modelhub.dev/key-succession.v1', use, predecessor, publicKey }`,
   * where `publicKey` is the new key's SPKI DER as base64url.
   */
  signature: string;
}

/**
 * A public key as the control plane lists it.
 *
 * @public
 */
export interface AnnouncedKey {
  /** SPKI PEM. */
  publicKey: string;
  use: SigningKeyUse;
  succession?: KeySuccession;
}

const MOST_KEYS = 1000;

/**
 * Vouches for a new key.
 *
 * @param predecessor - private half of the key that is trusted so far
 * @throws TypeError when a key is not Ed25519
 *
 * @public
 */
export function signKeySuccession(
  next: { publicKey: string; use: SigningKeyUse },
  predecessor: string | KeyObject,
): KeySuccession {
  const id = keyIdOf(predecessor);
  return {
    predecessor: id,
    signature: signText(succession(next, id), predecessor),
  };
}

/**
 * What one may trust who trusts some keys already and reads a list of keys from
 * somebody whom one does not trust: follows vouchers from key to key. Of the
 * keys held, those stay that are the newest or vouched for it.
 *
 * @param options - `pinned`: ids of which no other is trusted, whoever vouches
 * @returns the keys to trust from now on, and the ids that one asked to be
 * trusted without a right to it
 *
 * @public
 */
export function followKeySuccessions(
  trusted: TrustedKeys,
  announced: readonly AnnouncedKey[],
  options: { use: SigningKeyUse; pinned?: readonly string[] },
): { trusted: TrustedKeys; learned: string[]; refused: string[] } {
  const known = new Map(trusted);
  const learned: Array<{ keyId: string; predecessor: string }> = [];
  const refused = new Set<string>();
  let waiting = announced
    .slice(0, MOST_KEYS)
    .flatMap(key => candidate(key, options.use))
    .filter(({ keyId }) => !known.has(keyId));
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    waiting = waiting.filter(({ keyId, key, text, predecessor, signature }) => {
      const voucher = known.get(predecessor);
      if (known.has(keyId) || !voucher) {
        return true;
      }
      const isPinned = !options.pinned || options.pinned.includes(keyId);
      if (!isPinned || !verifyText(text, signature, voucher)) {
        refused.add(keyId);
        return false;
      }
      known.set(keyId, key);
      learned.push({ keyId, predecessor });
      return false;
    });
  }
  const newest = learned.at(-1);
  // The one before still signs for a moment; older ones never again.
  const kept = newest
    ? new Map(
        [...known].filter(
          ([keyId]) => keyId === newest.keyId || keyId === newest.predecessor,
        ),
      )
    : trusted;
  return {
    trusted: kept,
    learned: learned.map(({ keyId }) => keyId),
    refused: [...refused],
  };
}

function candidate(announced: AnnouncedKey, use: SigningKeyUse) {
  const { predecessor, signature } = announced.succession ?? {};
  if (
    announced.use !== use ||
    typeof predecessor !== 'string' ||
    typeof signature !== 'string'
  ) {
    return [];
  }
  try {
    const [[keyId, key]] = trustKeys([announced.publicKey]);
    const text = succession(announced, predecessor);
    return [{ keyId, key, text, predecessor, signature }];
  } catch {
    return [];
  }
}

function succession(
  { publicKey, use }: { publicKey: string; use: SigningKeyUse },
  predecessor: string,
): string {
  const der = toPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return canonicalJson({
    format: 'modelhub.dev/key-succession.v1',
    use,
    predecessor,
    publicKey: der.toString('base64url'),
  });
}
