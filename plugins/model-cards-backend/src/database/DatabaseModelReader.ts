import type {
  ModelRowChange,
  ModelRowFacets,
  ModelRowRating,
  ModelRowSort,
} from '@modelhub/backstage-plugin-models-common';
import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import {
  composeRow,
  FACET_NAMES,
  type FacetName,
} from '../projection/projectModel';
import { type AnyFacet, whereMatches, whereVisible } from './conditions';
import {
  EVERYTHING,
  type ModelPage,
  type ModelPageRequest,
  type ModelQuery,
  type ModelReader,
  type VisibilityFilter,
} from './ModelStore';
import { AVERAGE_OF_MODEL, countRatings, ratingsOf } from './RatingTable';
import type { ModelTableRow } from './tables';
import { createTextIndex, type SpeltQuery, type TextIndex } from './TextIndex';

const MAX_FACET_VALUES = 100;

const SORT_COLUMNS: Record<
  Exclude<ModelRowSort, 'relevance' | 'name'>,
  string
> = {
  updated: 'm.updated_ms',
  context: 'm.context_tokens',
  parameters: 'm.parameters',
  gpuMemory: 'm.gpu_memory',
  completeness: 'm.completeness',
  rating: AVERAGE_OF_MODEL,
};

function isUnfiltered(query: ModelQuery, visible: VisibilityFilter): boolean {
  return (
    !query.q &&
    query.maxGpuMemory === undefined &&
    query.minContext === undefined &&
    query.minRating === undefined &&
    Object.keys(query.facets).length === 0 &&
    'allOf' in visible &&
    visible.allOf.length === 0
  );
}

function compose(stored: ModelTableRow, rating: ModelRowRating | undefined) {
  return {
    row: {
      ...composeRow(
        JSON.parse(stored.row),
        stored.standing ? JSON.parse(stored.standing) : undefined,
        new Date(Number(stored.updated_ms)).toISOString(),
      ),
      rating,
    },
    conflict: stored.conflict ? JSON.parse(stored.conflict) : undefined,
  };
}

/** {@link ModelReader} over SQLite or PostgreSQL. */
export class DatabaseModelReader implements ModelReader {
  readonly #knex: Knex;
  readonly #text: TextIndex;

  static async create(knex: Knex): Promise<DatabaseModelReader> {
    return new DatabaseModelReader(knex, await createTextIndex(knex));
  }

  private constructor(knex: Knex, text: TextIndex) {
    this.#knex = knex;
    this.#text = text;
  }

  get supportsFuzzy(): boolean {
    return this.#text.supportsFuzzy;
  }

