import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { someRecord } from '../__testUtils__/startUsage';
import { TestUsage } from './__testUtils__/TestUsage';

jest.setTimeout(60_000);

const call = (at: string, fields: Partial<UsageRecord> = {}) =>
  someRecord({ at: `2026-${at}Z`, ...fields });

describe.each(databaseIds)('what was used, on %s', databaseId => {
  let knex: Knex;
  let usage: TestUsage;
  const november = {
    from: new Date('2026-11-01T00:00:00Z'),
    to: new Date('2026-12-01T00:00:00Z'),
  };

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    usage = new TestUsage(knex);
  });

  it('is told by whatever names are asked for, the greatest first', async () => {
    await usage.take([
      call('11-02T10:00:00', { team: 'group:default/a', profile: 'p' }),
      call('11-03T10:00:00', { team: 'group:default/b', profile: 'p' }),
      call('11-03T11:00:00', { team: 'group:default/b', profile: 'q' }),
      call('11-03T11:00:00', { team: 'component:default/c', model: 'acme/x' }),
    ]);
    const consumers = {
      ...november,
      level: 'day' as const,
      by: ['team' as const, 'component' as const],
      orderBy: 'calls' as const,
    };
    expect(
      (await usage.store.sums(consumers)).map(it => [
        it.team,
        it.component,
        it.calls,
        it.costMicros,
      ]),
    ).toEqual([
      ['group:default/b', '', 2, 2_000_000],
      ['', 'component:default/c', 1, 1_000_000],
      ['group:default/a', '', 1, 1_000_000],
    ]);
    expect(
      await usage.store.sums({ ...consumers, limit: 1, offset: 1 }),
    ).toMatchObject([{ component: 'component:default/c' }]);
    const where = async (filter: object) =>
      (
        await usage.store.sums({
          ...november,
          level: 'hour',
          where: filter,
          by: [],
        })
      ).map(({ calls }) => calls);
    expect(await where({ models: ['acme/x'] })).toEqual([1]);
    expect(await where({ models: ['acme/chat'], versions: ['2.0'] })).toEqual(
      [],
    );
    expect(await where({ profiles: ['p', 'q'] })).toEqual([3]);
    expect(
      await where({ profiles: ['p'], teams: ['group:default/b'] }),
    ).toEqual([1]);
    expect(await where({ components: ['component:default/c'] })).toEqual([1]);
    expect(await where({ tiers: ['regulated'] })).toEqual([]);
    expect(await where({ profiles: [] })).toEqual([]);
    expect(await where({ sources: ['gateway'] })).toEqual([4]);
  });

  it('counts the periods that a range touches, and no other', async () => {
    await usage.take([
      call('10-31T23:59:59.999'),
      call('11-01T00:00:00.000'),
      call('11-30T23:59:59.999'),
      call('12-01T00:00:00.000'),
    ]);
    usage.now = new Date('2026-12-02T00:00:00Z');
    const periods = async (level: 'day' | 'month', range = november) =>
      (await usage.store.sums({ level, ...range, by: ['at'] })).map(
        ({ at, calls }) => [at, calls],
      );
    expect(await periods('day')).toEqual([
      ['2026-11-01T00:00:00.000Z', 1],
      ['2026-11-30T00:00:00.000Z', 1],
    ]);
    expect(await periods('month')).toEqual([['2026-11-01T00:00:00.000Z', 2]]);
    const touched = {
      from: new Date('2026-11-01T12:00:00Z'),
      to: new Date('2026-12-01T00:00:00.001Z'),
    };
    expect(await periods('month', touched)).toEqual([
      ['2026-11-01T00:00:00.000Z', 2],
      ['2026-12-01T00:00:00.000Z', 1],
    ]);
  });

  it('tells errors, refusals and caches apart', async () => {
    const free = { costMicros: undefined, currency: undefined };
    const refusal = { ...free, attempts: 0 };
    await usage.take([
      call('11-20T10:00:00'),
      call('11-20T10:00:00', { attempts: 0, cacheHit: true }),
      call('11-20T10:00:00', { ...refusal, status: 403, calls: 7 }),
      call('11-20T10:00:00', { ...refusal, status: 503 }),
      call('11-20T10:00:00', { status: 500, code: 'gateway_stopped' }),
      call('11-20T10:00:00', { status: 400 }),
      call('11-20T10:00:00', { status: 429 }),
      call('11-20T10:00:00', { status: 504, latencyMs: 600_000 }),
      call('11-20T10:00:00', { ...free, tokensEstimated: true }),
    ]);
    const [row] = await usage.store.sums({
      level: 'minute',
      ...november,
      by: [],
    });
    expect(row).toEqual({
      calls: 15,
      refused: 7,
      unavailable: 2,
      clientErrors: 1,
      throttled: 1,
      serverErrors: 1,
      declined: 0,
      cached: 1,
      unpricedCalls: 1,
      estimatedCalls: 1,
      inputTokens: 900,
      outputTokens: 450,
      cachedInputTokens: 0,
      costMicros: 6_000_000,
    });
    const [{ latency }] = await usage.store.latencies({
      level: 'minute',
      ...november,
      models: ['acme/chat'],
      by: ['model'],
    });
    // Only what a model answered well.
    expect(latency?.count).toBe(2);
    expect(latency?.p99).toBeLessThan(125);
  });

  it('says how long answers took, by version and day', async () => {
    const version = (name: string, latencyMs: number, firstByteMs?: number) =>
      call('11-19T10:00:00', { version: name, latencyMs, firstByteMs });
    await usage.take([
      version('1.0', 100),
      version('1.0', 300),
      version('2.0', 5_000, 80),
      call('11-20T10:00:00', { version: '2.0', latencyMs: 7_000 }),
      call('11-20T10:00:00', { model: 'acme/other' }),
    ]);
    const query = {
      level: 'day' as const,
      ...november,
      models: ['acme/chat'],
    };
    const rows = await usage.store.latencies({
      ...query,
      by: ['at', 'version'],
    });
    expect(
      rows.map(it => [it.at, it.version, it.latency?.count, it.ttft?.count]),
    ).toEqual([
      ['2026-11-19T00:00:00.000Z', '1.0', 2, undefined],
      ['2026-11-19T00:00:00.000Z', '2.0', 1, 1],
      ['2026-11-20T00:00:00.000Z', '2.0', 1, undefined],
    ]);
    expect(rows[0].latency?.mean).toBeCloseTo(200);
    expect(rows[0].latency?.p95).toBeCloseTo(300, -1);
    expect(
      await usage.store.latencies({ ...query, versions: ['9'], by: [] }),
    ).toEqual([]);
    expect(
      await usage.store.countUpTo({
        ...query,
        metric: 'latency',
        limitMs: 1_000,
      }),
    ).toEqual([
      { at: '2026-11-19T00:00:00.000Z', count: 3, within: 2 },
      { at: '2026-11-20T00:00:00.000Z', count: 1, within: 0 },
    ]);
  });

  it('draws when in the week, Sundays last', async () => {
    await usage.take([
      call('11-15T23:59:59'),
      call('11-16T00:00:00', { calls: 3, status: 403, attempts: 0 }),
      call('11-09T00:30:00'),
    ]);
    expect(await usage.store.heatMap(november)).toEqual([
      { weekday: 1, hour: 0, calls: 4 },
      { weekday: 7, hour: 23, calls: 1 },
    ]);
  });

  it('remembers when a model was called last', async () => {
    await usage.take([
      call('11-02T10:00:00'),
      call('11-05T10:00:00'),
      call('11-03T10:00:00', { model: 'acme/old' }),
    ]);
    expect(
      await usage.store.lastCalled({
        level: 'day',
        ...november,
        by: ['model'],
      }),
    ).toEqual([
      { model: 'acme/chat', at: '2026-11-05T00:00:00.000Z' },
      { model: 'acme/old', at: '2026-11-03T00:00:00.000Z' },
    ]);
    expect(
      await usage.store.spans({ level: 'day', ...november, by: ['model'] }),
    ).toMatchObject([
      { first: '2026-11-02T00:00:00.000Z', last: '2026-11-05T00:00:00.000Z' },
      { first: '2026-11-03T00:00:00.000Z', last: '2026-11-03T00:00:00.000Z' },
    ]);
  });

  it('finds what a team called itself or through its components', async () => {
    await usage.take([
      call('11-02T10:00:00', { team: 'group:default/a' }),
      call('11-02T10:00:00', { team: 'component:default/of-a' }),
      call('11-02T10:00:00', { team: 'group:default/b' }),
    ]);
    const calls = async (teams: string[], components: string[]) =>
      (
        await usage.store.sums({
          ...november,
          level: 'day',
          where: { callers: { teams, components } },
          by: [],
        })
      ).map(it => it.calls);
    expect(
      await calls(['group:default/a'], ['component:default/of-a']),
    ).toEqual([2]);
    expect(await calls(['group:default/b'], [])).toEqual([1]);
    expect(await calls([], [])).toEqual([]);
  });
});
