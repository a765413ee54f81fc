import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_DERIVED_FROM,
  type DuplicateModels,
} from '@modelhub/backstage-plugin-models-common';
import { pageOf, pageWithCursor } from '../../database/paging';
import type { CatalogModel, CatalogModels } from '../access';
import { dayText, lastDay } from '../days';
import type { Numbers } from '../Numbers';
import { byName, foldSums, groupBy } from '../sums';

const DAYS = 28;

/** Models of one base that several teams made for the same tasks. */
export interface Family {
  baseModel: string;
  tasks: string[];
  models: CatalogModel[];
}

/** The team that stands behind a model. */
export const ownerOf = ({ owners }: CatalogModel): string =>
  owners.find(it => it.startsWith('group:')) ?? owners[0] ?? '';

/**
 * Models with the same base and a task in common, of two teams or more. The same
 * models come once, with all tasks that they share.
 */
export function familiesOf(models: CatalogModel[]): Family[] {
  const claims = models.flatMap(model =>
    model
      .related(RELATION_DERIVED_FROM)
      .flatMap(base => model.tasks.map(task => ({ base, task, model }))),
  );
  const families = new Map<string, Family>();
  for (const group of groupBy(claims, it =>
    JSON.stringify([it.base, it.task]),
  ).values()) {
    const [{ base, task }] = group;
    const own = [
      ...new Map(group.map(it => [it.model.entityRef, it.model])).values(),
    ];
    if (new Set(own.map(ownerOf).filter(it => it !== '')).size < 2) continue;
    own.sort((a, b) => byName(a.entityRef, b.entityRef));
    const key = JSON.stringify([base, own.map(it => it.entityRef)]);
    const family = families.get(key) ?? {
      baseModel: base,
      tasks: [],
      models: own,
    };
    family.tasks.push(task);
    families.set(key, family);
  }
  return [...families.values()].map(it => ({
    ...it,
    tasks: it.tasks.sort(byName),
  }));
}

/** Where several teams pay for the same work. */
export class DuplicateService {
  static create(options: {
    numbers: Numbers;
    models: CatalogModels;
  }): DuplicateService {
    return new DuplicateService(options);
  }

  readonly #options: Parameters<typeof DuplicateService.create>[0];

  private constructor(options: Parameters<typeof DuplicateService.create>[0]) {
    this.#options = options;
  }

  /** Of models that the caller may read. */
  async list(
    credentials: BackstageCredentials,
    query: { cursor?: string; limit?: number },
  ): Promise<{
    from: string;
    to: string;
    items: DuplicateModels[];
    nextCursor?: string;
  }> {
    const { numbers, models } = this.#options;
    const page = pageOf(query);
    const range = numbers.lastDays(DAYS);
    const families = familiesOf(
      await models.having([`relations.${RELATION_DERIVED_FROM}`], credentials),
    );
    const ids = families.flatMap(it => it.models.map(model => model.gatewayId));
    const rows =
      ids.length === 0
        ? []
        : await numbers.rollups.sums({
            ...range,
            where: { models: [...new Set(ids)] },
            by: ['model', 'currency'],
          });
    const rowsOf = groupBy(rows, row => row.model ?? '');
    const all = families.map((family): DuplicateModels => {
      const teams = new Set(family.models.map(ownerOf));
      const own = new Set(family.models.map(it => it.gatewayId));
      const { calls, costs } = foldSums(
        [...own].flatMap(id => rowsOf.get(id) ?? []),
      );
      return {
        baseModel: family.baseModel,
        tasks: family.tasks,
        teams: [...teams].filter(it => it !== '').sort(byName),
        calls,
        costs,
        models: family.models.map(model => {
          const sums = foldSums(rowsOf.get(model.gatewayId) ?? []);
          return {
            entityRef: model.entityRef,
            ...(model.title && { title: model.title }),
            model: model.gatewayId,
            owner: ownerOf(model),
            calls: sums.calls,
            costs: sums.costs,
          };
        }),
      };
    });
    all.sort(
      (a, b) =>
        b.teams.length - a.teams.length ||
        b.calls - a.calls ||
        byName(a.baseModel, b.baseModel) ||
        byName(a.tasks.join(), b.tasks.join()),
    );
    const { items, nextCursor } = pageWithCursor(
      all.slice(page.offset, page.offset + page.limit + 1),
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
