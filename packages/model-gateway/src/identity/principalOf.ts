import type { SnapshotKey } from '@modelhub/governance-protocol';
import type { JWTPayload } from 'jose';
import type { OidcPrincipal } from './OidcConfig';

/** A caller with a token, in place of a key. */
export interface PrincipalKey extends SnapshotKey {
  /** Who called, as the catalog knows them; nothing where nobody can tell. */
  principal?: { entityRef: string; issuer: string };
}

/** Parts of an entity ref, by the rules of the catalog. */
const NAME = /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/;
const REF = /^([a-z0-9]+):([a-z0-9-]{1,63})\/([a-z0-9._-]{1,63})$/;

/**
 * The entity that a token stands for, in lower case as the catalog compares. A
 * claim that is no name (an address, for example) says nothing: to cut it would
 * make one of two people.
 */
export function entityOf(
  payload: JWTPayload,
  principal: OidcPrincipal | undefined,
): string | undefined {
  const claim = principal && payload[principal.claim];
  if (typeof claim !== 'string') {
    return undefined;
  }
  const value = claim.toLowerCase();
  if (REF.test(value)) {
    return value;
  }
  const { kind = 'user', namespace = 'default' } = principal!;
  return NAME.test(value)
    ? `${kind}:${namespace}/${value}`.toLowerCase()
    : undefined;
}

/** Who called; nothing for keys of the allowlist. */
export function principalOf(
  key: SnapshotKey,
): PrincipalKey['principal'] | undefined {
  return (key as PrincipalKey).principal;
}