  async page(
    asked: ModelQuery,
    visible: VisibilityFilter,
    { sort, order, limit, after }: ModelPageRequest,
  ): Promise<ModelPage> {
    const knex = this.#knex;
    const query = await this.#text.spell(asked);
    const scored = this.#matching(query, visible).select('m.id');
    if (sort === 'relevance') {
      this.#text.score(scored, query);
    } else if (sort === 'rating' && query.withoutRatings) {
      scored.select(knex.raw('0 AS sort_value'));
    } else {
      scored.select(this.#sortValue(sort, order));
    }

    const ids = knex
      .with('scored', scored)
      .from('scored')
      .select('id', 'sort_value')
      .orderBy([{ column: 'sort_value', order }, { column: 'id' }])
      .limit(limit + 1);
    if (after) {
      ids.where(builder =>
        builder
          .where('sort_value', order === 'asc' ? '>' : '<', after.value)
          .orWhere(tie =>
            tie
              .where('sort_value', '=', after.value)
              .andWhere('id', '>', after.id),
          ),
      );
    }

    const found: Array<{ id: number; sort_value: string | number }> = await ids;
    const shown = found.slice(0, limit);
    const shownIds = shown.map(({ id }) => id);
    const [stored, ratings] = await Promise.all([
      knex<ModelTableRow>('models').whereIn('id', shownIds),
      this.#ratings(shownIds, query),
    ]);
    const rows = new Map(stored.map(row => [row.id, row]));
    const last = shown.at(-1);
    return {
      items: shown.flatMap(({ id }) => {
        const row = rows.get(id);
        return row ? [compose(row, ratings?.get(id))] : [];
      }),
      ...(found.length > limit &&
        last && { next: { value: last.sort_value, id: last.id } }),
    };
  }

  async count(asked: ModelQuery, visible: VisibilityFilter): Promise<number> {
    const query = await this.#text.spell(asked);
    const [{ total }] = await this.#matching(query, visible).count({
      total: '*',
    });
    return Number(total);
  }

  async facets(
    asked: ModelQuery,
    visible: VisibilityFilter,
  ): Promise<ModelRowFacets> {
    const query = await this.#text.spell(asked);
    const selected = Object.keys(query.facets) as FacetName[];
    const others = FACET_NAMES.filter(name => !selected.includes(name));
    const [rating, ...counts] = await Promise.all([
      query.withoutRatings ? [] : this.#countRatings(query, visible),
      this.#countFacets(others, query, visible),
      ...selected.map(name => this.#countFacets([name], query, visible, name)),
    ]);

    const facets: ModelRowFacets = {
      ...Object.fromEntries(FACET_NAMES.map(name => [name, []])),
      rating,
    };
    for (const { name, value, total } of counts.flat()) {
      if (facets[name].length < MAX_FACET_VALUES) {
        facets[name].push({ value, count: Number(total) });
      }
    }
    return facets;
  }

  async get(
    entityRef: string,
    visible: VisibilityFilter,
    options: Pick<ModelQuery, 'withoutRatings'> = {},
  ) {
    const stored: ModelTableRow | undefined = await this.#knex('models as m')
      .where('m.entity_ref', entityRef)
      .andWhere(builder => whereVisible(this.#knex, builder, visible))
      .first();
    if (!stored) return undefined;
    const ratings = await this.#ratings([stored.id], options);
    return {
      ...compose(stored, ratings?.get(stored.id)),
      missing: JSON.parse(stored.missing),
    };
  }

  async selectVisible(
    entityRefs: string[],
    visible: VisibilityFilter,
  ): Promise<Set<string>> {
    if (entityRefs.length === 0) {
      return new Set();
    }
    const rows: Array<{ entity_ref: string }> = await this.#knex('models as m')
      .whereIn('m.entity_ref', entityRefs)
      .andWhere(builder => whereVisible(this.#knex, builder, visible))
      .select('m.entity_ref');
    return new Set(rows.map(row => row.entity_ref));
  }

  async listRefs(asked: ModelQuery, limit: number): Promise<string[]> {
    const query = await this.#text.spell(asked);
    const rows: Array<{ entity_ref: string }> = await this.#matching(
      query,
      EVERYTHING,
    )
      .select('m.entity_ref')
      .orderBy(['m.name_key', 'm.id'])
      .limit(limit);
    return rows.map(row => row.entity_ref);
  }

  async listChanges(after: number, limit: number) {
    const rows = await this.#knex('model_changes')
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit);
    const items = rows.map(
      ({ seq, entity_ref, type, at }): ModelRowChange => ({
        seq,
        entityRef: entity_ref,
        type,
        at,
      }),
    );
    return { items, next: items.at(-1)?.seq ?? after };
  }

  #matching(
    query: SpeltQuery,
    visible: VisibilityFilter,
    except?: AnyFacet,
  ): Knex.QueryBuilder {
    return this.#knex('models as m')
      .where(builder => whereVisible(this.#knex, builder, visible))
      .andWhere(builder =>
        whereMatches(this.#knex, this.#text, builder, query, except),
      );
  }

  /** Models that lack the value come last in both directions. */
  #sortValue(
    sort: Exclude<ModelRowSort, 'relevance'>,
    order: 'asc' | 'desc',
  ): Knex.Raw {
    if (sort === 'name') {
      return this.#knex.raw(
        isPostgres(this.#knex)
          ? 'm.name_key COLLATE "C" AS sort_value'
          : 'm.name_key AS sort_value',
      );
    }
    return this.#knex.raw(
      `COALESCE(${SORT_COLUMNS[sort]}, ${
        order === 'asc' ? '1e300' : '-1'
      }) AS sort_value`,
    );
  }

  async #ratings(
    ids: number[],
    { withoutRatings }: Pick<ModelQuery, 'withoutRatings'>,
  ): Promise<Map<number, ModelRowRating> | undefined> {
    return withoutRatings ? undefined : ratingsOf(this.#knex, ids);
  }

  async #countRatings(query: SpeltQuery, visible: VisibilityFilter) {
    return countRatings(
      this.#knex,
      isUnfiltered({ ...query, minRating: undefined }, visible)
        ? undefined
        : this.#matching(query, visible, 'rating').select('m.id'),
    );
  }

  async #countFacets(
    names: FacetName[],
    query: SpeltQuery,
    visible: VisibilityFilter,
    except?: FacetName,
  ): Promise<Array<{ name: string; value: string; total: number | string }>> {
    const knex = this.#knex;
    const counted = knex('model_facets')
      .select('facet_id')
      .count({ total: '*' })
      .groupBy('facet_id');
    const { [except ?? '']: _, ...rest } = query.facets as Record<
      string,
      string[]
    >;
    if (except) {
      counted.whereIn(
        'facet_id',
        knex('model_facet_values').select('id').where('name', except),
      );
    }
    if (!isUnfiltered({ ...query, facets: rest }, visible)) {
      counted.whereIn(
        'model_id',
        this.#matching(query, visible, except).select('m.id'),
      );
    }
    return knex
      .from(counted.as('c'))
      .join('model_facet_values as v', 'v.id', 'c.facet_id')
      .whereIn('v.name', names)
      .select('v.name', 'v.value', 'c.total')
      .orderBy([{ column: 'c.total', order: 'desc' }, { column: 'v.value' }]);
  }
}
