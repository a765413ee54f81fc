import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_MODEL_CONSUMED_BY,
  type CallerKind,
  type ModelCallers,
  type ModelTeam,
  type ModelTeams,
} from '@modelhub/backstage-plugin-models-common';
import { pageOf, pageWithCursor } from '../../database/paging';
import type { Span, SumsRow } from '../../rollups';
import type { ComponentOwners, InsightAccess, Owners } from '../access';
import { addDays, dayText, lastDay, startOfDay } from '../days';
import type { Numbers } from '../Numbers';
import { byName, foldSums, groupBy, shareOf, sharesOf } from '../sums';
import {
  filterOfModel,
  MOST_DAYS,
  type ModelQuery,
} from './ModelInsightService';

/** Whom a row of sums counts to. */
const nameOf = (kind: CallerKind, owners: Owners) => (row: Partial<SumsRow>) =>
  kind === 'team' ? owners.teamOf(row) : row[kind] ?? '';

/** Who uses a model. */
export class ModelCallerService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
    owners: ComponentOwners;
  }): ModelCallerService {
    return new ModelCallerService(options);
  }

  readonly #options: Parameters<typeof ModelCallerService.create>[0];

  private constructor(
    options: Parameters<typeof ModelCallerService.create>[0],
  ) {
    this.#options = options;
  }

  /** @throws NotFoundError for a model that the caller may not read */
  async list(
    credentials: BackstageCredentials,
    query: ModelQuery & { by?: CallerKind; cursor?: string; limit?: number },
  ): Promise<ModelCallers> {
    const { numbers, access } = this.#options;
    const { by = 'team' } = query;
    const page = pageOf(query);
    const { range } = numbers.ranges(query, MOST_DAYS);
    const sight = await access.ofModel(credentials, query.model);
    const rows = await numbers.totals(range, {
      where: filterOfModel(query),
      by: by === 'team' ? ['team', 'component', 'currency'] : [by, 'currency'],
    });
    const name = nameOf(by, sight.owners);
    // What no component called is no component of an unknown name.
    const counted = rows.filter(row => by !== 'component' || name(row) !== '');
    const calls = rows.reduce((sum, row) => sum + row.calls, 0);
    const shares = sharesOf(counted, name)
      .filter(({ sums }) => sums.calls > 0 || sums.costs.length > 0)
      .map(it => ({ ...it, share: shareOf(it.sums.calls, calls) }));
    const isNamed = (it: string) => sight.mayName(by, it);
    const named = shares.filter(it => isNamed(it.name));
    const others = counted.filter(row => !isNamed(name(row)));
    const { items, nextCursor } = pageWithCursor(
      named.slice(page.offset, page.offset + page.limit + 1),
      page,
    );
    const sums = foldSums(others);
    return {
      from: dayText(range.from),
      to: lastDay(range),
      by,
      sees: sight.seesAll ? 'all' : 'own',
      items,
      ...(others.length > 0 && {
        others: {
          count: shares.length - named.length,
          share: shareOf(sums.calls, calls),
          sums,
        },
      }),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  /** @throws NotFoundError for a model that the caller may not read */
  async teams(
    credentials: BackstageCredentials,
    query: ModelQuery,
  ): Promise<ModelTeams> {
    const { numbers, access, owners: components } = this.#options;
    const { range } = numbers.ranges(query, MOST_DAYS);
    const sight = await access.ofModel(credentials, query.model);
    const where = filterOfModel(query);
    const consumers = sight.model?.related(RELATION_MODEL_CONSUMED_BY) ?? [];
    const tomorrow = addDays(startOfDay(numbers.now), 1);
    const [rows, spans, owners] = await Promise.all([
      numbers.totals(range, {
        where,
        by: ['team', 'component', 'currency'],
      }),
      numbers.rollups.spans({
        level: 'day',
        from: addDays(tomorrow, -numbers.retention.day),
        to: tomorrow,
        where,
        by: ['team', 'component'],
      }),
      components.including(consumers),
    ]);
    const team = nameOf('team', owners);
    const rowsOf = groupBy(rows, team);
    const spansOf = groupBy(spans, team);
    const componentsOf = groupBy(consumers, component => team({ component }));
    const names = new Set(
      [...rowsOf.keys(), ...spansOf.keys(), ...componentsOf.keys()].filter(
        name => name !== '',
      ),
    );
    const all = [...names].map((name): ModelTeam => {
      const { calls, costs } = foldSums(rowsOf.get(name) ?? []);
      return {
        team: name,
        components: (componentsOf.get(name) ?? []).sort(byName),
        calls,
        costs,
        ...firstAndLast(spansOf.get(name) ?? []),
      };
    });
    return {
      from: dayText(range.from),
      to: lastDay(range),
      sees: sight.seesAll ? 'all' : 'own',
      teams: all.length,
      deployed: all.filter(it => it.components.length > 0).length,
      called: all.filter(({ calls }) => calls > 0).length,
      items: all
        .filter(it => sight.mayName('team', it.team))
        .sort(
          (a, b) =>
            byName(b.lastCall ?? '', a.lastCall ?? '') ||
            b.calls - a.calls ||
            byName(a.team, b.team),
        ),
    };
  }
}

function firstAndLast(
  spans: Span[],
): Pick<ModelTeam, 'firstCall' | 'lastCall'> {
  if (spans.length === 0) return {};
  const firsts = spans.map(({ first }) => first).sort(byName);
  const lasts = spans.map(({ last }) => last).sort(byName);
  return {
    firstCall: firsts[0].slice(0, 10),
    lastCall: lasts[lasts.length - 1].slice(0, 10),
  };
}
