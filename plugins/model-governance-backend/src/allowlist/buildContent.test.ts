import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  generateSigningKey,
  signSnapshot,
} from '@modelhub/governance-protocol';
import { buildContent } from './buildContent';
import { CatalogModels, type ModelListing } from './CatalogModels';

const grant = (id: string, more: Partial<Grant> = {}): Grant => ({
  approvalId: id,
  kind: 'standard',
  entityRef: 'model:meta/llama',
  gatewayId: 'meta/llama',
  modelVersion: '1.0',
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-12-01T00:00:00.000Z',
  ...more,
});
const listing = (
  entityRef: string,
  more: Partial<ModelListing> = {},
): ModelListing => ({
  entityRef,
  gatewayId: entityRef.slice('model:'.length),
  provider: 'meta',
  lifecycle: 'active',
  claimedAt: '2026-11-01T00:00:00.000Z',
  ...more,
});
const nothing = {
  grants: [],
  catalog: CatalogModels.create([]),
  profiles: [],
  keys: [],
};

it('lists every model of the catalog, and the very list again while nothing differs', () => {
  const catalog = CatalogModels.create([
    listing('model:meta/b', { successor: 'meta/a' }),
    listing('model:meta/a', { lifecycle: 'deprecated' }),
  ]);
  const { models } = buildContent({ ...nothing, catalog });
  expect(models).toEqual([
    {
      gatewayId: 'meta/a',
      entityRef: 'model:meta/a',
      provider: 'meta',
      lifecycle: 'deprecated',
    },
    {
      gatewayId: 'meta/b',
      entityRef: 'model:meta/b',
      provider: 'meta',
      lifecycle: 'active',
      successor: 'meta/a',
    },
  ]);
  const granted = grant('1', {
    gatewayId: 'meta/a',
    entityRef: 'model:meta/a',
  });
  expect(buildContent({ ...nothing, catalog, grants: [granted] }).models).toBe(
    models,
  );
});

it('gives a disputed id to the oldest claim, however it is spelt, unless another was approved', () => {
  const thief = listing('model:evil/llama', {
    gatewayId: 'Meta/Llama',
    claimedAt: '2026-11-02T00:00:00.000Z',
  });
  const catalog = CatalogModels.create([thief, listing('model:meta/llama')]);
  const refsOf = (grants: Grant[]) =>
    buildContent({ ...nothing, catalog, grants }).models.map(model => [
      model.gatewayId,
      model.entityRef,
    ]);
  expect(refsOf([])).toEqual([['meta/llama', 'model:meta/llama']]);
  expect(
    refsOf([
      grant('1', { entityRef: 'model:evil/llama', gatewayId: 'Meta/Llama' }),
    ]),
  ).toEqual([['Meta/Llama', 'model:evil/llama']]);
});

it('keeps an approved id that the catalog has changed since', () => {
  const catalog = CatalogModels.create([
    listing('model:meta/llama', { gatewayId: 'meta/new', provider: 'Meta' }),
  ]);
  expect(
    buildContent({ ...nothing, catalog, grants: [grant('1')] }).models,
  ).toMatchObject([
    { gatewayId: 'meta/llama', provider: 'Meta' },
    { gatewayId: 'meta/new', provider: 'Meta' },
  ]);
});

it('keeps an id with the model that was approved first', () => {
  const thief = grant('b', {
    entityRef: 'model:evil/llama',
    approvedAt: '2026-11-02T00:00:00.000Z',
  });
  const content = buildContent({ ...nothing, grants: [thief, grant('a')] });
  expect(content.grants.map(g => g.id)).toEqual(['a']);
  expect(content.models.map(m => m.entityRef)).toEqual(['model:meta/llama']);
});

it('always makes something that can be signed', () => {
  const content = buildContent({
    catalog: CatalogModels.create([
      listing('model:meta/llama', { lifecycle: 'deprecated' }),
    ]),
    profiles: [
      { id: 'z', title: 'two\nlines', members: [], enforcement: 'warn' },
      {
        id: 'a',
        title: 'A',
        members: ['user:default/ann'],
        enforcement: 'enforce',
      },
    ],
    keys: [],
    grants: [grant('2'), grant('1'), grant('3', { modelVersion: 'a\u0000b' })],
  });
  expect(content.profiles.map(p => [p.id, p.title])).toEqual([
    ['a', 'A'],
    ['z', 'two lines'],
  ]);
  expect(content.grants.map(g => g.id)).toEqual(['1', '2']);
  expect(JSON.stringify(content)).not.toContain('ann');
  const { keyId, privateKey } = generateSigningKey();
  const sign = () =>
    signSnapshot(
      {
        kind: 'full',
        content,
        header: {
          format: 'modelhub.dev/allowlist.v1',
          epoch: 1,
          version: 1,
          issuedAt: '2026-11-01T00:00:00.000Z',
          notAfter: '2026-11-02T00:00:00.000Z',
          keyId,
        },
      },
      privateKey,
    );
  expect(sign).not.toThrow();
});
