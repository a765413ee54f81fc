import type { Knex } from 'knex';
import {
  applyCriteria,
  applyFilter,
  type Criteria,
  type Filter,
} from '../contributions/filters';
import { aspects, type Aspect } from '../contributions/records';
import { NEUTRAL, type Tally } from './bayes';

export type Measure = 'overall' | Aspect;

export const measures: Measure[] = ['overall', ...aspects];

export interface ModelTallies {
  entityRef: string;
  verifiedCount: number;
  tallies: Partial<Record<Measure, Tally>>;
}

const STARS = [1, 2, 3, 4, 5];

/** Sums over published reviews. */
export class RatingStore {
  static create(options: { knex: Knex }): RatingStore {
    return new RatingStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * What people gave these models, in one query: each person counts once, by
   * their newest review that matches.
   */
  async tallies(
    filter: Pick<
      Filter,
      'entityRefs' | 'modelVersion' | 'useCase' | 'verified'
    >,
    criteria: Criteria | undefined,
    of: Measure[],
  ): Promise<ModelTallies[]> {
    const knex = this.#knex;
    const ranked = this.#published(criteria).select(
      'entity_ref',
      'verified',
      ...of,
      knex.raw(
        'row_number() OVER (PARTITION BY entity_ref, author ORDER BY created_at DESC, pk DESC) AS nth',
      ),
    );
    applyFilter(ranked, knex, filter);
    const rows: Array<Record<string, number | string | null>> = await knex
      .from(ranked.as('ranked'))
      .where({ nth: 1 })
      .groupBy('entity_ref')
      .orderBy('entity_ref')
      .select(
        'entity_ref',
        knex.raw('SUM(CASE WHEN verified THEN 1 ELSE 0 END) AS verified_count'),
        ...of.flatMap(measure => [
          knex.raw('COUNT(??) AS ??', [measure, `${measure}_count`]),
          knex.raw('SUM(??) AS ??', [measure, `${measure}_sum`]),
          ...STARS.map(star =>
            // As literals: PostgreSQL would take parameters for whole numbers.
            knex.raw(
              `SUM(CASE WHEN ?? >= ${star - 0.5} AND ?? < ${
                star + 0.5
              } THEN 1 ELSE 0 END) AS ??`,
              [measure, measure, `${measure}_${star}`],
            ),
          ),
        ]),
      );
    return rows.map(row => ({
      entityRef: String(row.entity_ref),
      verifiedCount: Number(row.verified_count),
      tallies: Object.fromEntries(
        of
          .filter(measure => Number(row[`${measure}_count`]) > 0)
          .map(measure => [
            measure,
            {
              count: Number(row[`${measure}_count`]),
              sum: Number(row[`${measure}_sum`]),
              distribution: STARS.map(star =>
                Number(row[`${measure}_${star}`]),
              ),
            },
          ]),
      ),
    }));
  }

  /** Means over all reviews of all models, also of those that a caller may not see. */
  async means(): Promise<Record<Measure, number>> {
    const [row] = (await this.#published(undefined).avg(
      Object.fromEntries(measures.map(it => [it, it])),
    )) as Array<Record<string, number | string | null>>;
    return Object.fromEntries(
      measures.map(it => [it, row[it] === null ? NEUTRAL : Number(row[it])]),
    ) as Record<Measure, number>;
  }

  /** By what the reviews of a model can be filtered. */
  async facets(entityRef: string, criteria: Criteria | undefined) {
    const of = () =>
      this.#published(criteria)
        .where({ entity_ref: entityRef })
        .count({ n: '*' });
    const versions = (await of()
      .groupBy('model_version')
      .select('model_version')
      .orderBy([{ column: 'n', order: 'desc' }, 'model_version'])) as Array<{
      model_version: string;
      n: number | string;
    }>;
    const useCases = (await of()
      .whereNotNull('use_case_key')
      .groupBy('use_case_key')
      .min({ use_case: 'use_case' })
      .select('use_case_key')
      .orderBy([{ column: 'n', order: 'desc' }, 'use_case_key'])
      .limit(50)) as unknown as Array<{ use_case: string; n: number | string }>;
    return {
      versions: versions.map(({ model_version: modelVersion, n }) => ({
        modelVersion,
        count: Number(n),
      })),
      useCases: useCases.map(({ use_case: useCase, n }) => ({
        useCase,
        count: Number(n),
      })),
    };
  }

  #published(criteria: Criteria | undefined): Knex.QueryBuilder {
    const builder = this.#knex('contributions')
      .where({ kind: 'review' })
      .whereNull('withdrawn_at')
      .whereNull('hidden_at');
    if (criteria) builder.where(nested => applyCriteria(nested, criteria));
    return builder;
  }
}
