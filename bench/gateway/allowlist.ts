import { type SnapshotContent, sha256Hex } from '@modelhub/governance-protocol';

/** The secret of the n-th key. */
export const secretOf = (n: number) =>
  `mh_${sha256Hex(`key ${n}`).slice(0, 43)}`;

/** An allowlist with so many keys and models; each model is approved for two profiles. */
export function allowlistOf(counts: {
  keys: number;
  models: number;
}): SnapshotContent {
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const earlier = new Date(Date.now() - 86_400_000).toISOString();
  const profiles = ['customer-care', 'checkout', 'search', 'platform'];
  return {
    purposes: [{ id: 'support-answers' }],
    tiers: [{ id: 'internal', maxAgeSeconds: 900 }],
    profiles: profiles.map(id => ({ id, title: id, enforcement: 'enforce' })),
    keys: Array.from({ length: counts.keys }, (_, n) => ({
      id: `key-${n}`,
      hash: sha256Hex(secretOf(n)),
      profile: profiles[n % profiles.length],
      purpose: 'support-answers',
      tier: 'internal',
      team: `group:default/team-${n % 400}`,
      expiresAt: later,
    })),
    models: Array.from({ length: counts.models }, (_, n) => ({
      gatewayId: `acme/model-${n}`,
      entityRef: `model:acme/model-${n}`,
      provider: 'acme',
      lifecycle: 'active',
    })),
    grants: Array.from({ length: counts.models * 2 }, (_, n) => ({
      id: `approval-${n}`,
      gatewayId: `acme/model-${n >> 1}`,
      version: '1.0',
      digest: `sha256:${String(n).padStart(64, '0')}`,
      tier: 'internal',
      purpose: 'support-answers',
      profile: profiles[n % 2],
      approvedAt: earlier,
      expiresAt: later,
    })),
  };
}
