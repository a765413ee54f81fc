import {
  Portal,
  sendCalls,
  simulateYear,
  tally,
} from '@modelhub/usage-simulation';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { AddressInfo } from 'node:net';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { startUsage, World } from '../__testUtils__/startUsage';
import { RollupStore, type Level } from '../rollups';

jest.setTimeout(120_000);

const year = simulateYear({
  models: 20,
  teams: 6,
  calls: 3_000,
  days: 60,
  until: new Date('2026-11-21T12:00:00.000Z'),
});
const batches = [...year.batches()];

/**
 * The names that both sides count by. Refused calls have no version; those of a
 * model that nobody had called yet count under no model.
 */
const nameOf = (it: {
  model?: string;
  version?: string;
  team?: string;
  component?: string;
  profile?: string;
  currency?: string;
}) =>
  [
    it.version && it.model,
    it.version,
    it.team || it.component,
    it.profile,
    it.currency,
  ]
    .map(part => part ?? '')
    .join(' ');

const NUMBERS = [
  'calls',
  'refused',
  'unavailable',
  'clientErrors',
  'throttled',
  'serverErrors',
  'cached',
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'costMicros',
] as const;

type Numbers = Record<(typeof NUMBERS)[number], number>;

/** Sums by name. */
function addUp(rows: Iterable<[string, Numbers]>): Map<string, Numbers> {
  const sums = new Map<string, Numbers>();
  for (const [name, row] of rows) {
    const known = sums.get(name);
    const parts = NUMBERS.map(it => [it, row[it] + (known?.[it] ?? 0)]);
    sums.set(name, Object.fromEntries(parts) as Numbers);
  }
  return sums;
}

/** The simulation's own count. */
const counted = (from: (it: UsageRecord) => boolean) =>
  addUp(
    tally(
      batches.map(it => ({ ...it, records: it.records.filter(from) })),
      nameOf,
    ),
  );

describe.each(databaseIds)('a simulated year on %s', databaseId => {
  it('is counted to the last call and micro, however often it is interrupted and sent', async () => {
    const knex = await migratedDatabase(databaseId);
    const world = new World();
    world.now = year.options.until;
    const usage = await startUsage(knex, world);
    const { port } = usage.server.address() as AddressInfo;
    const portal = Portal.create({
      url: `http://localhost:${port}`,
      connections: 10,
    });
    const identity = {
      gatewayId: 'gw-1',
      privateKey: String(world.gateways.get('gw-1')?.privateKey),
    };
    const send = (from: number, stopAfter = Infinity) => {
      const stop = new AbortController();
      return sendCalls({
        year,
        portal,
        identity,
        connections: 10,
        from,
        signal: stop.signal,
        now: () => world.now,
        onSent: ({ slices }) => {
          if (slices >= stopAfter) stop.abort();
        },
      });
    };
    const store = RollupStore.create({ knex });
    const sums = async (level: Level, from: Date) => {
      const rows = await store.sums({
        level,
        from,
        to: year.options.until,
        by: ['model', 'version', 'team', 'component', 'profile', 'currency'],
      });
      return addUp(rows.map(row => [nameOf(row), row]));
    };
    const begin = new Date(year.calendar.from);

    const interrupted = await send(0, 25);
    expect(interrupted.slices).toBeGreaterThanOrEqual(25);
    expect(interrupted.slices).toBeLessThan(year.slices.length);
    const rest = await send(interrupted.slices);
    expect(rest.slices).toBe(year.slices.length);

    const all = counted(() => true);
    expect(await sums('month', begin)).toEqual(all);
    expect(await sums('day', begin)).toEqual(all);
    const firstHours = new Date(year.calendar.beginOf(20));
    expect(await sums('hour', firstHours)).toEqual(
      counted(it => it.at >= firstHours.toISOString()),
    );

    await send(0);
    expect(await sums('month', begin)).toEqual(all);
    await portal.close();
    await usage.stop();
  });
});
