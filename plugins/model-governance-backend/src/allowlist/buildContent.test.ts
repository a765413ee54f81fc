import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  generateSigningKey,
  signSnapshot,
} from '@modelhub/governance-protocol';
import type { KeyRecord } from '../access';
import { buildContent } from './buildContent';
import { CatalogModels, type ModelListing } from './CatalogModels';
import { termsOf } from './modelTerms';

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
const hashOf = (id: string) => id.slice(1).repeat(64);

const key = (id: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
  id,
  name: 'my laptop',
  hint: 'wxyz',
  hash: hashOf(id),
  profile: 'a',
  purpose: 'summaries',
  tier: 'internal',
  owner: 'group:default/checkout',
  issuedBy: 'user:default/ann',
  createdAt: '2026-11-01T00:00:00.000Z',
  ...more,
});

const nothing = {
  grants: [],
  catalog: CatalogModels.create([]),
  profiles: [],
  purposes: [],
  tiers: [],
  keys: [],
  now: new Date('2026-11-02T09:00:00.000Z'),
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
  const secretHash = 'a'.repeat(64);
  const content = buildContent({
    ...nothing,
    catalog: CatalogModels.create([
      listing('model:meta/llama', {
        lifecycle: 'deprecated',
        terms: termsOf({
          data: { regions: ['eu'], retentionDays: 0.5 },
          pricing: { inputPerMTok: 0.6, outputPerMTok: -1 },
        }),
      }),
    ]),
    purposes: [
      {
        id: 'summaries',
        title: 'Summaries',
        dataClasses: ['internal'],
        regions: ['\u0000'],
        maxRetentionDays: 0,
      },
      { id: 'any', title: 'Any', dataClasses: [], regions: [] },
    ],
    profiles: [
      { id: 'z', title: 'two\nlines', members: [], enforcement: 'warn' },
      {
        id: 'a',
        title: 'A',
        members: ['user:default/ann'],
        enforcement: 'enforce',
        settings: {
          batches: true,
          cacheSeconds: 60,
          limits: { requestsPerMinute: 5 },
          sanitation: { requests: { secrets: 'redact' } },
          agents: { tools: [{ match: 'shell*', action: 'ask', risk: 2 }] },
        },
      },
    ],
    keys: [
      key('k1', { owner: 'user:default/ann' }),
      key('k2', {
        limits: { maxConcurrent: 2 },
        previous: {
          hash: secretHash,
          hint: 'abcd',
          until: '2026-11-02T09:00:00.001Z',
        },
      }),
      key('k3', {
        previous: {
          hash: secretHash,
          hint: 'abcd',
          until: '2026-11-02T09:00:00.000Z',
        },
      }),
    ],
    grants: [grant('2'), grant('1'), grant('3', { modelVersion: 'a\u0000b' })],
  });
  expect(content.profiles.map(p => [p.id, p.title])).toEqual([
    ['a', 'A'],
    ['z', 'two lines'],
  ]);
  expect(content.profiles[0]).toMatchObject({
    batches: true,
    cacheSeconds: 60,
    limits: { requestsPerMinute: 5 },
  });
  // A region that cannot be told is no permission to go anywhere.
  expect(content.purposes).toEqual([
    { id: 'any' },
    { id: 'summaries', regions: [' '], maxRetentionDays: 0 },
  ]);
  expect(content.models).toMatchObject([
    {
      regions: ['eu'],
      retentionDays: 1,
      pricing: { currency: 'USD', inputPerMTok: 0.6 },
    },
  ]);
  expect(content.models[0].pricing).not.toHaveProperty('outputPerMTok');
  const told = { profile: 'a', purpose: 'summaries', tier: 'internal' };
  expect(content.keys).toEqual([
    { ...told, id: 'k1', hash: hashOf('k1') },
    {
      ...told,
      id: 'k2',
      hash: hashOf('k2'),
      team: 'group:default/checkout',
      limits: { maxConcurrent: 2 },
      previous: { hash: secretHash, until: '2026-11-02T09:00:00.001Z' },
    },
    { ...told, id: 'k3', hash: hashOf('k3'), team: 'group:default/checkout' },
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
