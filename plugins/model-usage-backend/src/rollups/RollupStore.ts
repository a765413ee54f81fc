import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { beginOf, periodsOf } from './periods';
import { modelHash } from './SeriesBook';
import { Sketch } from './Sketch';
import { COLUMN_OF, NUMBERS, partsFor, SKETCHES } from './tables';
import {
  SUMS,
  type Dimensions,
  type Durations,
  type GroupKey,
  type HeatMapCell,
  type LatencyQuery,
  type LatencyRow,
  type Level,
  type RollupFilter,
  type Span,
  type SumsQuery,
  type SumsRow,
} from './types';

/** Where names are, `n` being the numbers and `s` the series. */
const COLUMN_OF_KEY: Record<GroupKey, string> = {
  at: 'n.at',
  model: 'm.model',
  version: 'm.version',
  team: 'team.name',
  component: 'component.name',
  profile: 'profile.name',
  tier: 's.tier',
  currency: 's.currency',
  source: 's.source',
};

/** Where the numbers are that stand for names. */
const ID_OF_KEY: Record<GroupKey, string> = {
  at: 'n.at',
  model: 's.model_id',
  version: 's.model_id',
  team: 's.team_id',
  component: 's.component_id',
  profile: 's.profile_id',
  tier: 's.tier',
  currency: 's.currency',
  source: 's.source',
};

