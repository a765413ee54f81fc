import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { ModelReviewsClient } from '@modelhub/backstage-plugin-models-common';
import type { Ratings } from '../database/ModelStore';
import { inBatches, readChanges, Room, type RoomChanges } from './Room';

/** What the reviews room knows, if there is one. */
export interface RatingSource {
  /**
   * Refs of models whose rating changed after a sequence number; undefined when
   * there is nobody to ask.
   */
  changesAfter(seq: number): Promise<RoomChanges | undefined>;
  /** Ratings of models, at least one; undefined when there is nobody to ask. */
  ratings(entityRefs: string[]): Promise<Ratings | undefined>;
}

/** Reads the cursor feed of model-reviews. */
export class RatingFeed implements RatingSource {
  readonly #client: ModelReviewsClient;
  readonly #room: Room;

  static create(options: {
    client: ModelReviewsClient;
    auth: AuthService;
    logger: LoggerService;
  }): RatingFeed {
    return new RatingFeed(
      options.client,
      Room.create({
        ...options,
        pluginId: 'model-reviews',
        without: 'models are listed without stars',
      }),
    );
  }

  private constructor(client: ModelReviewsClient, room: Room) {
    this.#client = client;
    this.#room = room;
  }

  async changesAfter(seq: number) {
    return this.#room.ask(token =>
      readChanges(seq, query =>
        this.#client.listRatingChanges(query, { token }),
      ),
    );
  }

  async ratings(entityRefs: string[]) {
    return this.#room.ask(async token => {
      const answers = await inBatches(entityRefs, batch =>
        this.#client.getRatings({ body: { entityRefs: batch } }, { token }),
      );
      return {
        items: answers.flatMap(({ items }) => items),
        prior: answers[answers.length - 1].prior,
      };
    });
  }
}
