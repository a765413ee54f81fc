import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  MODEL_KIND,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelWriter } from '../database/ModelStore';
import { projectModel } from '../projection/projectModel';
import type { StandingSource } from './GovernanceFeed';
import type { RatingSource } from './RatingFeed';

const BATCH = 200;
const GOVERNANCE = 'model-governance';
const REVIEWS = 'model-reviews';

function batches<T>(items: T[]): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    result.push(items.slice(start, start + BATCH));
  }
  return result;
}

/** What one sweep did. */
export type SweepResult = {
  upserted: number;
  removed: number;
  standings: number;
  ratings: number;
};

/**
 * Brings the index up to date: compares etags with the catalog, fetches what
 * changed, and follows the feeds of governance and reviews. One runs at a time,
 * under a lock of the scheduler.
 */
export class ModelSweep {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #writer: ModelWriter;
  readonly #standings: StandingSource;
  readonly #ratings: RatingSource;

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    writer: ModelWriter;
    standings: StandingSource;
    ratings: RatingSource;
  }): ModelSweep {
    return new ModelSweep(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    writer: ModelWriter;
    standings: StandingSource;
    ratings: RatingSource;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#writer = options.writer;
    this.#standings = options.standings;
    this.#ratings = options.ratings;
  }

  /**
   * What is cut short, by `signal` or by the end of its replica, the next sweep
   * goes on with: every step asks the index what is missing.
   */
  async run(
    options: { rebuild?: boolean; signal?: AbortSignal } = {},
  ): Promise<SweepResult> {
    const { signal } = options;
    const known = await this.#writer.getEtags();
    const current = await this.#readEtags();
    const changed = [...current]
      .filter(([ref, etag]) => options.rebuild || known.get(ref) !== etag)
      .map(([ref]) => ref);

    let upserted = 0;
    for (const batch of batches(changed)) {
      signal?.throwIfAborted();
      const models = (await this.#fetch(batch)).flatMap(entity => {
        if (entity && isModelEntity(entity)) {
          return [projectModel(entity)];
        }
        return [];
      });
      await this.#writer.upsert(models);
      upserted += models.length;
    }

    const removed = await this.#removeGone(
      [...known.keys()].filter(ref => !current.has(ref)),
    );
    const conflicts = await this.#writer.resolveConflicts();
    if (conflicts.length && (upserted || removed)) {
      this.#logger.warn(
        `${
          conflicts.length
        } models dispute gateway ids with each other: ${conflicts
          .slice(0, 10)
          .map(({ entityRef }) => entityRef)
          .join(', ')}`,
      );
    }
    signal?.throwIfAborted();

    const arrived = options.rebuild
      ? [...current.keys()]
      : await this.#writer.getRefsWithoutStanding();
    const standings = await this.#followGovernance(arrived, [
      ...current.keys(),
    ]);
    signal?.throwIfAborted();
    const ratings = await this.#followReviews(options.rebuild, [
      ...current.keys(),
    ]);
    return { upserted, removed, standings, ratings };
  }

  async #readEtags(): Promise<Map<string, string>> {
    const etags = new Map<string, string>();
    const stream = this.#catalog.streamEntities(
      {
        filter: { kind: MODEL_KIND },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.etag',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of stream) {
      for (const entity of page) {
        etags.set(stringifyEntityRef(entity), entity.metadata.etag ?? '');
      }
    }
    return etags;
  }

  async #fetch(entityRefs: string[]): Promise<Array<Entity | undefined>> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }

  /**
   * A stream of pages is no snapshot and may miss an entity that moves, and a
   * row that goes loses the age of its claim on the gateway id. So ask again.
   */
  async #removeGone(missed: string[]): Promise<number> {
    const gone: string[] = [];
    for (const batch of batches(missed)) {
      const found = await this.#fetch(batch);
      gone.push(...batch.filter((_, index) => !found[index]));
    }
    await this.#writer.remove(gone);
    return gone.length;
  }

  async #followGovernance(arrived: string[], all: string[]): Promise<number> {
    const cursor = await this.#writer.getFeedCursor(GOVERNANCE);
    const changes = await this.#standings.changesAfter(cursor ?? 0);
    if (!changes) {
      return 0;
    }
    // The first time governance answers, every model gets its standing.
    const affected =
      cursor === undefined
        ? all
        : [...new Set([...arrived, ...changes.entityRefs])];
    if (affected.length) {
      const standings = await this.#standings.standings(affected);
      if (!standings) {
        return 0;
      }
      await this.#writer.setStandings(standings);
    }
    if (cursor !== changes.next) {
      await this.#writer.setFeedCursor(GOVERNANCE, changes.next);
    }
    return affected.length;
  }

  async #followReviews(
    rebuild: boolean | undefined,
    all: string[],
  ): Promise<number> {
    const cursor = await this.#writer.getFeedCursor(REVIEWS);
    const changes = await this.#ratings.changesAfter(cursor ?? 0);
    if (!changes) {
      return 0;
    }
    const affected =
      rebuild || cursor === undefined
        ? all
        : [
            ...new Set([
              ...(await this.#writer.getRefsWithoutRating()),
              ...changes.entityRefs,
            ]),
          ];
    if (affected.length) {
      const ratings = await this.#ratings.ratings(affected);
      if (!ratings) {
        return 0;
      }
      await this.#writer.setRatings(affected, ratings);
    }
    if (cursor !== changes.next) {
      await this.#writer.setFeedCursor(REVIEWS, changes.next);
    }
    return affected.length;
  }
}
