import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { someRecord } from '../__testUtils__/startUsage';
import { migrationsDirectory } from '../database';
import { TestUsage } from './__testUtils__/TestUsage';
import { partsFor } from './tables';
import { SUMS, type GroupKey, type RollupFilter, type SumsRow } from './types';

jest.setTimeout(60_000);

const ALL = { from: new Date('2020-01-01'), to: new Date('2030-01-01') };

/** Names that only all series know, so that parts are not asked. */
const EVERYTHING: GroupKey[] = [
  'at',
  'model',
  'version',
  'team',
  'component',
  'profile',
  'tier',
  'currency',
  'source',
];

const QUESTIONS: Array<[by: GroupKey[], where?: RollupFilter]> = [
  [['at', 'tier', 'currency']],
  [['currency']],
  [['at']],
  [['team', 'component', 'currency']],
  [['at', 'team'], { teams: ['group:default/a', ''] }],
  [
    ['at', 'currency'],
    {
      callers: {
        teams: ['group:default/a'],
        components: ['component:default/c'],
      },
    },
  ],
  [['model', 'version', 'currency', 'source']],
  [['at', 'currency'], { models: ['acme/0'], versions: ['1'] }],
  [['source'], { tiers: ['internal'] }],
];

function records(): UsageRecord[] {
  return Array.from({ length: 300 }, (_, n) =>
    someRecord({
      at: `2026-${n % 2 ? '10' : '11'}-${10 + (n % 9)}T10:00:00.000Z`,
      model: `acme/${n % 3}`,
      version: n % 5 ? '1' : undefined,
      team: [undefined, 'group:default/a', 'component:default/c'][n % 3],
      profile: `p${n % 4}`,
      tier: n % 2 ? 'internal' : 'regulated',
      currency: n % 7 ? 'EUR' : 'USD',
      costMicros: n,
      status: n % 11 ? 200 : 500,
    }),
  );
}

const nameOf = (row: SumsRow, by: GroupKey[]) =>
  by.map(key => String(row[key])).join('\n');

/** The same made of every series. */
function foldOf(rows: SumsRow[], by: GroupKey[]) {
  const groups = new Map<string, Record<string, number>>();
  for (const row of rows) {
    const name = nameOf(row, by);
    const group =
      groups.get(name) ?? Object.fromEntries(SUMS.map(it => [it, 0]));
    SUMS.forEach(it => {
      group[it] += row[it];
    });
    groups.set(name, group);
  }
  return Object.fromEntries(groups);
}

describe.each(databaseIds)('parts of the whole on %s', databaseId => {
  let knex: Knex;
  let usage: TestUsage;

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
    usage = new TestUsage(knex);
    const all = records();
    await usage.take(all.slice(0, 200));
    // Another replica, which knows no names yet.
    await new TestUsage(knex).take(all.slice(150));
  });

  const questions = (['day', 'month'] as const).flatMap(level =>
    QUESTIONS.map(([by, where]) => ({ level, by, where })),
  );

  it.each(questions)(
    'tell by $level and $by of $where what all series tell',
    async ({ level, by, where }) => {
      expect(partsFor(level, by)).toBeDefined();
      const rows = await usage.store.sums({ level, ...ALL, where, by });
      const whole = await usage.store.sums({
        level,
        ...ALL,
        where,
        by: EVERYTHING,
      });
      expect(rows.length).toBeGreaterThan(0);
      expect(
        Object.fromEntries(
          rows.map(row => [
            nameOf(row, by),
            Object.fromEntries(SUMS.map(it => [it, row[it]])),
          ]),
        ),
      ).toEqual(foldOf(whole, by));
    },
  );

  it('are made of what was counted before the update', async () => {
    const tables = ['usage_part_days', 'usage_part_months'];
    const read = async () => {
      const all = [];
      for (const table of tables) {
        const rows = await knex({ n: table })
          .join({ p: 'usage_parts' }, 'p.id', 'n.part_id')
          .orderBy([
            'n.at',
            'kind',
            'model_id',
            'team_id',
            'component_id',
            'tier',
            'currency',
          ]);
        all.push(rows.map(({ id: _id, part_id: _part, ...row }) => row));
      }
      return all;
    };
    const weeks = () => knex('usage_called_weeks').orderBy(['at', 'series_id']);
    const before = await read();
    const weeksBefore = await weeks();
    const names = [
      '20261125_32_called_weeks.js',
      '20261124_23_weeks.js',
      '20261124_22_parts.js',
    ];
    const options = (name: string) =>
      ({ directory: migrationsDirectory, name } as never);
    for (const name of names) await knex.migrate.down(options(name));
    for (const name of [...names].reverse()) {
      await knex.migrate.up(options(name));
    }
    expect(await read()).toEqual(before);
    expect(await weeks()).toEqual(weeksBefore);
    // October 10 to 18 and November 10 to 18 are in four weeks.
    const blocks = new Set(weeksBefore.map(({ at }) => at));
    const inBlocks = [...blocks].map(block =>
      weeksBefore
        .filter(({ at }) => at === block)
        .reduce((all, { weeks: bits }) => all | bits, 0)
        .toString(2)
        .replaceAll('0', ''),
    );
    expect(inBlocks.join('')).toBe('1111');
    expect(before[0].length).toBeGreaterThan(20);
  });
});

it('are not asked where only all series know', () => {
  expect(partsFor('day', ['model', 'team'])).toBeUndefined();
  expect(partsFor('day', ['profile'])).toBeUndefined();
  expect(partsFor('hour', ['tier'])).toBeUndefined();
});
