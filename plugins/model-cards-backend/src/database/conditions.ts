import type { Knex } from 'knex';
import type { FacetName } from '../projection/projectModel';
import type { ModelQuery, VisibilityFilter } from './ModelStore';
import { ratedAtLeast } from './RatingTable';
import type { TextIndex } from './TextIndex';

/** Keeps the models, aliased `m`, that the filter lets through. */
export function whereVisible(
  knex: Knex,
  builder: Knex.QueryBuilder,
  filter: VisibilityFilter,
): void {
  if ('allOf' in filter) {
    builder.whereRaw('1 = 1');
    for (const part of filter.allOf) {
      builder.andWhere(inner => whereVisible(knex, inner, part));
    }
  } else if ('anyOf' in filter) {
    builder.whereRaw('1 = 0');
    for (const part of filter.anyOf) {
      builder.orWhere(inner => whereVisible(knex, inner, part));
    }
  } else if ('not' in filter) {
    builder.whereNot(inner => whereVisible(knex, inner, filter.not));
  } else if ('entityRefs' in filter) {
    builder.whereIn('m.entity_ref', filter.entityRefs);
  } else {
    const rows = knex('model_search')
      .select('model_id')
      .where('key', filter.key.toLowerCase());
    if (filter.values) {
      rows.whereIn(
        'value',
        filter.values.map(value => value.toLowerCase()),
      );
    }
    builder.whereIn('m.id', rows);
  }
}

/** A facet, of those that are stored with each model or that of the stars. */
export type AnyFacet = FacetName | 'rating';

/** Keeps the models, aliased `m`, that match, not looking at one facet. */
export function whereMatches(
  knex: Knex,
  text: TextIndex,
  builder: Knex.QueryBuilder,
  query: ModelQuery,
  except?: AnyFacet,
): void {
  text.filter(builder, query);
  if (query.maxGpuMemory !== undefined) {
    builder.where('m.gpu_memory', '<=', query.maxGpuMemory);
  }
  if (query.minContext !== undefined) {
    builder.where('m.context_tokens', '>=', query.minContext);
  }
  if (query.minRating !== undefined && except !== 'rating') {
    if (query.withoutRatings) builder.whereRaw('1 = 0');
    else builder.whereIn('m.id', ratedAtLeast(knex, query.minRating));
  }
  for (const [name, values] of Object.entries(query.facets)) {
    if (name !== except && values) {
      builder.whereIn(
        'm.id',
        knex('model_facets as f')
          .select('f.model_id')
          .whereIn(
            'f.facet_id',
            knex('model_facet_values')
              .select('id')
              .where({ name })
              .whereIn('value', values),
          ),
      );
    }
  }
}
