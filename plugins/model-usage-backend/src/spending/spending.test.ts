import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  someRecord,
  startUsage,
  World,
  type Usage,
} from '../__testUtils__/startUsage';

jest.setTimeout(60_000);

describe.each(databaseIds)('spending on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let usage: Usage;

  const report = (...records: Array<Parameters<typeof someRecord>[0]>) =>
    usage.gateway('gw-1').post('/batches', batchOf(records.map(someRecord)));
  const unpriced = { costMicros: undefined, currency: undefined };
  const idsOf = (body: { items: Array<{ id: string }> }) =>
    body.items.map(({ id }) => id);

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    world = new World();
    usage = await startUsage(knex, world);
    await report(
      {},
      { currency: 'USD', costMicros: 5_000_000, model: 'acme/big' },
      unpriced,
      { profile: 'shop', keyId: 'till', team: 'group:default/shop' },
      { at: '2026-10-05T10:00:00Z', costMicros: 7_000_000 },
      { at: '2025-01-05T10:00:00Z' },
      { status: 403, attempts: 0, ...unpriced },
    );
    await usage
      .as('admin')
      .put('/budgets/profile/idle', { amount: 9, currency: 'EUR' });
    await usage
      .as('admin')
      .put('/budgets/profile/care', { amount: 4, currency: 'EUR' });
  });
  afterEach(() => usage.stop());

  it('lists who spent most first, and budgets of which nothing was spent', async () => {
    const { body } = await usage.as('admin').get('/spending');
    expect(body.month).toBe('2026-11');
    expect(idsOf(body)).toEqual([
      'key:key-dana',
      'profile:care',
      'team:group:default/care',
      'key:till',
      'profile:shop',
      'team:group:default/shop',
      'profile:idle',
    ]);
    expect(body.items[1]).toMatchObject({
      kind: 'profile',
      subject: 'care',
      calls: 3,
      unpricedCalls: 1,
      costs: [
        { currency: 'EUR', amount: 1, calls: 1 },
        { currency: 'USD', amount: 5, calls: 1 },
      ],
      budget: { id: 'profile:care', amount: 4, spent: 1, unpricedCalls: 2 },
    });
    expect(body.items[2]).toMatchObject({
      kind: 'team',
      subject: 'group:default/care',
    });
    expect(body.items[4].budget).toBeUndefined();
    expect(body.items[6]).toMatchObject({
      calls: 0,
      costs: [],
      budget: { amount: 9 },
    });
  });

  it('can be asked for one kind, for another month, and in pages', async () => {
    const admin = usage.as('admin');
    const teams = await admin.get('/spending?kind=team&month=2026-10');
    expect(idsOf(teams.body)).toEqual(['team:group:default/care']);
    const first = await admin.get('/spending?kind=profile&limit=2');
    expect(idsOf(first.body)).toEqual(['profile:care', 'profile:shop']);
    const next = await admin.get(
      `/spending?kind=profile&limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(idsOf(next.body)).toEqual(['profile:idle']);
    expect(next.body.nextCursor).toBeUndefined();
  });

  it('shows people theirs, and nobody else anything', async () => {
    const dana = usage.as('dana');
    expect(idsOf((await dana.get('/spending')).body)).toEqual([
      'key:key-dana',
      'profile:care',
      'team:group:default/care',
    ]);
    expect((await usage.as('eve').get('/spending')).body.items).toEqual([]);
    for (const path of [
      '/spending/profile/shop',
      '/spending/profile/shop/models',
      '/spending/key/till',
      `/spending/team/${encodeURIComponent('group:default/shop')}/models`,
    ]) {
      expect((await dana.get(path)).status).toBe(404);
      expect((await usage.as('admin').get(path)).status).toBe(200);
    }
  });

  it('tells month by month, with the alerts of each', async () => {
    await report({ costMicros: 2_500_000 });
    await usage.rooms.alerts.catchUp();
    const { body } = await usage
      .as('dana')
      .get('/spending/profile/care?months=3');
    expect(body).toMatchObject({
      id: 'profile:care',
      subject: 'care',
      budget: { amount: 4, spent: 3.5, month: '2026-11' },
    });
    expect(body.items).toMatchObject([
      { month: '2026-09', calls: 0, unpricedCalls: 0, costs: [], alerts: [] },
      {
        month: '2026-10',
        calls: 1,
        costs: [{ currency: 'EUR', amount: 7, calls: 1 }],
      },
      {
        month: '2026-11',
        calls: 4,
        alerts: [{ percent: 50 }, { percent: 80 }],
      },
    ]);
    const year = await usage.as('dana').get('/spending/profile/care');
    expect(year.body.items).toHaveLength(12);
    expect(year.body.items[0].month).toBe('2025-12');
    const long = await usage.as('dana').get('/spending/profile/care?months=36');
    expect(
      long.body.items
        .filter(({ calls }: { calls: number }) => calls > 0)
        .map(({ month }: { month: string }) => month),
    ).toEqual(['2025-01', '2026-10', '2026-11']);
  });

  it('tells which models they called', async () => {
    const { body } = await usage
      .as('dana')
      .get('/spending/profile/care/models');
    expect(body).toMatchObject({ month: '2026-11' });
    expect(body.items).toEqual([
      {
        model: 'acme/chat',
        calls: 2,
        refused: 1,
        inputTokens: 200,
        outputTokens: 100,
      },
      {
        model: 'acme/big',
        calls: 1,
        refused: 0,
        inputTokens: 100,
        outputTokens: 50,
        currency: 'USD',
        cost: 5,
      },
      {
        model: 'acme/chat',
        calls: 1,
        refused: 0,
        inputTokens: 100,
        outputTokens: 50,
        currency: 'EUR',
        cost: 1,
      },
    ]);
    const team = encodeURIComponent('group:default/care');
    const before = await usage
      .as('dana')
      .get(`/spending/team/${team}/models?month=2026-10&limit=1`);
    expect(before.body.items).toMatchObject([{ model: 'acme/chat', cost: 7 }]);
  });

  it('tells pages that something changed', () => {
    expect(world.signals).toBeGreaterThan(0);
  });
});
