import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CallerInsights,
  CallerKind,
  CallerUse,
  UseKey,
} from '@modelhub/backstage-plugin-models-common';
import { pageOf, pageWithCursor } from '../../database/paging';
import type { GroupKey, SumsRow } from '../../rollups';
import type { InsightAccess } from '../access';
import { dayText, lastDay, presentRange } from '../days';
import type { Numbers } from '../Numbers';
import { byName, countOf, dateOf, foldSums, groupBy, seriesOf } from '../sums';

/** Longer ranges are shown by month. */
const MOST_DAYS = 400;

const USUAL_KEYS: UseKey[] = [
  'model',
  'version',
  'team',
  'component',
  'profile',
  'tier',
  'source',
];

interface RangeQuery {
  from?: string;
  to?: string;
}

/** What a team, a component or the members of a profile used. */
export class CallerInsightService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
  }): CallerInsightService {
    return new CallerInsightService(options);
  }

  readonly #options: Parameters<typeof CallerInsightService.create>[0];

  private constructor(
    options: Parameters<typeof CallerInsightService.create>[0],
  ) {
    this.#options = options;
  }

  /** @throws NotFoundError for what the caller may not see */
  async get(
    credentials: BackstageCredentials,
    kind: CallerKind,
    name: string,
    query: RangeQuery,
  ): Promise<CallerInsights> {
    const { numbers, access } = this.#options;
    const { rollups, now } = numbers;
    const { range, previous } = numbers.ranges(query, MOST_DAYS);
    const { caller, where } = await access.ofCaller(credentials, kind, name);
    const [rows, before, models, dataSince, trends, known] = await Promise.all([
      rollups.sums({ ...range, where, by: ['at', 'currency'] }),
      numbers.totals(previous, { where, by: ['currency'] }),
      numbers.totals(range, { where, by: ['model'] }),
      numbers.firstCall(where),
      numbers.trends(where),
      numbers.isKnown(previous),
    ]);
    return {
      kind,
      caller,
      range: presentRange(range, { now, dataSince }),
      totals: foldSums(rows),
      previous: {
        from: dayText(previous.from),
        to: lastDay(previous),
        totals: foldSums(before),
        known,
      },
      periods: seriesOf(range, rows),
      models: countOf(models, row => row.model ?? ''),
      trends,
    };
  }

  /** @throws NotFoundError for what the caller may not see */
  async uses(
    credentials: BackstageCredentials,
    kind: CallerKind,
    name: string,
    query: RangeQuery & { by?: UseKey[]; cursor?: string; limit?: number },
  ): Promise<{
    from: string;
    to: string;
    items: CallerUse[];
    nextCursor?: string;
  }> {
    const { numbers, access } = this.#options;
    const page = pageOf(query);
    const keys = [...new Set([query.by ?? USUAL_KEYS].flat())];
    const { range } = numbers.ranges(query, MOST_DAYS);
    const { where, owners } = await access.ofCaller(credentials, kind, name);
    const period = keys.find(it => it === 'month' || it === 'day');
    const by: GroupKey[] = keys.filter(
      (it): it is Exclude<UseKey, 'day' | 'month'> =>
        it !== 'day' && it !== 'month',
    );
    const question = {
      where,
      by: [
        ...new Set<GroupKey>([
          ...by,
          ...(by.includes('team') ? ['component' as const] : []),
          ...(period ? ['at' as const] : []),
          'currency',
        ]),
      ],
    };
    const rows =
      period === 'day'
        ? await numbers.rollups.sums({ ...range, ...question })
        : await numbers.totals(range, question);
    const used = (row: SumsRow): Omit<CallerUse, 'sums'> => ({
      ...(period && {
        date:
          period === 'month' ? `${dateOf(row).slice(0, 7)}-01` : dateOf(row),
      }),
      ...Object.fromEntries(
        by.map(key => [
          key,
          key === 'team' ? owners.teamOf(row) : String(row[key] ?? ''),
        ]),
      ),
    });
    const uses = [...groupBy(rows, row => JSON.stringify(used(row)))].map(
      ([text, group]): CallerUse => ({
        ...(JSON.parse(text) as Omit<CallerUse, 'sums'>),
        sums: foldSums(group),
      }),
    );
    const order = new Map(uses.map(use => [use, JSON.stringify(use)]));
    uses.sort(
      (a, b) =>
        byName(a.date ?? '', b.date ?? '') ||
        b.sums.calls - a.sums.calls ||
        byName(order.get(a) ?? '', order.get(b) ?? ''),
    );
    const { items, nextCursor } = pageWithCursor(
      uses.slice(page.offset, page.offset + page.limit + 1),
      page,
    );
    return {
      from: dayText(range.from),
      to: lastDay(range),
      items,
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }
}
