import { SnapshotContent, sha256Hex } from '@modelhub/governance-protocol';

/** Approved throughout, approved now and then, and never. */
export const MODELS = {
  always: 'acme/always',
  sometimes: ['acme/one', 'acme/two'],
  never: 'acme/never',
} as const;

/** What callers ask for, as often as it stands here. */
export const ASKED: readonly string[] = [
  MODELS.always,
  MODELS.always,
  ...MODELS.sometimes,
  ...MODELS.sometimes,
  MODELS.never,
];

/** One of several, whichever. */
export const anyOf = <T>(items: readonly T[]): T =>
  items[Math.floor(Math.random() * items.length)];

export const SECRET = `mh_${sha256Hex('faults').slice(0, 43)}`;

const SCOPE = {
  profile: 'faults',
  purpose: 'faults',
  tier: 'internal' as const,
};

/** What approves a model. */
export function grantOf(gatewayId: string) {
  const now = Date.now();
  return {
    id: `g-${gatewayId}`,
    gatewayId,
    version: '1',
    ...SCOPE,
    approvedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
  };
}

/** The allowlist of the first moment. */
export function startContent(): SnapshotContent {
  const models = [MODELS.always, ...MODELS.sometimes, MODELS.never];
  return {
    purposes: [],
    tiers: [],
    profiles: [{ id: 'faults', title: 'Faults', enforcement: 'enforce' }],
    keys: [{ id: 'faults', hash: sha256Hex(SECRET), ...SCOPE }],
    models: models.map(gatewayId => ({
      gatewayId,
      entityRef: `model:default/${gatewayId.split('/')[1]}`,
      provider: 'acme',
      lifecycle: 'active',
    })),
    grants: [grantOf(MODELS.always)],
  };
}
