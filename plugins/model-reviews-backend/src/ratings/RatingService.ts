import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ModelRating,
  ModelRatingDetail,
  ModelRatingPrior,
} from '@modelhub/backstage-plugin-models-common';
import { modelReviewReadPermission } from '@modelhub/backstage-plugin-models-common';
import { lacks, modelRef, type Access, type Models } from '../access';
import { aspects } from '../contributions/records';
import { aspectOf } from './bayes';
import { measures, type RatingStore } from './RatingStore';

/** What people give models. */
export class RatingService {
  static create(options: {
    access: Access;
    models: Models;
    store: RatingStore;
    priorWeight: number;
  }): RatingService {
    return new RatingService(options);
  }

  readonly #options: Parameters<typeof RatingService.create>[0];

  private constructor(options: Parameters<typeof RatingService.create>[0]) {
    this.#options = options;
  }

  async get(
    credentials: BackstageCredentials,
    query: {
      entityRef: string;
      modelVersion?: string;
      useCase?: string;
      verified?: boolean;
    },
  ): Promise<ModelRatingDetail> {
    const { models, store, priorWeight: weight } = this.#options;
    const { criteria } = await this.#readable(credentials);
    const { entityRef } = await models.get(query.entityRef, credentials);
    const [found, means, facets] = await Promise.all([
      store.tallies({ ...query, entityRefs: [entityRef] }, criteria, measures),
      store.means(),
      store.facets(entityRef, criteria),
    ]);
    const { tallies, verifiedCount } = found[0] ?? {
      tallies: {},
      verifiedCount: 0,
    };
    const { overall } = tallies;
    const prior = (mean: number) => ({ mean, weight });
    return {
      entityRef,
      count: overall?.count ?? 0,
      verifiedCount,
      ...(overall && { overall: aspectOf(overall, prior(means.overall)) }),
      aspects: Object.fromEntries(
        aspects.flatMap(it => {
          const tally = tallies[it];
          return tally ? [[it, aspectOf(tally, prior(means[it]))]] : [];
        }),
      ),
      prior: prior(means.overall),
      ...facets,
    };
  }

  async byRefs(
    credentials: BackstageCredentials,
    query: { entityRefs: string[]; verified?: boolean },
  ): Promise<{ items: ModelRating[]; prior: ModelRatingPrior }> {
    const { models, store, priorWeight: weight } = this.#options;
    const { criteria } = await this.#readable(credentials);
    const seen = await models.visible(
      query.entityRefs.map(modelRef),
      credentials,
    );
    const [found, means] = await Promise.all([
      seen.size === 0
        ? []
        : store.tallies(
            { entityRefs: [...seen.keys()], verified: query.verified },
            criteria,
            ['overall'],
          ),
      store.means(),
    ]);
    const prior = { mean: means.overall, weight };
    return {
      prior,
      items: found.flatMap(({ entityRef, verifiedCount, tallies }) =>
        tallies.overall
          ? [
              {
                entityRef,
                verifiedCount,
                ...aspectOf(tallies.overall, prior),
              },
            ]
          : [],
      ),
    };
  }

  async #readable(credentials: BackstageCredentials) {
    const { readable } = await this.#options.access.callerOf(credentials);
    if (!readable) throw lacks(modelReviewReadPermission.name);
    return readable;
  }
}
