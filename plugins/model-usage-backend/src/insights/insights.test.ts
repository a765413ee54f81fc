import type { Entity } from '@backstage/catalog-model';
import {
  MODEL_API_VERSION,
  type BudgetBurn,
  type CallerInsights,
  type ModelCallers,
  type ModelInsights,
  type ModelTeams,
} from '@modelhub/backstage-plugin-models-common';
import type { UsageRecord } from '@modelhub/governance-protocol';
import { migratedDatabase } from '../__testUtils__/databases';
import {
  batchOf,
  someRecord,
  startUsage,
  World,
  type Usage,
} from '../__testUtils__/startUsage';

jest.setTimeout(60_000);

const model = (
  name: string,
  owner: string,
  fields: { gatewayId?: string; relations?: Entity['relations'] } = {},
): Entity => ({
  apiVersion: MODEL_API_VERSION,
  kind: 'Model',
  metadata: { namespace: 'acme', name, title: name.toUpperCase() },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    provider: 'acme',
    owner,
    gatewayId: fields.gatewayId ?? `acme/${name}`,
    tasks: ['chat'],
    hardware: { recommendedGpu: '2x H100 80GB' },
  },
  relations: [
    { type: 'ownedBy', targetRef: owner },
    ...(fields.relations ?? []),
  ],
});

const component = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name },
  spec: { type: 'service', lifecycle: 'production', owner },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

/** Days before the 21st of November at noon. */
const daysAgo = (days: number) =>
  new Date(
    Date.parse('2026-11-21T11:00:00Z') - days * 86_400_000,
  ).toISOString();

const CARE = 'group:default/care';
const SHOP = 'group:default/shop';
const path = (ref: string) => encodeURIComponent(ref);

/** Lines of CSV without quotes in them. */
const linesOf = (text: string) =>
  text
    .trim()
    .split('\r\n')
    .map(line => line.split(','));

/** Millionths of a decimal. */
function microsOf(decimal: string): bigint {
  const [whole, part = ''] = decimal.split('.');
  return BigInt(whole + part.padEnd(6, '0'));
}

