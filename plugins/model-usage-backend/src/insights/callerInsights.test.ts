import type {
  BudgetBurn,
  CallerInsights,
} from '@modelhub/backstage-plugin-models-common';
import {
  CARE,
  path,
  SHOP,
  startInsights,
  type StartedInsights,
} from './__testUtils__/startInsights';

jest.setTimeout(60_000);

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

describe('what usage shows of callers and the organisation', () => {
  let started: StartedInsights;
  const get = <T>(name: string, route: string) => started.get<T>(name, route);
  const status = (name: string, route: string) => started.status(name, route);

  beforeAll(async () => {
    started = await startInsights();
  });

  afterAll(() => started.stop());

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
    await started.usage
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
      const answer = await started.usage
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
        (await started.usage.as(name).get(`/insights/chargeback?${query}`))
          .status;
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
    started.world.governanceIsDown = true;
    const without = await get('admin', '/organisation/waste');
    started.world.governanceIsDown = false;
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
});
