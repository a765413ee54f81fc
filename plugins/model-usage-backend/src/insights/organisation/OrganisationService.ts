import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  InsightShare,
  OrganisationInsights,
} from '@modelhub/backstage-plugin-models-common';
import { pageOf, pageWithCursor } from '../../database/paging';
import type { InsightAccess } from '../access';
import { dayText, lastDay, presentRange } from '../days';
import type { Numbers } from '../Numbers';
import { byName, countOf, foldSums, seriesOf, sharesOf } from '../sums';

/** Longer ranges of all teams are shown by month. */
const MOST_DAYS = 100;

export type BreakdownKey =
  | 'model'
  | 'team'
  | 'component'
  | 'profile'
  | 'tier'
  | 'source';

interface RangeQuery {
  from?: string;
  to?: string;
}

const greatestCost = ({ sums }: InsightShare) =>
  Math.max(0, ...sums.costs.map(({ amount }) => amount));

/** What all teams use. */
export class OrganisationService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
  }): OrganisationService {
    return new OrganisationService(options);
  }

  readonly #options: Parameters<typeof OrganisationService.create>[0];

  private constructor(
    options: Parameters<typeof OrganisationService.create>[0],
  ) {
    this.#options = options;
  }

  /** @throws NotAllowedError for whoever does not see all */
  async get(
    credentials: BackstageCredentials,
    query: RangeQuery,
  ): Promise<OrganisationInsights> {
    const { numbers, access } = this.#options;
    const { rollups, now } = numbers;
    const { range, previous } = numbers.ranges(query, MOST_DAYS);
    const owners = await access.demandAll(credentials);
    const [rows, before, tiers, models, callers, since, trends, known] =
      await Promise.all([
        rollups.sums({ ...range, by: ['at', 'currency'] }),
        numbers.totals(previous, { by: ['currency'] }),
        numbers.totals(range, { by: ['tier', 'currency'] }),
        numbers.totals(range, { by: ['model'] }),
        numbers.totals(range, { by: ['team', 'component'] }),
        numbers.since(),
        numbers.trends(),
        numbers.isKnown(previous),
      ]);
    return {
      range: presentRange(range, {
        now,
        ...(since && { dataSince: dayText(since) }),
      }),
      totals: foldSums(rows),
      previous: {
        from: dayText(previous.from),
        to: lastDay(previous),
        totals: foldSums(before),
        known,
      },
      periods: seriesOf(range, rows),
      tiers: sharesOf(tiers, row => row.tier ?? ''),
      models: countOf(models, row => row.model ?? ''),
      teams: countOf(callers, row => owners.unitOf(row)),
      trends,
    };
  }

  /** @throws NotAllowedError for whoever does not see all */
  async breakdown(
    credentials: BackstageCredentials,
    query: RangeQuery & {
      by: BreakdownKey;
      orderBy?: 'calls' | 'cost';
      cursor?: string;
      limit?: number;
    },
  ): Promise<{
    from: string;
    to: string;
    items: InsightShare[];
    nextCursor?: string;
  }> {
    const { numbers, access } = this.#options;
    const { by } = query;
    const page = pageOf(query);
    const { range } = numbers.ranges(query, MOST_DAYS);
    const owners = await access.demandAll(credentials);
    const rows = await numbers.totals(range, {
      by: by === 'team' ? ['team', 'component', 'currency'] : [by, 'currency'],
    });
    const shares = sharesOf(rows, row =>
      by === 'team' ? owners.teamOf(row) : row[by] ?? '',
    );
    if (query.orderBy === 'cost') {
      shares.sort(
        (a, b) => greatestCost(b) - greatestCost(a) || byName(a.name, b.name),
      );
    }
    const { items, nextCursor } = pageWithCursor(
      shares.slice(page.offset, page.offset + page.limit + 1),
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
