import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  InsightDurations,
  ModelHeatMap,
  ModelInsights,
  ModelInsightSummary,
} from '@modelhub/backstage-plugin-models-common';
import { canonicalRef } from '../../budgets';
import type { RollupFilter } from '../../rollups';
import type { CatalogModels, ComponentOwners, InsightAccess } from '../access';
import {
  addDays,
  dayText,
  lastDay,
  presentRange,
  startOfDay,
  type Range,
} from '../days';
import type { LastCallStore } from '../LastCallStore';
import type { Numbers } from '../Numbers';
import { byName, callsOf, dateOf, foldSums, groupBy, seriesOf } from '../sums';
import { trendOf28 } from '../trend';

/** Longer ranges are shown by month. */
export const MOST_DAYS = 400;

const SUMMARY_DAYS = 28;
/** Whole days up to yesterday make a trend. */
const TREND_DAYS = 28;

export interface ModelQuery {
  model: string;
  version?: string;
  from?: string;
  to?: string;
}

/** Of a model, or of one version of it. */
export const filterOfModel = (query: ModelQuery): RollupFilter => ({
  models: [query.model],
  ...(query.version !== undefined && { versions: [query.version] }),
});

interface Measured {
  latency?: InsightDurations;
  timeToFirstToken?: InsightDurations;
}

/** What models are used for. */
export class ModelInsightService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
    models: CatalogModels;
    owners: ComponentOwners;
    calls: LastCallStore;
  }): ModelInsightService {
    return new ModelInsightService(options);
  }

  readonly #options: Parameters<typeof ModelInsightService.create>[0];

  private constructor(
    options: Parameters<typeof ModelInsightService.create>[0],
  ) {
    this.#options = options;
  }

  /** @throws NotFoundError for a model that the caller may not read */
  async get(
    credentials: BackstageCredentials,
    query: ModelQuery,
  ): Promise<ModelInsights> {
    const { numbers, access } = this.#options;
    const { rollups, now } = numbers;
    const { range, previous } = numbers.ranges(query, MOST_DAYS);
    await access.ofModel(credentials, query.model);
    const where = filterOfModel(query);
    const [rows, versions, before, measured, all, allBefore, dataSince] =
      await Promise.all([
        rollups.sums({ ...range, where, by: ['at', 'currency'] }),
        numbers.totals(range, { where, by: ['version', 'currency'] }),
        numbers.totals(previous, { where, by: ['currency'] }),
        this.#durations(query, range, ['at']),
        this.#durations(query, range, []),
        this.#durations(query, previous, []),
        numbers.firstCall(where),
      ]);
    return {
      model: query.model,
      ...(query.version !== undefined && { version: query.version }),
      range: presentRange(range, { now, dataSince }),
      totals: foldSums(rows),
      ...all.get(''),
      previous: {
        from: dayText(previous.from),
        to: lastDay(previous),
        totals: foldSums(before),
        ...allBefore.get(''),
        known: await numbers.isKnown(previous),
      },
      periods: seriesOf(range, rows).map(period => ({
        ...period,
        ...measured.get(period.date),
      })),
      versions: [...groupBy(versions, row => row.version ?? '')]
        .map(([version, group]) => ({ version, sums: foldSums(group) }))
        .sort(
          (a, b) => b.sums.calls - a.sums.calls || byName(a.version, b.version),
        ),
      trends: await numbers.trends(where),
    };
  }

  /** @throws NotFoundError for a model that the caller may not read */
  async heatMap(
    credentials: BackstageCredentials,
    query: ModelQuery,
  ): Promise<ModelHeatMap> {
    const { numbers, access } = this.#options;
    const range = numbers.days(query);
    await access.ofModel(credentials, query.model);
    const keptSince = addDays(
      startOfDay(numbers.now),
      1 - numbers.retention.hour,
    );
    const from = range.from < keptSince ? keptSince : range.from;
    const items =
      from < range.to
        ? await numbers.rollups.heatMap({
            from,
            to: range.to,
            where: filterOfModel(query),
          })
        : [];
    return {
      from: dayText(from),
      to: lastDay(range),
      calls: items.reduce((sum, { calls }) => sum + calls, 0),
      items,
    };
  }

  /** For lists: the last 28 days of those models that the caller may read. */
  async summaries(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<{ from: string; to: string; items: ModelInsightSummary[] }> {
    const {
      numbers,
      calls,
      models: catalog,
      owners: components,
    } = this.#options;
    const { rollups } = numbers;
    const range = numbers.lastDays(SUMMARY_DAYS);
    const whole = numbers.lastDays(TREND_DAYS, { whole: true });
    const known = await catalog.byRefs(
      entityRefs.map(canonicalRef),
      credentials,
    );
    const models = [...new Set(known.map(it => it.gatewayId))];
    const where = { models };
    const [rows, callers, owners] = await Promise.all([
      rollups.sums({
        level: 'day',
        from: whole.from,
        to: range.to,
        where,
        by: ['model', 'at'],
      }),
      calls.since(range.from, { models }),
      components.get(),
    ]);
    const rowsOf = groupBy(rows, row => row.model ?? '');
    const callersOf = groupBy(callers, row => row.model);
    const older = await numbers.lastCalls(
      models.filter(it => !rowsOf.get(it)?.some(row => row.calls > 0)),
    );
    const items = known.map(async ({ entityRef, gatewayId: model }) => {
      const own = rowsOf.get(model) ?? [];
      const days = callsOf(range, own);
      const last = own.filter(row => row.calls > 0).at(-1);
      const lastCall = last ? dateOf(last) : older.get(model);
      return {
        entityRef,
        model,
        calls: days.reduce((sum, of) => sum + of, 0),
        teams: new Set(callersOf.get(model)?.map(it => owners.unitOf(it))).size,
        trend: trendOf28(await numbers.known(whole, callsOf(whole, own))),
        days,
        ...(lastCall !== undefined && { lastCall }),
      };
    });
    return {
      from: dayText(range.from),
      to: lastDay(range),
      items: await Promise.all(items),
    };
  }

  async #durations(
    query: ModelQuery,
    range: Range,
    by: ['at'] | [],
  ): Promise<Map<string, Measured>> {
    const { models = [], versions } = filterOfModel(query);
    const rows = await this.#options.numbers.rollups.latencies({
      ...range,
      models,
      versions,
      by,
    });
    return new Map(
      rows.map(row => [
        dateOf(row),
        {
          ...(row.latency && { latency: row.latency }),
          ...(row.ttft && { timeToFirstToken: row.ttft }),
        },
      ]),
    );
  }
}
