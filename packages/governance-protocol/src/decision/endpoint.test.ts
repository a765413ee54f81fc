import type {
  SnapshotContent,
  SnapshotEndpoint,
  SnapshotKey,
} from '../snapshot';
import { NOW, aContent, aGrant, aKey, aModel } from '../__testUtils__/content';
import { AllowlistIndex } from './AllowlistIndex';
import { allowedModels, decide } from './decide';

const bound: SnapshotEndpoint = {
  id: 'ep-1',
  gatewayId: 'acme/tiny',
  version: '2.0',
  baseUrl: 'http://127.0.0.1:4100/v1',
  model: 'tiny-q4',
};

/** Two versions and another model are open to every key of the profile. */
const open: Partial<SnapshotContent> = {
  models: [
    aModel(),
    aModel({ gatewayId: 'acme/tiny@2.0' }),
    aModel({ gatewayId: 'acme/other' }),
  ],
  grants: [
    aGrant({ id: '1', version: '2.0', tier: 'sandbox' }),
    aGrant({ id: '2', version: '3.0', approvedAt: '2026-05-09T00:00:00Z' }),
    aGrant({ id: '3', gatewayId: 'acme/other' }),
    aGrant({ id: '4', gatewayId: 'acme/tiny@2.0', version: '9.0' }),
  ],
};

const keyOf = (key: Partial<SnapshotKey>) =>
  aKey({ tier: 'sandbox', endpoint: bound, ...key });

function answer(
  model: string,
  key: Partial<SnapshotKey> = {},
  content: Partial<SnapshotContent> = {},
) {
  const index = AllowlistIndex.create(aContent({ ...open, ...content }));
  const decision = decide(index, { model, now: NOW, key: keyOf(key) });
  return decision.allowed ? decision.grant.id : decision.code;
}

describe('the key of an evaluation endpoint', () => {
  it.each<[string, string, Partial<SnapshotKey>, string]>([
    ['the model of the endpoint', 'acme/tiny', {}, '1'],
    ['its version by name', 'acme/tiny@2.0', {}, '1'],
    ['a newer version', 'acme/tiny@3.0', {}, 'endpoint-other-model'],
    ['an empty version', 'acme/tiny@', {}, 'endpoint-other-model'],
    ['another model', 'acme/other', {}, 'endpoint-other-model'],
    ['a model that nobody knows', 'x/y', {}, 'endpoint-other-model'],
    ['other case', 'Acme/tiny', {}, 'endpoint-other-model'],
    ['how the server calls it', 'tiny-q4', {}, 'endpoint-other-model'],
    ['a wildcard', 'acme/*', {}, 'endpoint-other-model'],
    ['nothing', '', {}, 'endpoint-other-model'],
    [
      'before it is bound',
      'acme/tiny',
      { endpoint: { id: 'ep-1' } },
      'endpoint-not-ready',
    ],
    [
      'with half a binding',
      'acme/tiny',
      { endpoint: { ...bound, baseUrl: undefined } },
      'endpoint-not-ready',
    ],
    ['at another tier', 'acme/tiny', { tier: 'internal' }, 'tier-not-covered'],
    ['of another profile', 'acme/tiny', { profile: 'b' }, 'not-approved'],
    ['for another purpose', 'acme/tiny', { purpose: 'b' }, 'not-approved'],
  ])('%s', (_what, model, key, expected) => {
    expect(answer(model, key)).toBe(expected);
  });

  it('takes the approval of the bound version, and of no other', () => {
    const [mine, ...others] = open.grants!;
    expect(answer('acme/tiny', {}, { grants: others })).toBe(
      'version-not-approved',
    );
    const expired = { ...mine, expiresAt: NOW.toISOString() };
    expect(answer('acme/tiny', {}, { grants: [expired, ...others] })).toBe(
      'expired',
    );
  });

  it('lists the one model that it opens', () => {
    const index = AllowlistIndex.create(aContent(open));
    const listed = (key: Partial<SnapshotKey>) =>
      allowedModels(index, { now: NOW, key: keyOf(key) }).map(
        ({ model }) => model.gatewayId,
      );
    expect(listed({})).toEqual(['acme/tiny']);
    expect(listed({ endpoint: { id: 'ep-1' } })).toEqual([]);
    expect(listed({ purpose: 'b' })).toEqual([]);
    expect(listed({ endpoint: undefined }).sort()).toEqual([
      'acme/other',
      'acme/tiny',
      'acme/tiny@2.0',
    ]);
  });
});
