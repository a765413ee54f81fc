import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { batchOf, someRecord } from '../__testUtils__/startUsage';
import { migrationsDirectory } from '../database';
import { factOf } from './facts';
import { beginOf, periodOf } from './periods';
import { Sketch } from './Sketch';
import { TestUsage } from './__testUtils__/TestUsage';
import { LEVELS, SUMS, type Level } from './types';

jest.setTimeout(60_000);

const ALL = { from: new Date('2020-01-01'), to: new Date('2030-01-01') };

/** Numbers that look random and are the same each time. */
function drawFrom(seed: number) {
  let state = seed;
  return <T>(items: T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return items[Math.floor((state / 2_147_483_648) * items.length)];
  };
}

function manyRecords(count: number): UsageRecord[] {
  const draw = drawFrom(7);
  return Array.from({ length: count }, () =>
    someRecord({
      at: new Date(
        Date.UTC(
          2026,
          draw([9, 10]),
          draw([1, 20, 21]),
          draw([0, 11, 23]),
          draw([0, 59]),
          draw([0, 30]),
        ),
      ).toISOString(),
      model: draw(['acme/chat', 'acme/code']),
      version: draw(['1.0', '2.0', undefined]),
      team: draw(['group:default/care', 'component:default/shop', undefined]),
      profile: draw(['care', 'shop']),
      tier: draw(['internal', 'regulated']),
      currency: draw(['EUR', 'USD']),
      costMicros: draw([5, 1_000_000]),
      status: draw([200, 200, 200, 429, 500]),
      cacheHit: draw([true, undefined, undefined]),
      latencyMs: draw([3, 250, 4_000, 61_000]),
      firstByteMs: draw([undefined, 40, 90]),
    }),
  );
}

/** As releases wrote it that kept every call. */
const rowOfOlderRelease = (it: UsageRecord) => ({
  id: it.id,
  batch_id: randomUUID(),
  gateway_id: 'gw-1',
  at: it.at,
  route: it.route,
  key_id: it.keyId,
  profile: it.profile,
  purpose: it.purpose,
  tier: it.tier,
  team: it.team,
  model: it.model,
  version: it.version,
  status: it.status,
  mode: it.mode,
  streamed: it.streamed,
  attempts: it.attempts,
  cache_hit: it.cacheHit ?? false,
  input_tokens: it.inputTokens,
  output_tokens: it.outputTokens,
  tokens_estimated: it.tokensEstimated ?? false,
  cost_micros: it.costMicros,
  currency: it.currency,
  latency_ms: it.latencyMs,
  first_byte_ms: it.firstByteMs,
  prompt_bytes: it.promptBytes,
  response_bytes: it.responseBytes,
  calls: it.calls ?? 1,
});

