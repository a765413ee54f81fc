import type { Knex } from 'knex';
import { AdoptionStore } from '../../plugins/model-usage-backend/src/insights/organisation/AdoptionStore';
import {
  periodOf,
  RollupStore,
  SeriesBook,
  Sketch,
  type SumsQuery,
} from '../../plugins/model-usage-backend/src/rollups';
import { COLUMN_OF } from '../../plugins/model-usage-backend/src/rollups/tables';
import { openDatabase } from './databases';
import { drawFrom } from './records';

const MODELS = 1_000;
const TEAMS = 200;
const TIERS = ['sandbox', 'internal', 'customer-facing', 'regulated'] as const;
const FROM = new Date('2025-07-01T00:00:00Z');
const TO = new Date('2026-07-01T00:00:00Z');
const DAY_MS = 24 * 3_600_000;

/** Hours are kept of every so manieth model, which suffices for questions about one. */
const HOURLY = 10;

const model = (n: number) => `acme/model-${n}`;
const team = (n: number) => `group:default/team-${n}`;

/** A year in which each of the series was called every day. */
async function seed(knex: Knex, series: number): Promise<void> {
  const draw = drawFrom(5);
  const book = SeriesBook.create({ knex });
  const wishes = Array.from({ length: series }, (_, n) => ({
    isModelKnown: true,
    dimensions: {
      model: model(n % MODELS),
      version: '1.0',
      team: team(Math.floor(draw() * TEAMS)),
      component: '',
      profile: `profile-${n % 300}`,
      tier: TIERS[n % TIERS.length],
      currency: 'EUR',
      source: 'gateway',
    },
  }));
  for (let start = 0; start < series; start += 1_000) {
    await book.idsOf(wishes.slice(start, start + 1_000));
  }
  const sums =
    '100 + s.id % 50, 3, 0, 1, 0, 1, 0, 2, 0, 0, 90000, 20000, 1000, 5000000 + s.id';
  for (const [table, level] of [
    ['usage_days', 'day'],
    ['usage_months', 'month'],
  ] as const) {
    const first = periodOf(level, FROM.getTime());
    const last = periodOf(level, TO.getTime() - 1);
    await knex.raw(
      `INSERT INTO ${table} SELECT p.at, s.id, ${sums} FROM generate_series(?::int, ?::int) AS p(at) CROSS JOIN usage_series s`,
      [first, last],
    );
  }
  await knex.raw(
    'INSERT INTO usage_weeks SELECT DISTINCT (at + 3) / 7, series_id FROM usage_days',
  );
  // As the writer of sums would have added them, and the update does it.
  const columns = Object.values(COLUMN_OF).map(it => `sum(n.${it})`);
  for (const [kind, same] of Object.entries({
    tier: 'p.tier = s.tier',
    caller: 'p.team_id = s.team_id AND p.component_id = s.component_id',
    model: 'p.model_id = s.model_id',
  })) {
    for (const level of ['days', 'months']) {
      await knex.raw(
        `INSERT INTO usage_part_${level} SELECT n.at, p.id, ${columns.join(
          ', ',
        )} FROM usage_${level} n JOIN usage_series s ON s.id = n.series_id
        JOIN usage_parts p ON p.kind = '${kind}' AND ${same} AND p.currency = s.currency AND p.source = s.source
        GROUP BY n.at, p.id`,
      );
    }
  }
  await knex.raw(
    `INSERT INTO usage_hours SELECT p.at, s.id, ${sums} FROM generate_series(?::int, ?::int) AS p(at) CROSS JOIN usage_series s JOIN usage_models m ON m.id = s.model_id WHERE m.model = ANY(?::text[])`,
    [
      periodOf('hour', TO.getTime() - 28 * DAY_MS),
      periodOf('hour', TO.getTime() - 1),
      Array.from({ length: MODELS / HOURLY }, (_, n) => model(HOURLY * n)),
    ],
  );
  const sketch = new Sketch();
  for (let n = 0; n < 200; n += 1) sketch.add(50 + draw() ** 3 * 10_000);
  await knex.raw(
    `INSERT INTO usage_sketches_days SELECT p.at, m.id, 1, ?::bytea, ?::bytea FROM generate_series(?::int, ?::int) AS p(at) CROSS JOIN usage_models m`,
    [
      sketch.encode(),
      sketch.encode(),
      periodOf('day', FROM.getTime()),
      periodOf('day', TO.getTime() - 1),
    ],
  );
  await knex.raw('VACUUM ANALYZE');
}

/** What the pages ask, each for another model or team every time. */
export async function measureYear(
  url: string,
  options: { series: number; rounds: number },
): Promise<Array<{ name: string; ms: number[] }>> {
  const { knex, drop } = await openDatabase(url);
  await seed(knex, options.series);
  const store = RollupStore.create({ knex });
  const adoption = AdoptionStore.create({ knex });
  const year = { from: FROM, to: TO };
  const month = { from: new Date(TO.getTime() - 28 * DAY_MS), to: TO };
  const sums = (query: SumsQuery) => store.sums(query);
  const draw = drawFrom(9);
  const any = (of: number) => Math.floor(draw() * of);
  const questions: Record<string, () => Promise<unknown>> = {
    'a model, 28 days by day': () =>
      sums({
        level: 'day',
        ...month,
        where: { models: [model(any(MODELS))] },
        by: ['at', 'currency'],
      }),
    'a model, latency of 28 days by day': () =>
      store.latencies({
        level: 'day',
        ...month,
        models: [model(any(MODELS))],
        by: ['at'],
      }),
    'a model, its top consumers of a year': () =>
      sums({
        level: 'month',
        ...year,
        where: { models: [model(any(MODELS))] },
        by: ['team', 'component'],
        orderBy: 'calls',
        limit: 10,
      }),
    'a team, a year by month and model': () =>
      sums({
        level: 'month',
        ...year,
        where: { teams: [team(any(TEAMS))] },
        by: ['at', 'model', 'currency'],
      }),
    'the organisation, a year by month and tier': () =>
      sums({ level: 'month', ...year, by: ['at', 'tier', 'currency'] }),
    'the organisation, top teams of a year': () =>
      sums({
        level: 'month',
        ...year,
        by: ['team', 'currency'],
        orderBy: 'costMicros',
        limit: 20,
      }),
    'a model, heat map of 28 days': () =>
      store.heatMap({
        ...month,
        where: { models: [model(HOURLY * any(MODELS / HOURLY))] },
      }),
    'the organisation, callers of 28 days': () =>
      sums({ level: 'day', ...month, by: ['team', 'component'] }),
    'the organisation, models of 28 days': () =>
      sums({ level: 'day', ...month, by: ['model', 'currency'] }),
    'the organisation, adoption of a year by week': () =>
      adoption.used(FROM, 52),
    'the organisation, 28 days by day': () =>
      sums({ level: 'day', ...month, by: ['at', 'currency'] }),
  };
  const figures = [];
  for (const [name, ask] of Object.entries(questions)) {
    const ms: number[] = [];
    await ask();
    for (let n = 0; n < options.rounds; n += 1) {
      const started = performance.now();
      await ask();
      ms.push(performance.now() - started);
    }
    figures.push({ name, ms });
  }
  await drop();
  return figures;
}
