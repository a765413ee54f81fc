import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type {
  ModelGovernanceClient,
  StandingSummary,
} from '@modelhub/backstage-plugin-models-common';
import { inBatches, readChanges, Room, type RoomChanges } from './Room';

/** What the governance room knows, if there is one. */
export interface StandingSource {
  /**
   * Refs of models whose standing changed after a sequence number; undefined
   * when there is nobody to ask.
   */
  changesAfter(seq: number): Promise<RoomChanges | undefined>;
  /** Standings of models; undefined when there is nobody to ask. */
  standings(entityRefs: string[]): Promise<StandingSummary[] | undefined>;
}

/** Reads the cursor feed of model-governance. */
export class GovernanceFeed implements StandingSource {
  readonly #client: ModelGovernanceClient;
  readonly #room: Room;

  static create(options: {
    client: ModelGovernanceClient;
    auth: AuthService;
    logger: LoggerService;
  }): GovernanceFeed {
    return new GovernanceFeed(
      options.client,
      Room.create({
        ...options,
        pluginId: 'model-governance',
        without: 'models are listed without tiers and maturity',
      }),
    );
  }

  private constructor(client: ModelGovernanceClient, room: Room) {
    this.#client = client;
    this.#room = room;
  }

  async changesAfter(seq: number) {
    return this.#room.ask(token =>
      readChanges(seq, query => this.#client.listChanges(query, { token })),
    );
  }

  async standings(entityRefs: string[]) {
    return this.#room.ask(async token => {
      const answers = await inBatches(entityRefs, batch =>
        this.#client.queryStandings({ body: { entityRefs: batch } }, { token }),
      );
      return answers.flatMap(({ items }) => items);
    });
  }
}
