import type { Gateway } from '@modelhub/backstage-plugin-models-common';
import { someRecord } from '../__testUtils__/startUsage';
import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import {
  as,
  AVAILABILITY,
  emptied,
  look,
  startObjectives,
  World,
  type Objectives,
} from './__testUtils__/startObjectives';

jest.setTimeout(60_000);

describe.each(databaseIds)('alerts, on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let objectives: Objectives;
  const admin = as('admin');

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
  });

  beforeEach(async () => {
    await emptied(knex);
    world = new World(knex);
    objectives = startObjectives(world, { controlPlane: [] });
  });

  it('are told once, however many replicas look, and that it is over', async () => {
    const second = startObjectives(world, { controlPlane: [] });
    const set = await objectives.service.set(admin, {
      ...AVAILABILITY,
      notify: ['group:default/on-call'],
    });
    for (const hour of [1, 5, 20, 40]) await world.calls(500, hour * 60);
    await look(objectives);
    expect(world.sent).toEqual([]);
    // Ten minutes in which a fifth fails.
    for (let minute = 0; minute < 10; minute += 1) {
      await world.calls(8, minute);
      await world.calls(2, minute, { status: 503 });
    }
    await Promise.all([look(objectives), look(second)]);
    await look(second);
    world.passMinutes(1);
    await look(objectives);
    expect(world.sent).toHaveLength(1);
    const [told] = world.sent;
    expect(told).toMatchObject({
      recipients: ['group:default/care', 'group:default/on-call'],
      link: `/model-usage/objectives/${set.id}`,
      severity: 'critical',
    });
    // 20 of the 100 calls of an hour, of which a thousandth may fail.
    expect(told.title).toBe(
      'Availability of CHAT: the error budget burns 200 times as fast as it may',
    );
    // Of the 2,100 calls of the window 2.1 may fail: 20 did.
    expect(told.description).toBe(
      'The objective is 99.9 % over 28 days. The error budget is spent. Look at it now.',
    );
    expect(world.events).toEqual([
      expect.objectContaining({
        type: 'objective.alert',
        objective: set.id,
        model: 'acme/chat',
        severity: 'page',
        rule: 'fast',
      }),
    ]);
    const burning = await objectives.service.get(as('carla'), set.id);
    expect(burning).toMatchObject({
      state: 'burning',
      alerts: [{ severity: 'page', rule: 'fast' }],
    });
    expect(
      (await objectives.service.list(admin, { state: 'burning' })).items,
    ).toHaveLength(1);
    // The slow burn that it is, too, calls nobody out a second time.
    await look(objectives, 'slow');
    expect(world.sent).toHaveLength(1);

    for (let n = 0; n < 15; n += 1) {
      world.passMinutes(5);
      await world.calls(50, 1);
      await look(objectives);
    }
    expect(world.sent).toHaveLength(2);
    expect(world.sent[1]).toMatchObject({
      title: 'Availability of CHAT: the error budget no longer burns',
      severity: 'normal',
    });
    expect(world.sent[1].description).toMatch(
      /^It burnt from 21 November, 12:00 UTC on for \d+ min, at most 200 times/,
    );
    expect(world.events.at(-1)).toMatchObject({
      type: 'objective.recovered',
      objective: set.id,
    });
    const alerts = await objectives.service.alerts(admin, set.id, {});
    expect(alerts.items.map(it => [it.severity, Boolean(it.closedAt)])).toEqual(
      expect.arrayContaining([['page', true]]),
    );
  });

  it('say when the budget is gone, wait for whom they are for, and begin anew with new terms', async () => {
    const { id } = await objectives.service.set(admin, {
      ...AVAILABILITY,
      target: 0.99,
    });
    for (let day = 1; day < 28; day += 1) {
      await world.calls(1_000, day * 24 * 60);
    }
    await world.calls(30, 2, { status: 500 });
    await world.calls(70, 2);
    world.notificationsAreDown = true;
    await look(objectives);
    expect(world.sent).toEqual([]);
    world.notificationsAreDown = false;
    world.passMinutes(1);
    await look(objectives);
    expect(world.sent).toHaveLength(1);
    // Of 271 failures 241 are left: 88.9 % of 28 days at thirty times the speed.
    expect(world.sent[0].description).toBe(
      'The objective is 99 % over 28 days. 89 % of the error budget is left, and gone on 22 November, 07:55 UTC (in 20 hours) if it goes on like this. Look at it now.',
    );
    await objectives.service.change(admin, id, {
      target: 0.9,
      windowDays: 28,
      version: 1,
    });
    expect(await objectives.service.get(admin, id)).toMatchObject({
      alerts: [],
      state: 'kept',
    });
  });

  it('are not raised about few calls', async () => {
    const set = await objectives.service.set(admin, AVAILABILITY);
    await world.calls(29, 2, { status: 500 });
    await look(objectives);
    await look(objectives, 'slow');
    expect(await objectives.service.get(admin, set.id)).toMatchObject({
      state: 'missed',
      fewEvents: true,
    });
    expect(world.sent).toEqual([]);
    await world.calls(1, 2, { status: 500 });
    await look(objectives);
    expect(world.sent).toHaveLength(1);
  });

  it('of a slow burn wait for a working day', async () => {
    await objectives.service.set(admin, AVAILABILITY);
    for (let hour = 0; hour < 72; hour += 1) {
      await world.calls(249, hour * 60 + 1);
      await world.calls(1, hour * 60 + 1, { status: 500 });
    }
    await look(objectives);
    expect(world.sent).toEqual([]);
    await look(objectives, 'slow');
    expect(world.sent).toMatchObject([
      { severity: 'normal', recipients: ['group:default/care'] },
    ]);
    expect(world.sent[0].description).toMatch(/on the next working day/);
  });

  it('of defaults: objectives by tier, which follow the config and do not come back', async () => {
    const tiers = {
      internal: [{ kind: 'availability', target: 0.99 }],
      'customer-facing': [
        { kind: 'availability', target: 0.999 },
        { kind: 'latency', target: 0.95, limitMs: 2_000, windowDays: 7 },
      ],
    };
    await world.calls(5, 60);
    await world.calls(5, 60, { tier: 'customer-facing' });
    await world.calls(5, 60, { model: 'acme/other' });
    const own = await objectives.service.set(admin, {
      ...AVAILABILITY,
      model: 'acme/other',
    });
    const configured = startObjectives(world, { tiers });
    const list = async (replica: Objectives) =>
      (await replica.service.list(admin, { plane: 'data' })).items
        .map(it => [it.model, it.kind, it.target, it.defaultOf])
        .sort();
    await Promise.all([look(configured, 'slow'), look(configured, 'slow')]);
    expect(await list(configured)).toEqual([
      ['acme/chat', 'availability', 0.999, 'customer-facing'],
      ['acme/chat', 'latency', 0.95, 'customer-facing'],
      ['acme/other', 'availability', 0.999, undefined],
    ]);
    const control = await configured.service.list(admin, { plane: 'control' });
    expect(control.items.map(({ kind }) => kind).sort()).toEqual([
      'approval-service',
      'gateway-availability',
      'ingest-lag',
      'snapshot-age',
    ]);
    const { items } = await configured.service.list(admin, {
      model: 'acme/chat',
    });
    const latency = items.find(({ kind }) => kind === 'latency');
    await configured.service.remove(as('carla'), latency?.id ?? '', {
      version: 1,
    });
    tiers['customer-facing'][0].target = 0.995;
    const anew = startObjectives(world, { tiers });
    await look(anew, 'slow');
    expect(await list(anew)).toEqual([
      ['acme/chat', 'availability', 0.995, 'customer-facing'],
      ['acme/other', 'availability', 0.999, undefined],
    ]);
    const first = items.find(({ kind }) => kind === 'availability');
    const changes = await anew.service.changes(admin, first?.id ?? '', {});
    expect(changes.items.map(({ action, by }) => [action, by])).toEqual([
      ['changed', 'default'],
      ['set', 'default'],
    ]);
    expect((await anew.service.get(admin, own.id)).version).toBe(1);
  });

  it('of the control plane: what answers late, is old or comes late', async () => {
    const { service, controlPlane } = objectives;
    const control = async (
      kind: 'approval-service' | 'snapshot-age' | 'ingest-lag',
      limitMs: number,
    ) => service.set(admin, { kind, target: 0.9, windowDays: 28, limitMs });
    const answers = await control('approval-service', 5_000);
    const ages = await control('snapshot-age', 60_000);
    const lags = await control('ingest-lag', 10_000);
    const seen = (secondsAgo: number, more: Partial<Gateway> = {}) => ({
      id: `gw-${secondsAgo}`,
      name: 'gw',
      enrolledAt: '2026-11-01T00:00:00.000Z',
      connected: false,
      lastSeenAt: new Date(
        world.now.getTime() - secondsAgo * 1_000,
      ).toISOString(),
      ...more,
    });
    world.gateways = [
      seen(25, { connected: true, behind: 0 }),
      seen(45),
      seen(300),
      // Switched off, removed, never seen.
      seen(2 * 3_600),
      seen(300, { removedAt: world.now.toISOString() }),
      seen(0, { lastSeenAt: undefined }),
    ];
    await controlPlane.look();
    world.gateways = undefined;
    await controlPlane.look();
    const ago = (ms: number, more = {}) =>
      someRecord({
        at: new Date(world.now.getTime() - ms - 1_000).toISOString(),
        latencyMs: 1_000,
        ...more,
      });
    controlPlane.took([ago(500), ago(30_000), ago(-5_000)]);
    controlPlane.took([ago(30 * 3_600_000), ago(90_000, { calls: 7 })]);
    await controlPlane.flush();
    const events = async ({ id }: { id: string }) => {
      const it = await service.get(admin, id);
      return [it.events, it.good];
    };
    expect(await events(answers)).toEqual([2, 1]);
    expect(await events(ages)).toEqual([3, 2]);
    expect(await events(lags)).toEqual([3, 2]);
    // A limit that is set later tells of the past, too.
    await service.change(admin, lags.id, {
      target: 0.9,
      windowDays: 28,
      limitMs: 60_000,
      version: 1,
    });
    expect(await events(lags)).toEqual([3, 3]);
    await objectives.prune();
    expect(await events(lags)).toEqual([3, 3]);
    world.passMinutes(3 * 24 * 60);
    await objectives.prune();
    expect(await knex('slo_looks').where({ level: 'minute' })).toEqual([]);
    expect(await events(lags)).toEqual([3, 3]);
  });
});
