import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PermissionRuleParams,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  ModelRowPage,
  StandingSummary,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import request from 'supertest';
import { modelEntity } from './__testUtils__/models';
import {
  type ModelCardsBackend,
  startModelCards,
  type Surroundings,
  surroundings,
} from './__testUtils__/startModelCards';
import { migrationsDir } from './database/tables';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const standing = (entityRef: string): StandingSummary => ({
  entityRef,
  tiers: ['internal'],
  maturity: 'validated',
  official: false,
  openRequests: 0,
  holds: 0,
  grants: [
    {
      approvalId: 'a1',
      kind: 'standard',
      entityRef,
      gatewayId: 'acme/alpha',
      modelVersion: '1',
      tier: 'internal',
      purpose: 'chat',
      profile: 'ml',
      approvedAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2027-01-01T00:00:00.000Z',
    },
  ],
});

const conditional = (
  rule: string,
  params: PermissionRuleParams,
): PolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule, resourceType: 'catalog-entity', params },
});

describe.each(databases.eachSupportedId())('model-cards on %s', databaseId => {
  let knex: Knex;
  let around: Surroundings;
  let running: ModelCardsBackend;

  const get = (path: string) =>
    request(running.backend.server).get(`/api/model-cards${path}`);

  const list = async (query = ''): Promise<ModelRowPage> => {
    const { status, body } = await get(`/models${query}`);
    expect(status).toBe(200);
    return body;
  };

  const names = async (query = '') =>
    (await list(query)).items.map(({ name }) => name);

  beforeAll(async () => {
    knex = await databases.init(databaseId);
  });

  beforeEach(async () => {
    around = surroundings({
      entities: [
        modelEntity('alpha', { tasks: ['summarization'] }),
        modelEntity('beta', { owner: 'group:default/other' }),
        modelEntity('gamma', { type: 'embedding' }),
      ],
    });
    running = await startModelCards(knex, around);
    await running.sweep();
  });

  afterEach(async () => {
    await running.backend.stop();
    await knex.migrate.rollback({ directory: migrationsDir }, true);
  });

  it('lists what the catalog has, page by page', async () => {
    const first = await list('?limit=2&facets=true');
    expect(first).toMatchObject({ totalItems: 3, approximate: false });
    expect(first.items.map(({ name }) => name)).toEqual(['alpha', 'beta']);
    expect(first.facets?.type).toEqual([
      { value: 'llm', count: 2 },
      { value: 'embedding', count: 1 },
    ]);

    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ name }) => name)).toEqual(['gamma']);
    expect(second.nextCursor).toBeUndefined();
    expect(second.facets).toBeUndefined();
  });

  it('filters, one value or several', async () => {
    await expect(names('?type=embedding')).resolves.toEqual(['gamma']);
    await expect(
      names('?type=embedding&type=llm&q=acme'),
    ).resolves.toHaveLength(3);
    await expect(names('?task=summarization&sort=updated')).resolves.toEqual([
      'alpha',
    ]);
  });

  it('knows what people gave models, and shows it to whom reviews are open', async () => {
    const ratings: Record<string, object> = {
      'model:acme/beta': { average: 4.2, mean: 4.6, count: 9 },
    };
    let seq = 1;
    around.reviews = {
      '/changes': () => ({ items: [], next: seq }),
      '/ratings/by-refs': body => ({
        items: (body as { entityRefs: string[] }).entityRefs.flatMap(
          entityRef =>
            ratings[entityRef]
              ? [{ entityRef, verifiedCount: 0, ...ratings[entityRef] }]
              : [],
        ),
        prior: { mean: 3.7, weight: 5 },
      }),
    };
    await running.sweep();
    const page = await list('?minRating=4&facets=true');
    expect(page.items).toMatchObject([
      { name: 'beta', rating: { average: 4.279, count: 9 } },
    ]);
    expect(page.facets?.rating).toEqual(
      ['4', '3', '2', '1'].map(value => ({ value, count: 1 })),
    );
    await expect(names('?sort=rating')).resolves.toEqual([
      'beta',
      'alpha',
      'gamma',
    ]);

    // Only what the feed names is asked for again.
    ratings['model:acme/alpha'] = { average: 3, mean: 3, count: 1 };
    await running.sweep();
    expect((await list('?minRating=1')).totalItems).toBe(1);
    seq = 2;
    around.reviews['/changes'] = () => ({
      items: [{ seq, entityRef: 'model:acme/alpha', at: '' }],
      next: seq,
    });
    await running.sweep();
    expect((await list('?minRating=1')).totalItems).toBe(2);
    expect(around.told).toContain('model-cards');

    around.mayReadReviews = false;
    const hidden = await list('?facets=true&sort=rating');
    expect(hidden.items.map(({ name, rating }) => [name, rating])).toEqual([
      ['alpha', undefined],
      ['beta', undefined],
      ['gamma', undefined],
    ]);
    expect(hidden.facets?.rating).toEqual([]);
    expect((await list('?minRating=1')).totalItems).toBe(0);
    const { body } = await get('/models/by-name/acme/beta');
    expect(body.model.rating).toBeUndefined();
  });

  it.each([
    ['?limit=0', /limit/],
    ['?limit=101', /limit/],
    ['?sort=magic', /sort/],
    ['?cursor=nonsense', /cursor does not belong to this query/],
    ['?minContextTokens=many', /minContextTokens/],
    ['?unknown=1', /unknown/i],
  ])('refuses %s with a clear error', async (query, message) => {
    const { status, body } = await get(`/models${query}`);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it('refuses a cursor of another query', async () => {
    const { nextCursor } = await list('?limit=1');
    const { status } = await get(`/models?limit=1&q=x&cursor=${nextCursor}`);
    expect(status).toBe(400);
  });

  it('follows the catalog: edits, new models, models that went', async () => {
    around.entities = [
      modelEntity('alpha', { tasks: ['translation'] }, { etag: '2' }),
      modelEntity('delta'),
      modelEntity('gamma', { tasks: ['not-looked-at'] }),
    ];
    await running.sweep();
    await expect(names()).resolves.toEqual(['alpha', 'delta', 'gamma']);
    await expect(names('?task=translation')).resolves.toEqual(['alpha']);
    await expect(names('?task=not-looked-at')).resolves.toEqual([]);
    await running.sweep({ rebuild: true });
    await expect(names('?task=not-looked-at')).resolves.toEqual(['gamma']);
  });

  it('shows one model with what its card lacks', async () => {
    const { body } = await get('/models/by-name/acme/alpha');
    expect(body.model).toMatchObject({ name: 'alpha', completeness: 5 });
    expect(body.missing[0]).toMatchObject({ field: 'spec.useCases.intended' });

    const missing = await get('/models/by-name/acme/nobody');
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toMatch(/model:acme\/nobody/);
  });

  it('is complete without governance, and joins it once it is there', async () => {
    const before = await list('?facets=true');
    expect(before.items[0]).toMatchObject({ tiers: [], grants: [] });
    expect(before.items[0].maturity).toBeUndefined();
    expect(before.facets?.tier).toEqual([]);

    const asked: string[][] = [];
    around.governance = {
      '/changes': () => ({ items: [], next: 0 }),
      '/standings/query': body => {
        const { entityRefs } = body as { entityRefs: string[] };
        asked.push(entityRefs);
        return {
          items: entityRefs.map(ref => ({
            ...standing(ref),
            ...(!ref.endsWith('/alpha') && { tiers: [] }),
          })),
        };
      },
    };
    await running.sweep();
    await expect(names('?tier=internal&maturity=validated')).resolves.toEqual([
      'alpha',
    ]);
    expect(asked.flat()).toHaveLength(3);

    let served = false;
    around.governance['/changes'] = () => {
      const items = served
        ? []
        : [{ seq: 9, entityRef: 'model:acme/beta', type: 'x', at: 'now' }];
      served = true;
      return { items, next: 9 };
    };
    around.governance['/standings/query'] = body => {
      const { entityRefs } = body as { entityRefs: string[] };
      asked.push(entityRefs);
      return { items: entityRefs.map(standing) };
    };
    await running.sweep();
    expect(asked.at(-1)).toEqual(['model:acme/beta']);
    await expect(names('?tier=internal')).resolves.toEqual(['alpha', 'beta']);
  });

  it('asks governance of what came while it was away', async () => {
    const present = {
      '/changes': () => ({ items: [], next: 4 }),
      '/standings/query': (body: unknown) => ({
        items: (body as { entityRefs: string[] }).entityRefs.map(standing),
      }),
    };
    around.governance = present;
    await running.sweep();
    around.governance = {};
    around.entities = [...around.entities, modelEntity('delta')];
    await running.sweep();
    await expect(names('?tier=internal')).resolves.not.toContain('delta');
    around.governance = present;
    await running.sweep();
    await expect(names('?tier=internal')).resolves.toContain('delta');
  });

  it.each<[string, PolicyDecision, string[]]>([
    ['a denial', { result: AuthorizeResult.DENY }, []],
    [
      'ownership',
      conditional('IS_ENTITY_OWNER', { claims: ['group:default/other'] }),
      ['beta'],
    ],
    ['other kinds', conditional('IS_ENTITY_KIND', { kinds: ['API'] }), []],
    [
      'the spec',
      conditional('HAS_SPEC', { key: 'type', value: 'llm' }),
      ['alpha', 'beta'],
    ],
  ])('shows only what %s leaves', async (_, decision, expected) => {
    around.decision = decision;
    const page = await list('?facets=true');
    expect(page.items.map(({ name }) => name)).toEqual(expected);
    expect(page).toMatchObject({
      totalItems: expected.length,
      approximate: false,
    });
    const counted = page.facets!.provider.map(({ count }) => count);
    expect(counted).toEqual(expected.length ? [expected.length] : []);
    const { status } = await get('/models/by-name/acme/gamma');
    expect(status).toBe(404);
  });

  it('asks the catalog about a rule it does not know, and says so', async () => {
    around.decision = conditional('IS_MY_OWN', {});
    around.isShown = ref => /alpha|gamma/.test(ref);
    const page = await list('?facets=true&limit=1');
    expect(page).toMatchObject({ totalItems: 2, approximate: true });
    expect(page.items.map(({ name }) => name)).toEqual(['alpha']);
    expect(page.facets?.owner).toEqual([
      { value: 'group:default/ml', count: 2 },
    ]);
    await expect(names(`?limit=1&cursor=${page.nextCursor}`)).resolves.toEqual([
      'gamma',
    ]);
    expect((await get('/models/by-name/acme/beta')).status).toBe(404);
    expect((await get('/models/by-name/acme/gamma')).status).toBe(200);
  });

  it('names other claimants of a gateway id to those who may read them', async () => {
    around.entities.push(modelEntity('thief', { gatewayId: 'acme/alpha' }));
    await running.sweep();
    const thief = await get('/models/by-name/acme/thief');
    expect(thief.body.model.gatewayIdConflict).toEqual({
      outcome: 'refused',
      otherClaimants: ['model:acme/alpha'],
    });

    around.decision = conditional('HAS_METADATA', {
      key: 'name',
      value: 'thief',
    });
    const hidden = await get('/models/by-name/acme/thief');
    expect(hidden.body.model.gatewayIdConflict).toEqual({
      outcome: 'refused',
      otherClaimants: [],
    });
  });

  it('gives changes to services only', async () => {
    expect((await get('/changes')).status).toBe(403);
    const { body } = await get('/changes?after=0').set(
      'Authorization',
      mockCredentials.service.header(),
    );
    expect(body.items).toHaveLength(3);
    expect(body.next).toBe(body.items.at(-1).seq);
  });

  it('refreshes for those who may', async () => {
    const refresh = () =>
      request(running.backend.server).post('/api/model-cards/refresh');
    around.entities.push(modelEntity('delta'));
    around.mayRefresh = false;
    const refused = await refresh().send({});
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/model\.cards\.refresh/);
    await expect(names()).resolves.not.toContain('delta');

    around.mayRefresh = true;
    expect((await refresh()).status).toBe(202);
    await expect(names()).resolves.toContain('delta');
    around.entities[0].spec!.tasks = ['translation'];
    expect((await refresh().send({ rebuild: true })).status).toBe(202);
    await expect(names('?task=translation')).resolves.toEqual(['alpha']);
  });

  it('answers programs with what their caller may see', async () => {
    await expect(
      running.actions.invoke({
        id: 'test:search-models',
        input: { q: 'gamma' },
      }),
    ).resolves.toMatchObject({
      output: { totalItems: 1, items: [{ entityRef: 'model:acme/gamma' }] },
    });
    around.decision = { result: AuthorizeResult.DENY };
    await expect(
      running.actions.invoke({ id: 'test:search-models', input: {} }),
    ).resolves.toMatchObject({ output: { totalItems: 0, items: [] } });
    await expect(
      running.actions.invoke({
        id: 'test:get-model',
        input: { entityRef: 'model:acme/gamma' },
      }),
    ).rejects.toThrow(/no model model:acme\/gamma/);
  });
});
