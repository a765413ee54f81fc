import fc from 'fast-check';
import { TIERS } from '../snapshot/tiers';
import { sortContent } from '../snapshot/delta';
import type {
  SnapshotContent,
  SnapshotGrant,
  SnapshotHeader,
  SnapshotKey,
  SnapshotModel,
  SnapshotProfile,
} from '../snapshot/types';

/** The moment at which the tests of this package happen. */
export const NOW = new Date('2026-06-01T12:00:00.000Z');

export const aProfile = (
  fields: Partial<SnapshotProfile> = {},
): SnapshotProfile => ({
  id: 'product-a',
  title: 'Product A',
  enforcement: 'enforce',
  ...fields,
});

export const aKey = (fields: Partial<SnapshotKey> = {}): SnapshotKey => ({
  id: 'key-1',
  hash: '0'.repeat(64),
  profile: 'product-a',
  purpose: 'summarise',
  tier: 'internal',
  ...fields,
});

export const aModel = (fields: Partial<SnapshotModel> = {}): SnapshotModel => ({
  gatewayId: 'acme/tiny',
  entityRef: 'model:acme/tiny',
  provider: 'acme',
  lifecycle: 'active',
  ...fields,
});

export const aGrant = (fields: Partial<SnapshotGrant> = {}): SnapshotGrant => ({
  id: 'grant-1',
  gatewayId: 'acme/tiny',
  version: '1.0',
  digest: `sha256:${'a'.repeat(64)}`,
  tier: 'internal',
  purpose: 'summarise',
  profile: 'product-a',
  approvedAt: '2026-05-01T00:00:00.000Z',
  expiresAt: '2026-07-01T00:00:00.000Z',
  ...fields,
});

export const aContent = (
  fields: Partial<SnapshotContent> = {},
): SnapshotContent => ({
  profiles: [aProfile()],
  keys: [aKey()],
  models: [aModel()],
  grants: [aGrant()],
  purposes: [],
  tiers: [],
  ...fields,
});

export const aHeader = (
  fields: Partial<SnapshotHeader> & Pick<SnapshotHeader, 'keyId'>,
): SnapshotHeader => ({
  format: 'modelhub.dev/allowlist.v1',
  epoch: 1,
  version: 10,
  issuedAt: '2026-06-01T11:59:00.000Z',
  notAfter: '2026-06-01T12:14:00.000Z',
  ...fields,
});

const anId = fc.stringMatching(/^[a-e]{1,2}$/);
const aTier = fc.constantFrom(...TIERS);
const aDay = fc
  .integer({ min: 1, max: 28 })
  .map(day => `2026-06-${String(day).padStart(2, '0')}T00:00:00.000Z`);

const profiles = fc.uniqueArray(
  fc.record({
    id: anId,
    title: anId,
    enforcement: fc.constantFrom('observe', 'warn', 'enforce'),
  } as const),
  { selector: it => it.id, maxLength: 8 },
);
const keys = fc.uniqueArray(
  fc.record(
    {
      id: anId,
      hash: fc.stringMatching(/^[0-9a-f]{64}$/),
      profile: anId,
      purpose: anId,
      tier: aTier,
      expiresAt: aDay,
      limits: fc.record({
        requestsPerMinute: fc.integer({ min: 1, max: 100 }),
      }),
      endpoint: fc.record(
        {
          id: anId,
          gatewayId: anId,
          version: anId,
          baseUrl: anId,
          model: anId,
        },
        { requiredKeys: ['id'] },
      ),
    },
    { requiredKeys: ['id', 'hash', 'profile', 'purpose', 'tier'] },
  ),
  { selector: it => it.id, maxLength: 8 },
);
const models = fc.uniqueArray(
  fc.record(
    {
      gatewayId: anId,
      entityRef: anId,
      provider: anId,
      lifecycle: fc.constantFrom('active', 'deprecated', 'retired'),
      sunset: aDay,
    } as const,
    { requiredKeys: ['gatewayId', 'entityRef', 'provider', 'lifecycle'] },
  ),
  { selector: it => it.gatewayId, maxLength: 8 },
);
const grants = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{3}$/),
    gatewayId: anId,
    version: fc.constantFrom('1', '2'),
    tier: aTier,
    purpose: fc.constantFrom('a', 'b'),
    profile: fc.constantFrom('a', 'b'),
    expiresAt: aDay,
    approvedAt: aDay,
  }),
  { selector: it => it.id, maxLength: 30 },
);

const purposes = fc.uniqueArray(
  fc.record({ id: anId, regions: fc.array(anId, { maxLength: 2 }) }),
  { selector: it => it.id, maxLength: 4 },
);
const tiers = fc.uniqueArray(
  fc.record({ id: aTier, maxAgeSeconds: fc.integer({ min: 1, max: 900 }) }),
  { selector: it => it.id, maxLength: 4 },
);

/** Any small sorted content, with many ids in common between two of them. */
export const anyContent: fc.Arbitrary<SnapshotContent> = fc
  .record({ profiles, keys, models, grants, purposes, tiers })
  .map(sortContent);
