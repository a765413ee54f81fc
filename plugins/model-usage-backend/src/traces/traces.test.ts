import type { TraceStep } from '@modelhub/governance-protocol';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { startUsage, World, type Usage } from '../__testUtils__/startUsage';

jest.setTimeout(120_000);

const trace = 'a'.repeat(64);

describe.each(databaseIds)('traces on %s', databaseId => {
  let world: World;
  /** Two replicas. */
  let portals: Usage[];

  beforeEach(async () => {
    const knex = await migratedDatabase(databaseId);
    world = new World();
    portals = [await startUsage(knex, world), await startUsage(knex, world)];
  });
  afterEach(async () => {
    await Promise.all(portals.map(portal => portal.stop()));
  });

  const step = async (
    fields: Partial<TraceStep> = {},
    portal = 0,
    gateway = 'gw-1',
  ) => {
    const { status, body } = await portals[portal]
      .gateway(gateway)
      .post('/traces', {
        trace,
        forget: 'idle',
        calls: 1,
        risk: 0,
        limits: {},
        ...fields,
      });
    expect([status, body]).toEqual([200, expect.anything()]);
    return body;
  };

  it('count the calls of all gateways, exactly', async () => {
    const limits = { calls: 10 };
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        step({ limits }, n % 2, `gw-${(n % 3) + 1}`),
      ),
    );
    const taken = answers.filter(({ exceeded }) => exceeded === undefined);
    expect(taken.map(({ calls }) => calls).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(await step({ limits })).toEqual({
      exceeded: 'calls',
      calls: 10,
      risk: 0,
    });
    // Another trace, and a profile without this limit.
    expect(await step({ trace: 'b'.repeat(64), limits })).toMatchObject({
      calls: 1,
    });
    expect(await step()).toMatchObject({ calls: 11 });
  });

  it('bound risk, and take back what was not done after all', async () => {
    const limits = { risk: 10 };
    await step({ risk: 6, limits });
    expect(await step({ risk: 5, limits }, 1, 'gw-2')).toEqual({
      exceeded: 'risk',
      calls: 1,
      risk: 6,
    });
    expect(await step({ calls: -1, risk: -6, limits })).toEqual({
      calls: 0,
      risk: 0,
    });
    expect(await step({ risk: 5, limits }, 1, 'gw-2')).toMatchObject({
      risk: 5,
    });
    // Nobody gets below nothing.
    await step({ calls: -1, risk: -9, limits });
    expect(await step({ calls: -1, risk: -9, limits })).toEqual({
      calls: 0,
      risk: 0,
    });
  });

  it('find loops that go through several gateways', async () => {
    const limits = { repeats: 2 };
    await step({ call: 'x', limits });
    await step({ call: 'x', limits }, 1, 'gw-2');
    expect(await step({ call: 'x', limits }, 0, 'gw-3')).toMatchObject({
      exceeded: 'repeats',
      calls: 2,
    });
    expect(await step({ call: 'y', limits })).toMatchObject({ calls: 3 });
  });

  it.each([
    ['idle', [50, 50, 61], [1, 2, 3, 1]],
    ['hourly', [50, 11, 50], [1, 2, 1, 2]],
  ] as const)('are forgotten (%s)', async (forget, minutes, calls) => {
    const counted = [(await step({ forget })).calls];
    for (const pause of minutes) {
      world.now = new Date(world.now.getTime() + pause * 60_000);
      counted.push((await step({ forget })).calls);
    }
    expect(counted).toEqual(calls);
    world.now = new Date(world.now.getTime() + 61 * 60_000);
    await portals[0].rooms.jobs
      .find(({ id }) => id === 'model-usage-prune')!
      .run();
    expect((await step()).calls).toBe(1);
  });

  it('are for gateways only, and for steps that make sense', async () => {
    const asked = { trace, forget: 'idle', calls: 1, risk: 0, limits: {} };
    const send = async (gateway: string, body: object) =>
      (await portals[0].gateway(gateway).post('/traces', body)).status;
    expect(await send('gw-unknown', asked)).toBe(401);
    for (const wrong of [
      { ...asked, calls: 2 },
      { ...asked, trace: 'prompt' },
      { ...asked, forget: 'never' },
      { ...asked, more: 1 },
    ]) {
      expect(await send('gw-1', wrong)).toBe(400);
    }
  });
});