/** The order of names is the same on both databases. */
const ORDER_KEYS: GroupKey[] = [
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

const KEYS_OF_FILTER: Record<keyof RollupFilter, GroupKey[]> = {
  models: ['model'],
  versions: ['version'],
  teams: ['team'],
  components: ['component'],
  callers: ['team', 'component'],
  profiles: ['profile'],
  tiers: ['tier'],
  sources: ['source'],
};

/** What a filter looks at. */
const namesIn = (where: RollupFilter): GroupKey[] =>
  (Object.keys(KEYS_OF_FILTER) as Array<keyof RollupFilter>)
    .filter(name => where[name] !== undefined)
    .flatMap(name => KEYS_OF_FILTER[name]);

const isoBegin = (level: Level, period: number) =>
  new Date(beginOf(level, period)).toISOString();

export interface SpanQuery<K extends Exclude<GroupKey, 'at'>> {
  level: Level;
  from: Date;
  to: Date;
  where?: RollupFilter;
  by: K[];
}

interface SketchRow {
  at: number;
  model: string;
  version: string;
  latency: Buffer;
  ttft: Buffer;
}

const compare = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const durationsOf = (sketch: Sketch): Durations => ({
  count: sketch.count,
  mean: sketch.mean,
  p50: sketch.quantile(0.5),
  p95: sketch.quantile(0.95),
  p99: sketch.quantile(0.99),
});

/**
 * What was used, summed up. Nothing here asks who may see it: callers restrict
 * `where` to what their caller may.
 */
export class RollupStore {
  static create(options: { knex: Knex }): RollupStore {
    return new RollupStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async sums(query: SumsQuery): Promise<SumsRow[]> {
    const { level, by, orderBy, limit, offset } = query;
    const select = this.#knex.from(this.#summed(query).as('n'));
    this.#join(select, by, 'n');
    for (const key of by) {
      const column = COLUMN_OF_KEY[key].replace(/^s\./, 'n.');
      select.select({ [key]: column }).groupBy(column);
    }
    for (const it of SUMS) select.sum({ [it]: `n.${COLUMN_OF[it]}` });
    if (by.length === 0) select.havingRaw('sum(n.calls) IS NOT NULL');
    if (orderBy) {
      select.orderByRaw(`sum(n.${COLUMN_OF[orderBy]}) DESC`);
    }
    for (const key of ORDER_KEYS.filter(it => by.includes(it))) {
      select.orderByRaw(this.#ordered(key).replace(/^s\./, 'n.'));
    }
    if (limit !== undefined) select.limit(limit);
    if (offset !== undefined) select.offset(offset);
    const rows = (await select) as unknown as Array<Record<string, unknown>>;
    return rows.map(row => {
      const sums = SUMS.map(it => [it, Number(row[it])]);
      const keys = by.map(it => [
        it,
        it === 'at' ? isoBegin(level, Number(row.at)) : row[it],
      ]);
      return Object.fromEntries([...keys, ...sums]) as SumsRow;
    });
  }

  /** How long answers took; groups without any answer of a model are left out. */
  async latencies(query: LatencyQuery): Promise<LatencyRow[]> {
    const { level, by } = query;
    const { first, end } = periodsOf(level, query);
    const select = this.#knex({ n: SKETCHES[level] })
      .join({ m: 'usage_models' }, 'm.id', 'n.model_id')
      .whereIn('m.model_hash', query.models.map(modelHash))
      .where('n.at', '>=', first)
      .where('n.at', '<', end)
      .select('n.at', 'm.model', 'm.version', 'n.latency', 'n.ttft');
    if (query.versions) select.whereIn('m.version', query.versions);
    const rows: SketchRow[] = await select;
    const groups = new Map<
      string,
      { row: SketchRow; latency: Sketch; ttft: Sketch }
    >();
    for (const row of rows) {
      const name = JSON.stringify(by.map(key => row[key]));
      const group = groups.get(name) ?? {
        row,
        latency: new Sketch(),
        ttft: new Sketch(),
      };
      groups.set(name, group);
      group.latency.merge(Sketch.decode(row.latency));
      group.ttft.merge(Sketch.decode(row.ttft));
    }
    return [...groups.values()]
      .sort(
        (a, b) =>
          (by.includes('at') ? a.row.at - b.row.at : 0) ||
          compare(a.row.model, b.row.model) ||
          compare(a.row.version, b.row.version),
      )
      .map(({ row, latency, ttft }) => ({
        ...(by.includes('at') && { at: isoBegin(level, row.at) }),
        ...(by.includes('model') && { model: row.model }),
        ...(by.includes('version') && { version: row.version }),
        ...(latency.count > 0 && { latency: durationsOf(latency) }),
        ...(ttft.count > 0 && { ttft: durationsOf(ttft) }),
      }));
  }

  /**
   * How many answers took no longer than a limit, period by period, for
   * objectives like "95 % within 2 s".
   */
  async countUpTo(
    query: Omit<LatencyQuery, 'by'> & {
      metric: 'latency' | 'ttft';
      limitMs: number;
    },
  ): Promise<Array<{ at: string; count: number; within: number }>> {
    const { level, metric, limitMs } = query;
    const { first, end } = periodsOf(level, query);
    const select = this.#knex({ n: SKETCHES[level] })
      .join({ m: 'usage_models' }, 'm.id', 'n.model_id')
      .whereIn('m.model_hash', query.models.map(modelHash))
      .where('n.at', '>=', first)
      .where('n.at', '<', end)
      .orderBy('n.at')
      .select('n.at', { sketch: `n.${metric}` });
    if (query.versions) select.whereIn('m.version', query.versions);
    const rows: Array<{ at: number; sketch: Buffer }> = await select;
    const periods = new Map<number, { count: number; within: number }>();
    for (const { at, sketch: bytes } of rows) {
      const sketch = Sketch.decode(bytes);
      const sum = periods.get(at) ?? { count: 0, within: 0 };
      sum.count += sketch.count;
      sum.within += sketch.countUpTo(limitMs);
      periods.set(at, sum);
    }
    return [...periods]
      .filter(([, { count }]) => count > 0)
      .map(([at, sum]) => ({ at: isoBegin(level, at), ...sum }));
  }

  /** Calls by weekday and hour in UTC; only cells with calls. Made of hours, so as far back as they are kept. */
  async heatMap(query: {
    from: Date;
    to: Date;
    where?: RollupFilter;
  }): Promise<HeatMapCell[]> {
    const rows = (await this.#numbers('hour', query, query.where)
      .select('n.at')
      .sum({ calls: 'n.calls' })
      .groupBy('n.at')) as unknown as Array<{ at: number; calls: string }>;
    const cells = new Map<number, HeatMapCell>();
    for (const { at, calls } of rows) {
      const begin = new Date(beginOf('hour', at));
      // Sundays come last.
      const weekday = begin.getUTCDay() || 7;
      const hour = begin.getUTCHours();
      const key = weekday * 24 + hour;
      const cell = cells.get(key) ?? { weekday, hour, calls: 0 };
      cell.calls += Number(calls);
      cells.set(key, cell);
    }
    return [...cells]
      .sort(([a], [b]) => a - b)
      .map(([, cell]) => cell)
      .filter(({ calls }) => calls > 0);
  }

  /** When something was first and last called, at this level and in this range. */
  async spans<K extends Exclude<GroupKey, 'at'>>(
    query: SpanQuery<K>,
  ): Promise<Array<Span & Pick<Dimensions, K>>> {
    const { level, by } = query;
    const select = this.#numbers(level, query, query.where, by)
      .where('n.calls', '>', 0)
      .min({ first: 'n.at' })
      .max({ last: 'n.at' });
    this.#join(select, by);
    for (const key of by) {
      select
        .select({ [key]: COLUMN_OF_KEY[key] })
        .groupBy(COLUMN_OF_KEY[key])
        .orderByRaw(this.#ordered(key));
    }
    const rows = (await select) as unknown as Array<
      { first: number | null; last: number | null } & Pick<Dimensions, K>
    >;
    return rows.flatMap(({ first, last, ...keys }) =>
      first === null || last === null
        ? []
        : [
            {
              ...keys,
              first: isoBegin(level, first),
              last: isoBegin(level, last),
            } as Span & Pick<Dimensions, K>,
          ],
    );
  }

  /** When something was last called, as the begin of the last period with a call. */
  async lastCalled<K extends Exclude<GroupKey, 'at'>>(
    query: SpanQuery<K>,
  ): Promise<Array<{ at: string } & Pick<Dimensions, K>>> {
    const spans = await this.spans<K>(query);
    return spans.map(({ first: _, last, ...keys }) => ({
      ...(keys as unknown as Pick<Dimensions, K>),
      at: last,
    }));
  }

  /** By numbers in place of names, of which there are far fewer to compare after. */
  #summed({ level, where, by, ...range }: SumsQuery): Knex.QueryBuilder {
    const select = this.#numbers(level, range, where, by);
    for (const column of new Set(by.map(key => ID_OF_KEY[key]))) {
      select.select(column).groupBy(column);
    }
    for (const it of SUMS) {
      select.sum({ [COLUMN_OF[it]]: `n.${COLUMN_OF[it]}` });
    }
    return select;
  }

  #numbers(
    level: Level,
    range: { from: Date; to: Date },
    where: RollupFilter = {},
    by: GroupKey[] = [],
  ): Knex.QueryBuilder {
    const knex = this.#knex;
    const { first, end } = periodsOf(level, range);
    const parts = partsFor(level, [...by, ...namesIn(where)]);
    const select = parts
      ? knex({ n: parts.table })
          .join({ s: 'usage_parts' }, 's.id', 'n.part_id')
          .where('s.kind', parts.kind)
      : knex({ n: NUMBERS[level] }).join(
          { s: 'usage_series' },
          's.id',
          'n.series_id',
        );
    select.where('n.at', '>=', first).where('n.at', '<', end);
    if (where.models) {
      const models = knex('usage_models')
        .select('id')
        .whereIn('model_hash', where.models.map(modelHash));
      if (where.versions) models.whereIn('version', where.versions);
      select.whereIn('s.model_id', models);
    }
    const idsOf = (kind: string, names: string[]) =>
      knex('usage_names').select('id').where({ kind }).whereIn('name', names);
    const filterNames = (kind: string, names: string[] | undefined) => {
      if (names) select.whereIn(`s.${kind}_id`, idsOf(kind, names));
    };
    filterNames('team', where.teams);
    filterNames('component', where.components);
    filterNames('profile', where.profiles);
    const { callers } = where;
    if (callers) {
      const table = parts ? 'usage_parts' : 'usage_series';
      const of = (kind: 'team' | 'component', names: string[]) =>
        knex(table).select('id').whereIn(`${kind}_id`, idsOf(kind, names));
      // With OR in place of this, PostgreSQL reads all series.
      select.whereIn(
        's.id',
        of('team', callers.teams).unionAll(of('component', callers.components)),
      );
    }
    if (where.tiers) select.whereIn('s.tier', where.tiers);
    if (where.sources) select.whereIn('s.source', where.sources);
    return select;
  }

  /** The tables that hold the names asked for. */
  #join(
    select: Knex.QueryBuilder,
    by: GroupKey[],
    from: 's' | 'n' = 's',
  ): void {
    if (by.includes('model') || by.includes('version')) {
      select.join({ m: 'usage_models' }, 'm.id', `${from}.model_id`);
    }
    for (const kind of ['team', 'component', 'profile'] as const) {
      if (by.includes(kind)) {
        select.join(
          { [kind]: 'usage_names' },
          `${kind}.id`,
          `${from}.${kind}_id`,
        );
      }
    }
  }

  #ordered(key: GroupKey): string {
    const column = COLUMN_OF_KEY[key];
    return key !== 'at' && isPostgres(this.#knex)
      ? `${column} COLLATE "C"`
      : column;
  }
}
