import type { PublicKey } from '@modelhub/backstage-plugin-models-common';

export type KeyUse = PublicKey['use'];

/** What keys of a use sign, for people. */
export const signs: Record<KeyUse, string> = {
  snapshot: 'Allowlist snapshots for gateways',
  ledger: 'Checkpoints of the ledger',
  statement: 'Statements of approval',
};

export const keyUses = Object.keys(signs) as KeyUse[];

const states: Record<PublicKey['state'], string> = {
  active: 'Signs now',
  retiring: 'Trusted until the next rotation',
  retired: 'Retired',
};

/** How a key stands; only gateways ask for vouchers, so only their keys say that they have none. */
export function standingText(key: PublicKey, all: PublicKey[]): string {
  const replaced = all.some(one => one.use === key.use && one !== key);
  const alone =
    key.use === 'snapshot' &&
    key.state === 'active' &&
    replaced &&
    !key.succession;
  return alone
    ? `${
        states[key.state]
      }, but no earlier key vouches for it: gateways have to enrol again`
    : states[key.state];
}

/** By use, the one that signs first. */
export function inOrder(keys: PublicKey[]): PublicKey[] {
  const order = Object.keys(states);
  return [...keys].sort(
    (a, b) =>
      keyUses.indexOf(a.use) - keyUses.indexOf(b.use) ||
      order.indexOf(a.state) - order.indexOf(b.state) ||
      (b.createdAt ?? '').localeCompare(a.createdAt ?? ''),
  );
}
