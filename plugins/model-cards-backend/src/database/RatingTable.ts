import type {
  ModelRating,
  ModelRatingPrior,
  ModelRowRating,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';

/** `4 stars and more` and so on; each counts those of the ones above it too. */
export const RATING_STEPS = [4, 3, 2, 1] as const;

/** Averages are shown with three digits: what is shown as 4 is 4. */
const HALF_A_DIGIT = 0.0005;

interface RatingRow {
  model_id: number;
  people: number;
  mean: number | null;
  average: number | null;
}

/** Models, by id, that people gave so many stars or more on average. */
export function ratedAtLeast(knex: Knex, stars: number): Knex.QueryBuilder {
  return knex('model_ratings')
    .select('model_id')
    .where('average', '>=', stars - HALF_A_DIGIT);
}

/** The average of the model aliased `m`, in SQL; null when nobody rated it. */
export const AVERAGE_OF_MODEL =
  '(SELECT average FROM model_ratings WHERE model_id = m.id)';

/** Ratings of a page of models, by row id. */
export async function ratingsOf(
  knex: Knex,
  ids: number[],
): Promise<Map<number, ModelRowRating>> {
  const rows = await knex<RatingRow>('model_ratings')
    .whereIn('model_id', ids)
    .whereNotNull('average');
  return new Map(
    rows.map(({ model_id, people, average }) => [
      model_id,
      { average: Math.round(Number(average) * 1000) / 1000, count: people },
    ]),
  );
}

/**
 * How many models have so many stars or more.
 *
 * @param matching - ids of those to count; all of them when left out
 */
export async function countRatings(
  knex: Knex,
  matching: Knex.QueryBuilder | undefined,
): Promise<Array<{ value: string; count: number }>> {
  const counted = knex('model_ratings').select(
    RATING_STEPS.map(stars =>
      knex.raw(
        `COUNT(CASE WHEN average >= ${stars - HALF_A_DIGIT} THEN 1 END) AS ??`,
        [`from${stars}`],
      ),
    ),
  );
  if (matching) counted.whereIn('model_id', matching);
  const [counts]: Array<Record<string, number | string>> = await counted;
  return RATING_STEPS.map(stars => ({
    value: String(stars),
    count: Number(counts[`from${stars}`]),
  })).filter(({ count }) => count > 0);
}

/** Models of which the reviews room has said nothing yet. */
export async function refsWithoutRating(knex: Knex): Promise<string[]> {
  return knex('models as m')
    .whereNotExists(
      knex('model_ratings').select(knex.raw('1')).whereRaw('model_id = m.id'),
    )
    .pluck('m.entity_ref');
}

/**
 * Takes in what people gave. What is assumed of models that few rated moves
 * with every review, and with it the averages of all of them.
 *
 * @param refs - what was asked for; nobody rated those without an item
 * @returns refs whose people or stars are others than before
 */
export async function writeRatings(
  tx: Knex.Transaction,
  refs: string[],
  items: ModelRating[],
): Promise<string[]> {
  const byRef = new Map(items.map(item => [item.entityRef, item]));
  const known: Array<RatingRow & { id: number; entity_ref: string }> = await tx(
    'models as m',
  )
    .leftJoin('model_ratings as r', 'r.model_id', 'm.id')
    .whereIn('m.entity_ref', refs)
    .select('m.id', 'm.entity_ref', 'r.model_id', 'r.people', 'r.mean');
  const rows = known.map(({ id, entity_ref }) => {
    const rating = byRef.get(entity_ref);
    return {
      model_id: id,
      people: rating?.count ?? 0,
      mean: rating?.mean ?? null,
      average: rating?.average ?? null,
    };
  });
  if (rows.length > 0) {
    await tx('model_ratings').insert(rows).onConflict('model_id').merge();
  }
  return known
    .filter((before, n) => {
      const { people, mean } = rows[n];
      return (before.people ?? 0) !== people || before.mean !== mean;
    })
    .map(({ entity_ref }) => entity_ref);
}

/** Averages of all models under another prior. */
export async function applyPrior(
  knex: Knex,
  { mean, weight }: ModelRatingPrior,
): Promise<void> {
  await knex('model_ratings')
    .where('people', '>', 0)
    .update({
      average: knex.raw(
        '(CAST(? AS double precision) + mean * people) / (CAST(? AS double precision) + people)',
        [mean * weight, weight],
      ),
    });
}
