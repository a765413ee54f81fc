import type {
  ModelCallers,
  ModelInsights,
  ModelTeams,
} from '@modelhub/backstage-plugin-models-common';
import {
  CARE,
  SHOP,
  startInsights,
  type StartedInsights,
} from './__testUtils__/startInsights';

jest.setTimeout(60_000);

describe('what usage shows of models', () => {
  let started: StartedInsights;
  const get = <T>(name: string, route: string) => started.get<T>(name, route);
  const status = (name: string, route: string) => started.status(name, route);

  beforeAll(async () => {
    started = await startInsights();
  });

  afterAll(() => started.stop());

  it('tells of a model what it was used for, and the same before', async () => {
    const it = await get<ModelInsights>('sam', '/model?model=acme%2Fchat');
    expect(it.range).toEqual({
      from: '2026-10-25',
      to: '2026-11-21',
      level: 'day',
      complete: false,
      dataSince: '2026-09-03',
    });
    expect(it.totals).toMatchObject({
      calls: 14 * 20 + 14 * 10 + 28 * 3 + 2,
      serverErrors: 1,
      refused: 1,
      costs: [
        { currency: 'EUR', amount: 14 * 30 + (420 + 28 * 333_333) / 1e6 },
        { currency: 'USD', amount: 0.000196 },
      ],
    });
    expect(it.previous).toMatchObject({ from: '2026-09-27', known: true });
    expect(it.previous.totals.calls).toBe(28 * 13);
    expect(it.periods).toHaveLength(28);
    expect(it.periods[0]).toMatchObject({
      date: '2026-10-25',
      sums: { calls: 13 },
      latency: { count: 1, p50: expect.any(Number) },
    });
    expect(it.latency?.p50).toBeGreaterThan(390);
    expect(it.versions.map(({ version }) => version)).toEqual(['1.0', '2.0']);
    expect(it.trends.map(({ days, direction }) => [days, direction])).toEqual([
      [7, 'rising'],
      [28, 'rising'],
    ]);
    const one = await get<ModelInsights>(
      'sam',
      '/model?model=acme%2Fchat&version=2.0&from=2026-11-01&to=2026-11-02',
    );
    expect([one.totals.calls, one.range.complete]).toEqual([4, true]);
  });

  it('names callers to owners of the model and managers, others only their own', async () => {
    const callers = (name: string, by = 'team') =>
      get<ModelCallers>(name, `/model/callers?model=acme%2Fchat&by=${by}`);
    const all = await callers('admin');
    expect(all.sees).toBe('all');
    expect(all.items.map(({ name }) => name)).toEqual([CARE, SHOP]);
    expect(all.others).toBeUndefined();
    expect(all.items[0].sums.calls).toBe(420 + 56 + 2);

    const dana = await callers('dana');
    expect(dana.items.map(({ name }) => name)).toEqual([CARE]);
    expect(dana.others).toMatchObject({ count: 1, sums: { calls: 28 } });
    expect(dana.items[0].share + (dana.others?.share ?? 0)).toBeCloseTo(1);
    expect((await callers('dana', 'component')).items[0].name).toBe(
      'component:default/bot',
    );

    const sam = await callers('sam');
    expect([sam.sees, sam.items]).toEqual(['own', []]);
    expect(sam.others).toMatchObject({ count: 2 });
    expect(JSON.stringify(sam)).not.toContain('group:');
    for (const by of ['component', 'profile']) {
      expect(JSON.stringify(await callers('sam', by))).not.toMatch(
        /component:|"care"|"shop"/,
      );
    }
  });

  it('does not name callers to whoever claims the model of another team', async () => {
    const claimed = await get<ModelCallers>(
      'dana',
      '/model/callers?model=acme%2Ftaken',
    );
    expect([claimed.sees, claimed.items]).toEqual(['own', []]);
    const owned = await get<ModelCallers>(
      'dana',
      '/model/callers?model=acme%2Fidle&from=2026-09-01&to=2026-11-21',
    );
    expect(owned.sees).toBe('all');
  });

  it('shows nothing of a model that somebody may not read', async () => {
    for (const route of ['', '/callers', '/teams', '/heat-map']) {
      const query = `/model${route}?model=acme%2Fsecret`;
      expect(await status('dana', query)).toBe(404);
      expect(await status('admin', query)).toBe(200);
      expect(await status('dana', `/model${route}?model=no-such`)).toBe(404);
    }
  });

  it('lists teams that deployed or call it', async () => {
    const all = await get<ModelTeams>(
      'admin',
      '/model/teams?model=acme%2Fchat',
    );
    expect([all.teams, all.deployed, all.called]).toEqual([2, 2, 2]);
    expect(all.items).toMatchObject([
      {
        team: CARE,
        components: ['component:default/bot'],
        firstCall: '2026-09-03',
        lastCall: '2026-11-21',
      },
      { team: SHOP, components: ['component:default/new'] },
    ]);
    const sam = await get<ModelTeams>('sam', '/model/teams?model=acme%2Fchat');
    expect([sam.teams, sam.items]).toEqual([2, []]);
  });

  it('draws when in the week', async () => {
    const map = await get<{ calls: number; items: object[] }>(
      'sam',
      '/model/heat-map?model=acme%2Fchat&from=2026-11-16&to=2026-11-17',
    );
    expect(map).toMatchObject({
      calls: 46,
      items: [
        { weekday: 1, hour: 11, calls: 23 },
        { weekday: 2, hour: 11, calls: 23 },
      ],
    });
    const old = await get<{ from: string }>(
      'sam',
      '/model/heat-map?model=acme%2Fchat&from=2020-01-01',
    );
    expect(old.from).toBe('2026-08-24');
  });

  it('sums models up for lists, in order, without those that are hidden', async () => {
    const ask = (name: string) =>
      started.usage.as(name).post('/insights/models/by-refs', {
        entityRefs: [
          'model:acme/idle',
          'model:acme/secret',
          'model:acme/chat',
          'model:acme/none',
        ],
      });
    const { body } = await ask('dana');
    expect(body.items).toMatchObject([
      {
        entityRef: 'model:acme/idle',
        calls: 0,
        teams: 0,
        lastCall: '2026-09-22',
      },
      {
        entityRef: 'model:acme/chat',
        model: 'acme/chat',
        calls: 506,
        teams: 2,
        trend: { days: 28, direction: 'rising' },
        lastCall: '2026-11-21',
      },
    ]);
    expect(body.items[1].days).toHaveLength(28);
    expect((await ask('admin')).body.items).toHaveLength(3);
  });

  it('answers nothing again where nothing changed', async () => {
    const route = '/insights/model?model=acme%2Fchat&to=2026-11-20';
    const first = await started.usage.as('sam').get(route);
    const again = await started.usage
      .as('sam')
      .get(route)
      .set('if-none-match', first.headers.etag);
    expect(again.status).toBe(304);
  });

  it('refuses what is no range of days, and no ref', async () => {
    const answer = await started.usage
      .as('sam')
      .post('/insights/models/by-refs', { entityRefs: ['acme/chat'] });
    expect(answer.status).toBe(400);
    expect(
      await status('sam', '/model?model=acme%2Fchat&from=2026-02-30'),
    ).toBe(400);
    expect(await status('sam', '/model')).toBe(400);
  });
});
