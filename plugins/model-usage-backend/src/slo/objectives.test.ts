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

const MINUTES_A_DAY = 24 * 60;

describe.each(databaseIds)('objectives, on %s', databaseId => {
  let knex: Knex;
  let world: World;
  let objectives: Objectives;
  const service = () => objectives.service;

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
  });

  beforeEach(async () => {
    await emptied(knex);
    world = new World(knex);
    objectives = startObjectives(world);
  });

  it('are set, changed and removed by owners, with a history, once per key', async () => {
    const carla = as('carla');
    const input = { ...AVAILABILITY, reason: 'Support depends on it' };
    const set = await service().set(carla, input, 'key-one-1');
    expect(set).toMatchObject({
      plane: 'data',
      kind: 'availability',
      model: 'acme/chat',
      entityRef: 'model:acme/chat',
      title: 'CHAT',
      target: 0.999,
      version: 1,
      state: 'no-events',
      mayChange: true,
      updatedBy: 'user:default/carla',
    });
    expect(await service().set(carla, input, 'key-one-1')).toEqual(set);
    await expect(service().set(carla, input, 'key-two-2')).rejects.toThrow(
      /such an objective already/,
    );
    const terms = {
      target: 0.99,
      windowDays: 7 as const,
      notify: ['Group:On-Call'],
    };
    const changed = await service().change(carla, set.id, {
      ...terms,
      version: 1,
      reason: 'It is new',
    });
    expect(changed).toMatchObject({
      version: 2,
      target: 0.99,
      windowDays: 7,
      notify: ['group:default/on-call'],
    });
    await expect(
      service().change(carla, set.id, { ...terms, version: 1 }),
    ).rejects.toThrow(/Somebody else changed this objective/);
    const { items } = await service().changes(carla, set.id, {});
    expect(items).toMatchObject([
      {
        action: 'changed',
        by: 'user:default/carla',
        reason: 'It is new',
        before: { target: 0.999, windowDays: 28 },
        after: { target: 0.99, windowDays: 7 },
      },
      { action: 'set', reason: 'Support depends on it' },
    ]);
    const removal = { version: 2, reason: 'Retired' };
    await service().remove(carla, set.id, removal, 'key-three');
    await service().remove(carla, set.id, removal, 'key-three');
    await expect(service().get(carla, set.id)).rejects.toThrow(/no objective/);
    expect((await service().list(carla, {})).items).toEqual([]);
  });

  it('are not set by others, and not seen by who may not see the model', async () => {
    const sam = as('sam');
    const set = await service().set(as('carla'), AVAILABILITY);
    expect(await service().get(sam, set.id)).toMatchObject({
      mayChange: false,
    });
    await expect(service().set(sam, AVAILABILITY)).rejects.toThrow(
      /Only owners of the model/,
    );
    await expect(
      service().change(sam, set.id, { ...AVAILABILITY, version: 1 }),
    ).rejects.toThrow(/Only owners of the model/);
    await expect(service().remove(sam, set.id, { version: 1 })).rejects.toThrow(
      /Only owners of the model/,
    );
    const gateways = {
      kind: 'gateway-availability' as const,
      target: 0.999,
      windowDays: 28 as const,
    };
    await expect(service().set(sam, gateways)).rejects.toThrow(
      /need permission model.slo.manage/,
    );
    await service().set(as('admin'), gateways);

    world.secret.add('acme/chat');
    await expect(service().get(sam, set.id)).rejects.toThrow(/no objective/);
    await expect(service().performance(sam, set.id)).rejects.toThrow(
      /no objective/,
    );
    await expect(service().alerts(sam, set.id, {})).rejects.toThrow(
      /no objective/,
    );
    await expect(service().preview(sam, AVAILABILITY)).rejects.toThrow(
      /no model/,
    );
    await expect(service().remove(sam, set.id, { version: 1 })).rejects.toThrow(
      /no objective/,
    );
    const kinds = async (name: string, query = {}) =>
      (await service().list(as(name), query)).items.map(({ kind }) => kind);
    expect(await kinds('sam')).toEqual(['gateway-availability']);
    expect((await kinds('carla')).sort()).toEqual([
      'availability',
      'gateway-availability',
    ]);
    expect(await kinds('sam', { model: 'acme/chat' })).toEqual([]);
    expect(await kinds('admin', { model: 'acme/chat' })).toEqual([
      'availability',
    ]);
    // A second claimant of the gateway id makes it nobody's alone.
    world.models.push({
      ...world.models[0],
      metadata: { namespace: 'shop', name: 'chat' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
    });
    await expect(
      service().change(as('carla'), set.id, { ...AVAILABILITY, version: 1 }),
    ).rejects.toThrow(/Only owners of the model/);
  });

  it('say what is missing', async () => {
    const set = (more: object) =>
      service().set(as('admin'), { ...AVAILABILITY, ...more });
    await expect(set({ model: undefined })).rejects.toThrow(/Which model/);
    await expect(set({ limitMs: 5 })).rejects.toThrow(/has no limit/);
    await expect(set({ kind: 'latency' })).rejects.toThrow(/Send limitMs/);
    await expect(set({ kind: 'ingest-lag', limitMs: 5 })).rejects.toThrow(
      /Leave model and modelVersion out/,
    );
    await expect(set({ notify: ['nobody'] })).rejects.toThrow(/nobody/);
  });

  it('count what reached the model, and what the gateways could not do apart', async () => {
    const carla = as('carla');
    const refusal = { attempts: 0, costMicros: undefined, currency: undefined };
    await world.calls(90, 60);
    await world.calls(4, 60, { status: 500 });
    await world.calls(2, 60, { status: 429 });
    await world.calls(4, 60, { status: 400 });
    // Neither refusals, nor answers of the cache, nor failures of the gateway.
    await world.calls(5, 60, { ...refusal, status: 403 });
    await world.calls(3, 60, { attempts: 0, cacheHit: true });
    await world.calls(7, 60, { ...refusal, status: 503, code: 'no_snapshot' });
    await world.calls(1, 60, { ...refusal, status: 503, code: 'circuit_open' });
    await world.calls(10, 60, { model: 'acme/other', status: 500 });
    const model = await service().set(carla, { ...AVAILABILITY, target: 0.9 });
    expect(model).toMatchObject({ events: 101, good: 94 });
    expect(model.kept).toBeCloseTo(94 / 101);
    expect(model.budgetLeft).toBeCloseTo(1 - 7 / 101 / 0.1);
    expect(model.burn.sixHours).toBeCloseTo(7 / 101 / 0.1);
    expect(model.burn.fiveMinutes).toBe(0);
    const gateways = await service().set(as('admin'), {
      kind: 'gateway-availability',
      target: 0.9,
      windowDays: 28,
    });
    expect(gateways).toMatchObject({ events: 126, good: 119 });
    // More failures of the gateways burn their budget alone.
    await world.calls(50, 1, { ...refusal, status: 503, code: 'no_snapshot' });
    const again = await service().get(carla, model.id);
    expect(again).toMatchObject({ events: 101, good: 94, state: model.state });
    expect(await service().get(carla, gateways.id)).toMatchObject({
      events: 176,
      good: 119,
      state: 'missed',
    });
  });

  it('count answers within a limit, of a version or of all', async () => {
    const carla = as('carla');
    const answer = (
      version: string,
      latencyMs: number,
      firstByteMs: number,
    ) => ({ version, latencyMs, firstByteMs });
    await world.calls(8, 90, answer('1.0', 900, 100));
    await world.calls(2, 90, answer('1.0', 3_000, 700));
    await world.calls(10, 90, answer('2.0', 9_000, 100));
    const terms = { ...AVAILABILITY, target: 0.9, limitMs: 1_000 };
    const set = async (more: object) => {
      const it = await service().set(carla, { ...terms, ...more });
      return [it.events, it.good];
    };
    expect(await set({ kind: 'latency' })).toEqual([20, 8]);
    expect(await set({ kind: 'latency', modelVersion: '1.0' })).toEqual([
      10, 8,
    ]);
    expect(await set({ kind: 'latency', limitMs: 4_000 })).toEqual([20, 10]);
    expect(await set({ kind: 'time-to-first-token', limitMs: 500 })).toEqual([
      20, 18,
    ]);
    expect(
      await set({
        kind: 'availability',
        limitMs: undefined,
        modelVersion: '2.0',
      }),
    ).toEqual([10, 10]);
  });

  it('tell of the past what came late, day by day', async () => {
    const carla = as('carla');
    const terms = { ...AVAILABILITY, target: 0.9, windowDays: 7 as const };
    const { id } = await service().set(carla, terms);
    await world.calls(10, 2 * MINUTES_A_DAY);
    await world.calls(10, 30);
    const before = await service().performance(carla, id);
    expect(before.days).toHaveLength(7);
    expect(before.hours).toHaveLength(72);
    expect(before.days.map(it => it.events)).toEqual([0, 0, 0, 0, 10, 0, 10]);
    expect(before.days.map(it => it.budgetLeft)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      1,
      1,
      1,
    ]);
    // A gateway that was cut off reports two days later.
    await world.calls(10, 2 * MINUTES_A_DAY, { status: 502 });
    const after = await service().performance(carla, id);
    expect(after.days[4]).toMatchObject({
      day: '2026-11-19',
      events: 20,
      good: 10,
    });
    expect(after.days[4].burn).toBeCloseTo(5);
    expect(after.days[4].budgetLeft).toBeCloseTo(-4);
    expect(after.days[6].budgetLeft).toBeCloseTo(1 - 10 / 30 / 0.1);
    expect(after.hours.filter(({ events }) => events > 0)).toMatchObject([
      { at: '2026-11-19T12:00:00.000Z', events: 20, good: 10 },
      { at: '2026-11-21T11:00:00.000Z', events: 10, good: 10 },
    ]);
    expect(await service().get(carla, id)).toMatchObject({ state: 'missed' });
    // What leaves the window is forgiven.
    world.passMinutes(6 * MINUTES_A_DAY);
    expect(await service().get(carla, id)).toMatchObject({
      state: 'kept',
      events: 10,
      budgetLeft: 1,
    });
    const preview = await service().preview(carla, {
      ...terms,
      windowDays: 28,
    });
    expect(preview).toMatchObject({
      events: 30,
      good: 20,
      days: [
        { day: '2026-11-19', events: 20 },
        { day: '2026-11-21', events: 10 },
      ],
    });
    expect(preview.kept).toBeCloseTo(2 / 3);
  });

  it('are listed with what needs somebody first, page by page', async () => {
    const admin = as('admin');
    await world.calls(20, 60);
    await world.calls(20, 61);
    await world.calls(2, 60, { status: 500 });
    await service().set(admin, { ...AVAILABILITY, model: 'acme/other' });
    await service().set(admin, { ...AVAILABILITY, target: 0.9 });
    await service().set(admin, {
      ...AVAILABILITY,
      kind: 'latency',
      limitMs: 10,
    });
    await look(objectives, 'slow');
    const list = async (query: object) => {
      const { items, nextCursor } = await service().list(as('carla'), {
        plane: 'data',
        ...query,
      });
      return { found: items.map(it => [it.kind, it.state]), nextCursor };
    };
    expect(await list({})).toEqual({
      found: [
        ['latency', 'missed'],
        ['availability', 'kept'],
        ['availability', 'no-events'],
      ],
    });
    const first = await list({ limit: 2 });
    expect(first.found).toHaveLength(2);
    expect((await list({ limit: 2, cursor: first.nextCursor })).found).toEqual([
      ['availability', 'no-events'],
    ]);
    expect((await list({ state: 'missed' })).found).toEqual([
      ['latency', 'missed'],
    ]);
    expect((await list({ model: 'acme/chat' })).found).toHaveLength(2);
  });
});
