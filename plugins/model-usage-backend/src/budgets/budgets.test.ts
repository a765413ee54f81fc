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

describe.each(databaseIds)('budgets on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let usage: Usage;
  let session = 1;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    world = new World();
    usage = await startUsage(knex, world);
    session += 1;
  });
  afterEach(() => usage.stop());

  const admin = () => usage.as('admin');
  const put = (path: string, amount: number, currency = 'EUR') =>
    admin().put(`/budgets/${path}`, { amount, currency });
  const care = '/budgets/profile/care';
  const report = (...records: Array<Parameters<typeof someRecord>[0]>) =>
    usage.gateway('gw-1').post('/batches', batchOf(records.map(someRecord)));
  /** Alerts are told after the answer. */
  const told = async (titles: number) => {
    for (let n = 0; n < 200 && world.sent.length < titles; n++) {
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
    await usage.rooms.alerts.deliver();
    return world.sent;
  };

  it('are set, read and removed by whoever may', async () => {
    expect((await put('profile/care', 100)).body).toMatchObject({
      id: 'profile:care',
      amount: 100,
      currency: 'EUR',
      updatedBy: 'user:default/admin',
      month: '2026-11',
      spent: 0,
    });
    const team = encodeURIComponent('group:default/care');
    expect((await put(`team/${team}`, 0.5)).body).toMatchObject({
      id: 'team:group:default/care',
      amount: 0.5,
    });
    expect((await put('team/nonsense', 1)).status).toBe(400);
    expect((await put('profile/care', -1)).status).toBe(400);
    expect((await put('profile/care', 1, 'euro')).status).toBe(400);
    expect((await put('planet/earth', 1)).status).toBe(400);
    expect(
      (await usage.as('dana').put(care, { amount: 1, currency: 'EUR' })).status,
    ).toBe(403);
    expect((await usage.as('dana').delete(care)).status).toBe(403);
    expect((await admin().get('/budgets')).body.items).toHaveLength(2);
    expect((await admin().delete(care)).status).toBe(204);
    expect((await admin().delete(care)).status).toBe(404);
    expect((await admin().get(care)).status).toBe(404);
  });

  it('are seen by members, teams and owners of keys, and by nobody else', async () => {
    await put('profile/care', 1);
    await put('profile/shop', 1);
    await put(`team/${encodeURIComponent('group:default/care')}`, 1);
    await put('key/key-dana', 1);
    await put('key/other', 1);
    const ids = async (name: string) =>
      (await usage.as(name).get('/budgets')).body.items.map(
        ({ id }: { id: string }) => id,
      );
    expect(await ids('dana')).toEqual([
      'key:key-dana',
      'profile:care',
      'team:group:default/care',
    ]);
    expect(await ids('nobody')).toEqual([]);
    expect(await ids('service')).toHaveLength(5);
    expect((await usage.as('dana').get('/budgets/profile/shop')).status).toBe(
      404,
    );
  });

  it('answer a repeated command as the first time', async () => {
    const body = { amount: 5, currency: 'EUR' };
    const first = await admin().put(care, body, 'key-00000001');
    expect((await admin().put(care, body, 'key-00000001')).body).toEqual(
      first.body,
    );
    expect(
      (await admin().put(care, { ...body, amount: 6 }, 'key-00000001')).status,
    ).toBe(400);
  });

  it('count what was spent in the month in which it happened', async () => {
    await report({ at: '2026-10-31T23:59:00Z' }, {});
    await put('profile/care', 10);
    await report(
      {},
      { currency: 'USD' },
      { costMicros: undefined, currency: undefined },
      { attempts: 0, cacheHit: true, costMicros: 0, currency: 'EUR' },
      {
        attempts: 0,
        status: 429,
        costMicros: undefined,
        currency: undefined,
      },
    );
    expect((await admin().get(care)).body).toMatchObject({
      spent: 2,
      calls: 3,
      unpricedCalls: 2,
    });
    expect((await admin().get(`${care}?month=2026-10`)).body).toMatchObject({
      spent: 1,
      calls: 1,
    });
  });

  it('tell the owner once at each threshold, and again after a raise or a new month', async () => {
    await put('profile/care', 10);
    await report({ costMicros: 5_100_000 });
    await told(1);
    await report({ costMicros: 100_000 });
    expect(await told(1)).toEqual([
      {
        recipients: ['group:default/care'],
        title:
          '50 % of the model budget of access profile Care for 2026-11 are spent',
        link: '/model-usage/budgets/profile/care',
      },
    ]);
    await report({ costMicros: 5_000_000 });
    expect((await told(3)).map(({ title }) => title).slice(1)).toEqual([
      expect.stringContaining('80 %'),
      expect.stringContaining('used up'),
    ]);
    expect((await put('profile/care', 19.9)).status).toBe(200);
    await report({ costMicros: 6_000_000 });
    expect((await told(4)).at(-1)?.title).toContain('80 %');
    world.now = new Date('2026-12-01T00:00:01.000Z');
    await report({ at: '2026-12-01T00:00:00.500Z', costMicros: 10_000_000 });
    expect((await told(5)).at(-1)?.title).toContain('50 %');
    expect(world.sent).toHaveLength(5);
    expect(world.events).toHaveLength(5);
    expect(world.events[0]).toMatchObject({
      type: 'budget.alert',
      budget: 'profile:care',
      percent: 50,
      amount: 10,
      spent: 5.1,
    });
  });

  it('tell when they are set below what is spent already', async () => {
    await report({ costMicros: 850_000 });
    await put('profile/care', 1);
    await usage.rooms.alerts.catchUp();
    await usage.rooms.alerts.catchUp();
    expect(world.sent.map(({ title }) => title).sort()).toEqual([
      expect.stringContaining('50 %'),
      expect.stringContaining('80 %'),
    ]);
  });

  it('tell the team, the owner of the key and whom else it names', async () => {
    const team = encodeURIComponent('group:default/care');
    await admin().put(`/budgets/team/${team}`, {
      amount: 1,
      currency: 'EUR',
      notify: ['user:default/cfo'],
    });
    await put('key/key-dana', 1);
    await report({ costMicros: 600_000 });
    const sent = await told(2);
    expect(sent.map(({ recipients }) => recipients).sort()).toEqual([
      ['group:default/care', 'user:default/cfo'],
      ['user:default/dana'],
    ]);
    expect(sent.map(({ title, link }) => [title, link]).sort()).toEqual([
      [
        '50 % of the model budget of key CI for 2026-11 are spent',
        '/model-usage/budgets/key/key-dana',
      ],
      [
        '50 % of the model budget of team care for 2026-11 are spent',
        '/model-usage/budgets/team/group%3Adefault%2Fcare',
      ],
    ]);
  });

  describe('shared by gateways', () => {
    const sequences = new Map<string, number>();
    const lease = async (
      id: string,
      fields: Partial<{
        held: number;
        unreported: number;
        wanted: number;
        needed: number;
      }> = {},
      more: object = {},
    ) => {
      const sequence = (sequences.get(id) ?? 0) + 1;
      sequences.set(id, sequence);
      const { body } = await usage.gateway(id).post('/leases', {
        session,
        sequence,
        limits: [],
        budgets: [
          {
            budget: 'profile:care',
            month: '2026-11',
            heldMicros: fields.held ?? 0,
            unreportedMicros: fields.unreported ?? 0,
            wantedMicros: fields.wanted ?? 0,
            ...(fields.needed && { neededMicros: fields.needed }),
          },
        ],
        ...more,
      });
      return body;
    };
    const share = async (...args: Parameters<typeof lease>) => {
      const [{ shareMicros, exhausted }] = (await lease(...args)).budgets;
      return [shareMicros, exhausted];
    };

    beforeEach(() => put('profile/care', 10));

    it('hand out the list when it is not known', async () => {
      const { list, budgetsVersion } = await lease('gw-1');
      expect(list).toEqual([{ id: 'profile:care', currency: 'EUR' }]);
      const second = await lease('gw-1', {}, { budgetsVersion });
      expect(second.list).toBeUndefined();
      await put('profile/shop', 1);
      expect((await lease('gw-1', {}, { budgetsVersion })).list).toHaveLength(
        2,
      );
    });

    it('are never handed out twice', async () => {
      expect(await share('gw-1', { wanted: 8e6 })).toEqual([8e6, false]);
      expect(await share('gw-2', { wanted: 8e6 })).toEqual([1e6, false]);
      expect(await share('gw-3', { needed: 3e6 })).toEqual([0, true]);
      // The first gives back, and the others may take it once it said so.
      expect(await share('gw-1', { held: 8e6, wanted: 1e6 })).toEqual([
        1e6,
        false,
      ]);
      expect(await share('gw-3', { needed: 3e6 })).toEqual([0, true]);
      expect(await share('gw-1', { held: 1e6, wanted: 1e6 })).toEqual([
        1e6,
        false,
      ]);
      expect(await share('gw-3', { needed: 3e6 })).toEqual([3e6, false]);
    });

    it('count what was spent and is not in a batch yet', async () => {
      expect(await share('gw-1', { unreported: 9e6, wanted: 5e6 })).toEqual([
        1e6,
        false,
      ]);
      await report({ costMicros: 9e6 });
      expect(await share('gw-1', { held: 1e6, wanted: 5e6 })).toEqual([
        1e6,
        false,
      ]);
      expect((await admin().get(care)).body).toMatchObject({
        spent: 9,
        held: 1,
      });
    });

    it('take back what a lost gateway held, after it cannot serve any more', async () => {
      await lease('gw-1', { wanted: 10e6 });
      expect(await share('gw-2', { needed: 1e6 })).toEqual([0, true]);
      world.now = new Date(world.now.getTime() + 21 * 60_000);
      expect(await share('gw-2', { needed: 1e6 })).toEqual([1e6, false]);
    });

    it('do not answer an old request', async () => {
      await lease('gw-1', { wanted: 1e6 });
      sequences.set('gw-1', sequences.get('gw-1')! - 1);
      expect((await lease('gw-1', { wanted: 5e6 })).budgets).toEqual([]);
    });

    it('say that they are used up, to people too', async () => {
      await report({ costMicros: 9_999_000 });
      await told(2);
      expect(await share('gw-1', { needed: 5_000 })).toEqual([1_000, true]);
      expect((await told(3)).at(-1)?.title).toContain('used up');
    });

    it('are nothing once they are removed', async () => {
      await admin().delete(care);
      expect(await share('gw-1', { wanted: 5 })).toEqual([0, true]);
      expect(world.sent).toEqual([]);
    });

    it('refuse what is not a lease request', async () => {
      const { status, body } = await usage
        .gateway('gw-1')
        .post('/leases', { session: 1 });
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringContaining('lease.sequence must be an integer'),
      ]);
    });
  });

  it('share limits by demand among the gateways that are alive', async () => {
    let sequence = 0;
    const lease = async (id: string, held: number, demand: number) => {
      sequence += 1;
      const { body } = await usage.gateway(id).post('/leases', {
        session,
        sequence,
        limits: [
          {
            subject: 'key:k',
            limit: 'requestsPerMinute',
            total: 100,
            held,
            demand,
          },
        ],
        budgets: [],
      });
      return [body.gateways, body.limits[0].share];
    };
    expect(await lease('gw-1', 100, 50)).toEqual([1, 100]);
    expect(await lease('gw-2', 50, 50)).toEqual([2, 5]);
    expect(await lease('gw-1', 100, 50)).toEqual([2, 50]);
    expect(await lease('gw-2', 5, 50)).toEqual([2, 5]);
    expect(await lease('gw-1', 50, 50)).toEqual([2, 50]);
    expect(await lease('gw-2', 5, 50)).toEqual([2, 50]);
    world.now = new Date(world.now.getTime() + 61_000);
    expect(await lease('gw-2', 50, 50)).toEqual([1, 100]);
  });
});