/** What the sums of a level must be, added up one by one. */
function expectedSums(level: Level, records: UsageRecord[]) {
  const rows = new Map<string, Record<string, string | number>>();
  for (const fact of records.map(factOf)) {
    const { at, latency, ttft, ...rest } = fact;
    const begin = new Date(beginOf(level, periodOf(level, at))).toISOString();
    const sums = Object.fromEntries(SUMS.map(it => [it, fact[it]]));
    const keys: Record<string, string | number> = {
      at: begin,
      model: rest.model,
      version: rest.version,
      team: rest.team,
      component: rest.component,
      profile: rest.profile,
      tier: rest.tier,
      currency: rest.currency,
      source: rest.source,
    };
    const name = Object.values(keys).join('\n');
    const row = rows.get(name);
    if (row) {
      for (const it of SUMS) row[it] = Number(row[it]) + fact[it];
    } else {
      rows.set(name, { ...keys, ...sums });
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const BY = [
  'at',
  'model',
  'version',
  'team',
  'component',
  'profile',
  'tier',
  'currency',
  'source',
] as const;

describe.each(databaseIds)('rollups on %s', databaseId => {
  let knex: Knex;
  let usage: TestUsage;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    usage = new TestUsage(knex);
  });

  const sums = (level: Level) =>
    usage.store.sums({ level, ...ALL, by: [...BY] });

  const count = async (table: string) =>
    Number((await knex(table).count({ n: '*' }))[0].n);

  it('adds up to what was reported, however often and in whichever order it came', async () => {
    const recent = manyRecords(400).map(it => ({
      ...it,
      // So that no level has forgotten it.
      at: it.at.replace(/^.{10}/, '2026-11-20'),
    }));
    const other = new TestUsage(knex);
    const batches = [0, 1, 2, 3].map(n =>
      batchOf(recent.slice(n * 100, n * 100 + 100)),
    );
    const send = (to: TestUsage, order: typeof batches) =>
      Promise.all(order.map(it => to.take(it.records, it.batchId)));
    await Promise.all([
      send(usage, batches),
      send(other, [...batches].reverse()),
      usage.take([...recent].reverse()),
      other.take([recent[0], recent[399]]),
    ]);
    for (const level of LEVELS) {
      expect(await sums(level)).toEqual(expectedSums(level, recent));
    }
    for (const level of LEVELS) {
      const whole = new Sketch();
      recent
        .map(factOf)
        .flatMap(it => it.latency)
        .forEach(([ms]) => whole.add(ms));
      expect(
        await usage.store.latencies({
          level,
          ...ALL,
          models: ['acme/chat', 'acme/code'],
          by: [],
        }),
      ).toMatchObject([
        {
          latency: {
            count: whole.count,
            p50: whole.quantile(0.5),
            p95: whole.quantile(0.95),
            p99: whole.quantile(0.99),
          },
        },
      ]);
    }
  });

  it('counts late records in their own day and month, where finer periods are gone', async () => {
    const records = manyRecords(100);
    await usage.take(records);
    const after = (days: number) =>
      records.filter(
        ({ at }) =>
          Date.parse(at) >= usage.now.getTime() - days * 24 * 3_600_000,
      );
    expect(await sums('minute')).toEqual(expectedSums('minute', after(2)));
    expect(await sums('hour')).toEqual(expectedSums('hour', after(90)));
    expect(await sums('day')).toEqual(expectedSums('day', records));
    expect(await sums('month')).toEqual(expectedSums('month', records));
  });

  it('forgets each level after its time, and months never', async () => {
    const record = someRecord({ at: '2026-11-20T10:00:00Z' });
    await usage.take([record]);
    const kept = async () => {
      await usage.writer.prune(knex);
      const tables = LEVELS.flatMap(it => [
        `usage_${it}s`,
        `usage_sketches_${it}s`,
      ]);
      return Promise.all(tables.map(count));
    };
    expect(await kept()).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    usage.now = new Date('2026-11-23T12:00:00Z');
    expect(await kept()).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
    await usage.take([
      someRecord({ at: '2026-11-20T10:00:30Z' }),
      someRecord({ at: '2026-11-23T11:00:00Z' }),
    ]);
    expect(await sums('minute')).toMatchObject([
      { at: '2026-11-23T11:00:00.000Z', calls: 1 },
    ]);
    expect(await sums('day')).toMatchObject([
      { at: '2026-11-20T00:00:00.000Z', calls: 2 },
      { at: '2026-11-23T00:00:00.000Z', calls: 1 },
    ]);
    usage.now = new Date('2030-01-01T00:00:00Z');
    expect(await kept()).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
    expect(await sums('month')).toMatchObject([{ calls: 3 }]);
  });

  it('adds what was kept later and once, when it cannot be added now', async () => {
    const batch = batchOf([someRecord()]);
    await knex.schema.renameTable('usage_sketches_months', 'gone');
    // It is kept safely, so the gateway need not send it again.
    await usage.take(batch.records, batch.batchId);
    expect(await count('usage_minutes')).toBe(0);
    expect(await count('usage_totals')).toBe(0);
    await knex.schema.renameTable('gone', 'usage_sketches_months');
    usage.now = new Date(usage.now.getTime() + 60_000);
    const other = new TestUsage(knex);
    other.now = usage.now;
    await Promise.all([usage.recover(), other.recover()]);
    await usage.recover();
    expect(await sums('month')).toMatchObject([{ calls: 1 }]);
    expect(await count('usage_pending')).toBe(0);
    await usage.take(batch.records, batch.batchId);
    expect(await sums('month')).toMatchObject([{ calls: 1 }]);
  });

  it('takes nothing of a batch that cannot be kept, so that it can come again', async () => {
    const batch = batchOf([someRecord()]);
    await knex.schema.renameTable('usage_pending', 'gone');
    await expect(usage.take(batch.records, batch.batchId)).rejects.toThrow();
    expect(await count('usage_batches')).toBe(0);
    expect(await count('usage_taken_ids')).toBe(0);
    expect(await count('usage_spend')).toBe(0);
    await knex.schema.renameTable('gone', 'usage_pending');
    await usage.take(batch.records, batch.batchId);
    expect(await sums('month')).toMatchObject([{ calls: 1 }]);
  });

  it('adds much at once after the answer, and the same as of little', async () => {
    const records = manyRecords(7_000);
    const batches = Array.from({ length: 7 }, (_, n) =>
      records.slice(n * 1_000, (n + 1) * 1_000),
    );
    await Promise.all(batches.map(some => usage.take(some)));
    expect(await count('usage_pending')).toBe(1);
    const waiting = await sums('day');
    expect(waiting).toEqual([]);
    await usage.settle();
    expect(await count('usage_pending')).toBe(0);
    expect(await sums('day')).toEqual(expectedSums('day', records));
  });

  it('does not learn names of models from calls that it refused', async () => {
    const refused = (model: string, fields: Partial<UsageRecord> = {}) =>
      someRecord({
        model,
        version: undefined,
        status: 403,
        attempts: 0,
        code: 'model_not_approved',
        ...fields,
      });
    await usage.take([
      ...Array.from({ length: 50 }, () => refused(`x/${randomUUID()}`)),
      refused('acme/chat'),
    ]);
    expect(await count('usage_models')).toBe(1);
    await usage.take([someRecord({ model: 'acme/chat', version: '1.0' })]);
    await usage.take([
      refused('acme/chat'),
      refused('acme/slow', { status: 429, grantId: 'g-1' }),
    ]);
    expect(
      await usage.store.sums({ level: 'day', ...ALL, by: ['model'] }),
    ).toMatchObject([
      { model: '', calls: 51, refused: 51 },
      { model: 'acme/chat', calls: 2, refused: 1 },
      { model: 'acme/slow', calls: 1, refused: 1 },
    ]);
  });

  it('adds what older releases took, once', async () => {
    const options = (name: string) =>
      ({ directory: migrationsDirectory, name } as never);
    const name = '20261125_33_no_records.js';
    await knex.migrate.down(options(name));
    const records = manyRecords(60);
    const rows = records.map(rowOfOlderRelease);
    await knex('usage_records').insert(rows);
    const [first] = manyRecords(1);
    await knex('usage_records').insert({
      ...rowOfOlderRelease(first),
      rolled_up: true,
    });
    await knex.migrate.up(options(name));
    const other = new TestUsage(knex);
    await Promise.all([usage.recover(), other.recover()]);
    await usage.recover();
    expect(await sums('day')).toEqual(expectedSums('day', records));
    // Months, budgets and approvals had them already.
    expect(await count('usage_totals')).toBe(0);
    const latencies = await usage.store.latencies({
      level: 'day',
      ...ALL,
      models: [...new Set(records.map(({ model }) => model))],
      by: [],
    });
    expect(latencies[0].latency?.count).toBe(
      records.map(factOf).flatMap(it => it.latency).length,
    );
  });
});