describe('what usage shows', () => {
  const world = new World();
  let usage: Usage;

  const take = async (records: UsageRecord[]) => {
    const sent = await usage.gateway('gw-1').post('/batches', batchOf(records));
    expect([sent.status, sent.body.error?.message]).toEqual([200, undefined]);
  };

  beforeAll(async () => {
    usage = await startUsage(await migratedDatabase('SQLITE_3'), world);
    world.entities.push(
      model('chat', 'group:default/search', {
        relations: [
          { type: 'modelConsumedBy', targetRef: 'component:default/bot' },
          { type: 'modelConsumedBy', targetRef: 'component:default/new' },
        ],
      }),
      model('idle', CARE, {
        relations: [
          { type: 'servedBy', targetRef: 'api:default/idle' },
          { type: 'derivedFrom', targetRef: 'model:acme/base' },
        ],
      }),
      model('twin', SHOP, {
        relations: [{ type: 'derivedFrom', targetRef: 'model:acme/base' }],
      }),
      model('secret', SHOP),
      component('bot', CARE),
      component('new', SHOP),
      // Dana's team claims what is another team's.
      model('taken', SHOP),
      model('claim', CARE, { gatewayId: 'acme/taken' }),
    );
    world.secret.add('model:acme/secret');
    world.grants.push(
      ...['care', 'shop'].map(profile => ({
        approvalId: `${profile}-idle`,
        kind: 'standard' as const,
        entityRef: 'model:acme/idle',
        gatewayId: 'acme/idle',
        modelVersion: '1.0',
        tier: 'internal' as const,
        purpose: 'support',
        profile,
        approvedAt: '2026-06-01T00:00:00.000Z',
        expiresAt: '2027-06-01T00:00:00.000Z',
      })),
      {
        approvalId: 'care-chat',
        kind: 'standard' as const,
        entityRef: 'model:acme/chat',
        gatewayId: 'acme/chat',
        modelVersion: '1.0',
        tier: 'internal' as const,
        purpose: 'support',
        profile: 'care',
        approvedAt: '2026-06-01T00:00:00.000Z',
        expiresAt: '2027-06-01T00:00:00.000Z',
      },
    );
    const records: UsageRecord[] = [];
    for (let day = 0; day < 80; day += 1) {
      const at = daysAgo(day);
      // Care calls twice as often since two weeks.
      const calls = day < 14 ? 20 : 10;
      records.push(
        someRecord({ at, calls, costMicros: calls * 1_000_001 }),
        someRecord({
          at,
          team: 'component:default/bot',
          calls: 2,
          costMicros: 333_333,
          version: '2.0',
        }),
        someRecord({
          at,
          team: SHOP,
          profile: 'shop',
          tier: 'regulated',
          currency: 'USD',
          costMicros: 7,
          latencyMs: 400,
        }),
      );
    }
    records.push(
      someRecord({ at: daysAgo(3), status: 500, costMicros: undefined, currency: undefined }),
      someRecord({
        at: daysAgo(3),
        status: 403,
        grantId: 'g',
        attempts: 0,
        costMicros: undefined,
        currency: undefined,
      }),
      someRecord({ at: daysAgo(60), model: 'acme/idle', profile: 'shop' }),
      someRecord({
        at: daysAgo(2),
        model: 'acme/taken',
        team: 'group:default/x',
      }),
      someRecord({ at: daysAgo(2), model: 'acme/secret', team: SHOP }),
    );
    await take(records);
  });

  afterAll(() => usage.stop());

  const get = async <T>(name: string, route: string): Promise<T> => {
    const answer = await usage.as(name).get(`/insights${route}`);
    expect([route, answer.status, answer.body.error?.message]).toEqual([
      route,
      200,
      undefined,
    ]);
    return answer.body;
  };

  const status = async (name: string, route: string) =>
    (await usage.as(name).get(`/insights${route}`)).status;

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
      usage.as(name).post('/insights/models/by-refs', {
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

  it('shows a team what it used, with its components, and nobody else', async () => {
    const care = await get<CallerInsights>(
      'dana',
      `/callers/team/${path(CARE)}?from=2026-11-01&to=2026-11-21`,
    );
    expect(care.totals.calls).toBe(14 * 20 + 7 * 10 + 21 * 2 + 2);
    expect([care.models, care.caller]).toEqual([1, CARE]);
    expect(await status('dana', `/callers/team/${path(SHOP)}`)).toBe(404);
    expect(await status('admin', `/callers/team/${path(SHOP)}`)).toBe(200);
    expect(await status('dana', '/callers/profile/care')).toBe(200);
    expect(await status('dana', '/callers/profile/shop')).toBe(404);
    expect(
      await status(
        'dana',
        `/callers/component/${path('component:default/bot')}`,
      ),
    ).toBe(200);
    expect(
      await status(
        'sam',
        `/callers/component/${path('component:default/bot')}`,
      ),
    ).toBe(404);
    expect(await status('dana', '/callers/team/no%20ref')).toBe(400);
  });

  it('lists who used what, where, month by month, page by page', async () => {
    const uses = `/callers/team/${path(
      CARE,
    )}/uses?from=2026-10-01&to=2026-11-21`;
    const months = await get<{ items: object[] }>(
      'dana',
      `${uses}&by=month&by=model&by=tier`,
    );
    expect(months.items).toMatchObject([
      {
        date: '2026-10-01',
        model: 'acme/chat',
        tier: 'internal',
        sums: { calls: 372 },
      },
      { date: '2026-11-01', sums: { calls: 394 } },
    ]);
    const rows = await get<{ items: object[]; nextCursor?: string }>(
      'dana',
      `${uses}&limit=1`,
    );
    expect(rows.items).toMatchObject([
      { model: 'acme/chat', version: '1.0', team: CARE, component: '' },
    ]);
    const rest = await get<{ items: object[]; nextCursor?: string }>(
      'dana',
      `${uses}&limit=1&cursor=${rows.nextCursor}`,
    );
    expect(rest).toMatchObject({
      items: [
        { version: '2.0', team: CARE, component: 'component:default/bot' },
      ],
    });
    expect(rest.nextCursor).toBeUndefined();
  });

  it('draws how a budget burns, to the cent of what gateways reported, and where it ends', async () => {
    const none = await status('dana', `/callers/team/${path(CARE)}/budget`);
    expect(none).toBe(404);
    await usage
      .as('admin')
      .put(`/budgets/team/${path(CARE)}`, { amount: 450, currency: 'EUR' });
    const burn = await get<BudgetBurn>(
      'dana',
      `/callers/team/${path(CARE)}/budget`,
    );
    expect(burn.days).toHaveLength(21);
    expect(burn.days[20]).toMatchObject({ date: '2026-11-21', line: 315 });
    expect(burn.days[20].total).toBe(burn.budget.spent);
    expect(burn.budget.spent).toBe(350.00035);
    expect(burn.forecast).toMatchObject({ level: 0.9, method: 'weekday-mean' });
    const { low = 0, expected = 0, high = 0 } = burn.forecast ?? {};
    expect(low).toBeLessThanOrEqual(expected);
    expect(expected).toBeGreaterThan(450);
    expect(high).toBeGreaterThan(expected);
    expect(burn.forecast?.path.map(({ date }) => date).at(-1)).toBe(
      '2026-11-30',
    );
    expect(burn.exhaustedOn).toMatch(/^2026-11-2[5-9]$/);
    const past = await get<BudgetBurn>(
      'dana',
      `/callers/team/${path(CARE)}/budget?month=2026-10`,
    );
    expect([past.days.length, past.forecast]).toEqual([31, undefined]);
  });

  describe('chargeback', () => {
    const range = 'from=2026-11-01&to=2026-11-21';
    const file = async (name: string, query: string) => {
      const answer = await usage
        .as(name)
        .get(`/insights/chargeback?${range}&${query}`);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('text/csv');
      return answer;
    };

    it('adds up to what the page shows, to the millionth', async () => {
      const page = await get<CallerInsights>(
        'dana',
        `/callers/team/${path(CARE)}?${range}`,
      );
      const { text, headers } = await file(
        'dana',
        `callerKind=team&caller=${path(CARE)}`,
      );
      expect(headers['content-disposition']).toContain(
        'chargeback-2026-11-01-2026-11-21-csv.csv',
      );
      const [head, ...lines] = linesOf(text);
      const cost = head.indexOf('cost');
      const sum = lines.reduce(
        (total, it) => total + microsOf(it[cost] || '0'),
        0n,
      );
      const [{ amount }] = page.totals.costs;
      expect(sum).toBe(BigInt(Math.round(amount * 1e6)));
      expect(sum).toBe(350_000_350n + 21n * 333_333n);
      const calls = lines.reduce(
        (total, it) => total + Number(it[head.indexOf('calls')]),
        0,
      );
      expect(calls).toBe(page.totals.calls);
      expect(new Set(lines.map(it => it[head.indexOf('team')]))).toEqual(
        new Set([CARE]),
      );
    });

    it('is FOCUS when it is asked for, in the same order each time', async () => {
      const first = await file('admin', 'format=focus');
      const again = await file('admin', 'format=focus');
      expect(first.text).toBe(again.text);
      const [head, ...lines] = linesOf(first.text);
      const at = (name: string) => head.indexOf(name);
      const currencies = new Set(lines.map(it => it[at('BillingCurrency')]));
      expect(currencies).toEqual(new Set(['EUR', 'USD']));
      const starts = lines.map(it => it[at('ChargePeriodStart')]);
      expect(starts).toEqual([...starts].sort());
      expect(starts[0]).toBe('2026-11-01T00:00:00Z');
      const dollars = lines
        .filter(it => it[at('BillingCurrency')] === 'USD')
        .reduce((total, it) => total + microsOf(it[at('BilledCost')]), 0n);
      expect(dollars).toBe(7n * 21n);
    });

    it('is refused to others', async () => {
      const refused = async (name: string, query: string) =>
        (await usage.as(name).get(`/insights/chargeback?${query}`)).status;
      expect(await refused('dana', '')).toBe(403);
      expect(
        await refused('dana', `callerKind=team&caller=${path(SHOP)}`),
      ).toBe(404);
      expect(await refused('dana', 'callerKind=team')).toBe(400);
    });
  });

  it('shows the organisation to those who see all', async () => {
    for (const route of ['', '/breakdown?by=team', '/adoption']) {
      expect(await status('dana', `/organisation${route}`)).toBe(403);
    }
    expect(await get('admin', '/organisation')).toMatchObject({
      models: 3,
      teams: 3,
      tiers: [{ name: 'internal' }, { name: 'regulated', sums: { calls: 28 } }],
    });
    const byTeam = await get<{ items: Array<{ name: string }> }>(
      'admin',
      '/organisation/breakdown?by=team&orderBy=cost',
    );
    expect(byTeam.items.map(({ name }) => name)).toEqual([
      CARE,
      SHOP,
      'group:default/x',
    ]);
    expect(await get('admin', '/organisation/adoption?weeks=4')).toMatchObject({
      weeks: [
        {
          week: '2026-10-26',
          activeTeams: 2,
          newTeams: 0,
          pairs: 2,
          calls: 91,
        },
        { week: '2026-11-02' },
        { week: '2026-11-09' },
        {
          week: '2026-11-16',
          activeTeams: 3,
          newTeams: 1,
          activeModels: 3,
          newModels: 2,
          pairs: 4,
        },
      ],
      teams: 3,
      called: 3,
      approved: 2,
      approvedAndCalled: 1,
    });
  });

  it('shows what could be given back', async () => {
    const waste = await get<{ unusedApprovals: Array<{ id: string }> }>(
      'admin',
      '/organisation/waste',
    );
    expect(waste).toMatchObject({
      days: 28,
      since: '2026-10-25',
      approvalsKnown: true,
      unusedApprovals: [
        { id: 'care-idle', title: 'IDLE' },
        { id: 'shop-idle', lastCall: '2026-09-01' },
      ],
      idleEndpoints: [
        {
          entityRef: 'model:acme/idle',
          endpoints: ['api:default/idle'],
          lastCall: '2026-09-22',
          hardware: '2x H100 80GB',
        },
      ],
    });
    const sam = await get<typeof waste>('sam', '/organisation/waste');
    expect(sam.unusedApprovals).toEqual([]);
    world.governanceIsDown = true;
    const without = await get('admin', '/organisation/waste');
    world.governanceIsDown = false;
    expect(without).toMatchObject({
      approvalsKnown: false,
      unusedApprovals: [],
    });
  });

  it('shows who made the same twice', async () => {
    expect(await get('sam', '/organisation/duplicates')).toMatchObject({
      items: [
        {
          baseModel: 'model:acme/base',
          tasks: ['chat'],
          teams: [CARE, SHOP],
          models: [{ model: 'acme/idle' }, { model: 'acme/twin' }],
        },
      ],
    });
  });

  it('refuses what is no range of days', async () => {
    expect(
      await status('sam', '/model?model=acme%2Fchat&from=2026-02-30'),
    ).toBe(400);
    expect(await status('sam', '/model')).toBe(400);
  });
});
