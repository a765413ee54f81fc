import type { Knex } from 'knex';
import {
  periodOf,
  SeriesBook,
  Sketch,
} from '../../plugins/model-usage-backend/src/rollups';
import { COLUMN_OF } from '../../plugins/model-usage-backend/src/rollups/tables';
import { drawFrom } from './records';

export const MODELS = 1_000;
export const TEAMS = 200;
export const TIERS = [
  'sandbox',
  'internal',
  'customer-facing',
  'regulated',
] as const;
export const FROM = new Date('2025-07-01T00:00:00Z');
export const TO = new Date('2026-07-01T00:00:00Z');
export const DAY_MS = 24 * 3_600_000;

/** Hours are kept of every so manieth model, which suffices for questions about one. */
export const HOURLY = 10;

export const model = (n: number) => `acme/model-${n}`;
export const team = (n: number) => `group:default/team-${n}`;

/** A year in which each of the series was called every day. */
export async function seedYear(knex: Knex, series: number): Promise<void> {
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
    'INSERT INTO usage_called_weeks SELECT (at + 3) / 217, series_id, sum(DISTINCT 1 << ((at + 3) / 7 % 31)) FROM usage_days GROUP BY 1, 2',
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
