import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { someRecord } from '../__testUtils__/startUsage';
import { DEFAULT_RETENTION, RollupStore } from '../rollups';
import { TestUsage } from '../rollups/__testUtils__/TestUsage';
import { Numbers } from './Numbers';
import { AdoptionStore } from './organisation';

jest.setTimeout(60_000);

const call = (day: string, fields: object = {}) =>
  someRecord({ at: `${day}T10:00:00.000Z`, ...fields });

describe.each(databaseIds)('numbers, on %s', databaseId => {
  const start = async () => {
    const knex = await migratedDatabase(databaseId);
    const usage = new TestUsage(knex);
    const numbers = Numbers.create({
      knex,
      clock: { now: () => usage.now },
      rollups: RollupStore.create({ knex }),
      retention: DEFAULT_RETENTION,
    });
    return { knex, usage, numbers };
  };

  it('tell when they begin, and each model its first and last call', async () => {
    const { knex, usage, numbers } = await start();
    expect(await numbers.since()).toBeUndefined();
    await usage.take([
      call('2026-09-20'),
      call('2026-11-05'),
      call('2026-10-03', { model: 'acme/old' }),
    ]);
    usage.now = new Date(usage.now.getTime() + 120_000);
    expect(await numbers.since()).toEqual(new Date('2026-09-20T00:00:00Z'));
    expect(await numbers.firstCall({ models: ['acme/old'] })).toBe(
      '2026-10-03',
    );
    expect(await numbers.firstCall({ models: ['none'] })).toBeUndefined();
    const models = ['acme/chat', 'acme/old', 'acme/none'];
    expect([...(await numbers.lastCalls(models))]).toEqual([
      ['acme/chat', '2026-11-05'],
      ['acme/old', '2026-10-03'],
    ]);
    // Days that are forgotten leave their month.
    for (const table of ['usage_days', 'usage_part_days']) {
      await knex(table).where('at', '<', 20_730).delete();
    }
    usage.now = new Date(usage.now.getTime() + 120_000);
    expect(await numbers.since()).toEqual(new Date('2026-09-01T00:00:00Z'));
    expect((await numbers.lastCalls(models)).get('acme/old')).toBe(
      '2026-10-01',
    );
  });

  it('make a trend only of days since when anything is known', async () => {
    const { usage, numbers } = await start();
    await usage.take([call('2026-11-05')]);
    const range = numbers.lastDays(35, { whole: true });
    const values = Array.from({ length: 35 }, (_, day) => day);
    expect(await numbers.known(range, values)).toEqual(values.slice(19));
    expect((await numbers.trends()).map(({ direction }) => direction)).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  it('tell in which weeks who called what, for more weeks than a number has bits', async () => {
    const { knex, usage } = await start();
    // A Monday; weeks 0, 1 and 70.
    const first = new Date('2025-06-02T00:00:00Z');
    await usage.take([
      call('2025-06-02'),
      call('2025-06-03'),
      call('2025-06-15'),
      call('2026-10-05', { team: 'component:default/bot', model: 'acme/x' }),
      call('2026-10-05'),
      call('2025-06-01', { model: 'acme/before' }),
    ]);
    const store = AdoptionStore.create({ knex });
    const used = await store.used(first, 71);
    const weeksOf = (model: string) =>
      used
        .filter(it => it.model === model)
        .reduce((bits, it) => bits | it.weeks, 0n);
    expect(weeksOf('acme/chat')).toBe(0b11n | (1n << 70n));
    expect(weeksOf('acme/x')).toBe(1n << 70n);
    expect(used.find(it => it.model === 'acme/x')).toMatchObject({
      team: '',
      component: 'component:default/bot',
    });
    expect(weeksOf('acme/before')).toBe(0n);
  });
});
