import type { Grant } from '@modelhub/backstage-plugin-models-common';
import { LastCallStore } from '../../plugins/model-usage-backend/src/insights/LastCallStore';
import { AdoptionStore } from '../../plugins/model-usage-backend/src/insights/organisation/AdoptionStore';
import { lastUses } from '../../plugins/model-usage-backend/src/insights/organisation/WasteService';
import {
  RollupStore,
  type SumsQuery,
} from '../../plugins/model-usage-backend/src/rollups';
import { openDatabase } from './databases';
import { drawFrom } from './records';
import {
  DAY_MS,
  FROM,
  HOURLY,
  model,
  MODELS,
  seedYear,
  team,
  TEAMS,
  TO,
} from './seedYear';

/** Approvals of three profiles for each model, one of them of a profile that never calls it. */
const GRANTS = Array.from(
  { length: 3 * MODELS },
  (_, n): Grant =>
    ({
      approvalId: `approval-${n}`,
      gatewayId: model(n % MODELS),
      profile: n < 2 * MODELS ? `profile-${n % 300}` : 'profile-of-nobody',
      tier: 'regulated',
    } as Grant),
);

/** What the pages ask, each for another model or team every time. */
export async function measureYear(
  url: string,
  options: { series: number; rounds: number },
): Promise<Array<{ name: string; ms: number[] }>> {
  const { knex, drop } = await openDatabase(url);
  await seedYear(knex, options.series);
  const store = RollupStore.create({ knex });
  const adoption = AdoptionStore.create({ knex });
  const calls = LastCallStore.create({ knex });
  const year = { from: FROM, to: TO };
  const month = { from: new Date(TO.getTime() - 28 * DAY_MS), to: TO };
  const sums = (query: SumsQuery) => store.sums(query);
  const draw = drawFrom(9);
  const any = (of: number) => Math.floor(draw() * of);
  const hundred = () => {
    const first = any(MODELS - 100);
    return Array.from({ length: 100 }, (_, n) => model(first + n));
  };
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
    'the organisation, breakdown of 28 days by model': () =>
      sums({
        level: 'day',
        ...month,
        by: ['model', 'currency'],
        orderBy: 'calls',
        limit: 50,
      }),
    'a list of 100 models, 28 days by day': () =>
      sums({
        level: 'day',
        ...month,
        where: { models: hundred() },
        by: ['model', 'at'],
      }),
    'a list of 100 models, who called': () =>
      calls.since(month.from, { models: hundred() }),
    'a model, its teams and when they called': () => {
      const where = { models: [model(any(MODELS))] };
      return Promise.all([
        sums({
          level: 'day',
          ...month,
          where,
          by: ['team', 'component', 'currency'],
        }),
        store.spans({
          level: 'day',
          ...year,
          where,
          by: ['team', 'component'],
        }),
      ]);
    },
    'waste: what 3,000 approvals were used for': async () => {
      const recent = lastUses(GRANTS, await calls.since(month.from));
      const unused = GRANTS.filter(it => !recent.has(it.approvalId));
      const models = [...new Set(unused.map(it => it.gatewayId))];
      await calls.since(new Date(0), { level: 'month', models });
    },
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
