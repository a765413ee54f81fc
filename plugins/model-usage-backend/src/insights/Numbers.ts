import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import {
  beginOf,
  type GroupKey,
  type RollupFilter,
  type RollupRetention,
  type RollupStore,
  type SumsRow,
} from '../rollups';
import {
  addDays,
  coarsest,
  dayText,
  monthAt,
  rangesOf,
  startOfDay,
  type Range,
  type Ranges,
} from './days';
import { callsOf } from './sums';
import { trendsOf, type Trend } from './trend';

/** Whole days that both trends need. */
const TREND_DAYS = 35;

/** More than there are since 1970. */
const ALL_DAYS = 100_000;

/** For how long it holds when numbers begin. */
const KEPT_MS = 60_000;

/** What all insights ask of the sums. */
export class Numbers {
  static create(options: {
    knex: Knex;
    clock: Clock;
    rollups: RollupStore;
    retention: RollupRetention;
  }): Numbers {
    return new Numbers(options);
  }

  readonly rollups: RollupStore;
  readonly retention: RollupRetention;
  readonly #knex: Knex;
  readonly #clock: Clock;
  #since: { until: number; since: Date | undefined } | undefined;

  private constructor(options: Parameters<typeof Numbers.create>[0]) {
    this.rollups = options.rollups;
    this.retention = options.retention;
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  get now(): Date {
    return this.#clock.now();
  }

  ranges(query: { from?: string; to?: string }, mostDays: number): Ranges {
    return rangesOf(query, {
      now: this.now,
      mostDays,
      daysKept: this.retention.day,
    });
  }

  /**
   * Sums by names, or by month: rows of the same name may come more than once
   * and are to be added up.
   */
  async totals(
    range: Range,
    query: { where?: RollupFilter; by: GroupKey[] },
  ): Promise<SumsRow[]> {
    const rows = await Promise.all(
      coarsest(range).map(part => this.rollups.sums({ ...part, ...query })),
    );
    return rows.flat();
  }

  /** The same by day, however long it is. */
  days(query: { from?: string; to?: string }): Range {
    return rangesOf(query, {
      now: this.now,
      mostDays: Infinity,
      daysKept: ALL_DAYS,
    }).range;
  }

  /** So many days up to today, or up to yesterday. */
  lastDays(days: number, options: { whole?: boolean } = {}): Range {
    const today = startOfDay(this.now);
    const to = options.whole ? today : addDays(today, 1);
    return { from: addDays(to, -days), to, level: 'day' };
  }

  /** When the first of all numbers is from; absent before there are any. */
  async since(): Promise<Date | undefined> {
    const now = this.now.getTime();
    if (this.#since && this.#since.until > now) return this.#since.since;
    const first = async (table: string, level: 'day' | 'month') => {
      const row = await this.#knex(table).min({ at: 'at' }).first();
      const at = row?.at as number | null | undefined;
      return at === null || at === undefined
        ? undefined
        : new Date(beginOf(level, Number(at)));
    };
    const [day, month] = await Promise.all([
      first('usage_days', 'day'),
      first('usage_months', 'month'),
    ]);
    // Days may be forgotten where months are not.
    const since =
      day && month && monthAt(day).getTime() <= month.getTime() ? day : month;
    this.#since = { until: now + KEPT_MS, since };
    return since;
  }

  /** Day or month of the first call. */
  async firstCall(where?: RollupFilter): Promise<string | undefined> {
    const [month] = await this.rollups.spans({
      level: 'month',
      from: new Date(0),
      to: addDays(this.now, 1),
      where,
      by: [],
    });
    if (!month) return undefined;
    const begin = new Date(month.first);
    const [day] = await this.rollups.spans({
      level: 'day',
      from: begin,
      to: monthAt(begin, 1),
      where,
      by: [],
    });
    return (day ?? month).first.slice(0, 10);
  }

  /** Day of the last call of each model; its month where days are not kept. Never called ones are left out. */
  async lastCalls(models: string[]): Promise<Map<string, string>> {
    const last = new Map<string, string>();
    if (models.length === 0) return last;
    const common = { where: { models }, by: ['model' as const] };
    const to = addDays(this.now, 1);
    const months = await this.rollups.lastCalled({
      level: 'month',
      from: new Date(0),
      to,
      ...common,
    });
    if (months.length === 0) return last;
    months.forEach(({ model, at }) => last.set(model, at.slice(0, 10)));
    const from = new Date([...last.values()].sort()[0]);
    const days = await this.rollups.lastCalled({
      level: 'day',
      from,
      to,
      ...common,
    });
    days.forEach(({ model, at }) => last.set(model, at.slice(0, 10)));
    return last;
  }

  /** Of 7 and 28 whole days up to yesterday. */
  async trends(where?: RollupFilter): Promise<Trend[]> {
    const range = this.lastDays(TREND_DAYS, { whole: true });
    const rows = await this.rollups.sums({ ...range, where, by: ['at'] });
    return trendsOf(await this.known(range, callsOf(range, rows)));
  }

  /** Values of days without those before there were any numbers. */
  async known(range: Range, values: number[]): Promise<number[]> {
    const since = await this.since();
    if (!since) return [];
    const missing = Math.round(
      (since.getTime() - range.from.getTime()) / (24 * 3600_000),
    );
    return missing > 0 ? values.slice(missing) : values;
  }

  /** Whether numbers go back to the begin of a range. */
  async isKnown(range: Range): Promise<boolean> {
    const since = await this.since();
    const from = range.level === 'month' ? since && monthAt(since) : since;
    return from !== undefined && from <= range.from;
  }

  today(): string {
    return dayText(this.now);
  }
}
