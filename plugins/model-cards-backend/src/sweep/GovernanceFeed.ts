import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  ModelGovernanceClient,
  StandingSummary,
} from '@modelhub/backstage-plugin-models-common';

const PAGE = 200;

/** What the governance room knows, if there is one. */
export interface StandingSource {
  /**
   * Refs of models whose standing changed after a sequence number; undefined
   * when there is nobody to ask.
   */
  changesAfter(
    seq: number,
  ): Promise<{ entityRefs: string[]; next: number } | undefined>;
  /** Standings of models; undefined when there is nobody to ask. */
  standings(entityRefs: string[]): Promise<StandingSummary[] | undefined>;
}

function isAbsent(error: unknown): boolean {
  return error instanceof ResponseError
    ? error.statusCode === 404
    : error instanceof TypeError;
}

/**
 * Reads the cursor feed of model-governance. When that plugin is not installed
 * or not up, it says so once and the index does without.
 */
export class GovernanceFeed implements StandingSource {
  readonly #client: ModelGovernanceClient;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  #isAbsent = false;

  static create(options: {
    client: ModelGovernanceClient;
    auth: AuthService;
    logger: LoggerService;
  }): GovernanceFeed {
    return new GovernanceFeed(options);
  }

  private constructor(options: {
    client: ModelGovernanceClient;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#client = options.client;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  async changesAfter(seq: number) {
    return this.#ask(async token => {
      const entityRefs = new Set<string>();
      let next = seq;
      for (;;) {
        const page = await this.#client.listChanges(
          { after: next, limit: PAGE },
          { token },
        );
        page.items.forEach(({ entityRef }) => entityRefs.add(entityRef));
        if (page.items.length === 0 || page.next <= next) {
          return { entityRefs: [...entityRefs], next };
        }
        next = page.next;
      }
    });
  }

  async standings(entityRefs: string[]) {
    return this.#ask(async token => {
      const standings: StandingSummary[] = [];
      for (let start = 0; start < entityRefs.length; start += PAGE) {
        const { items } = await this.#client.queryStandings(
          { body: { entityRefs: entityRefs.slice(start, start + PAGE) } },
          { token },
        );
        standings.push(...items);
      }
      return standings;
    });
  }

  async #ask<T>(
    question: (token: string) => Promise<T>,
  ): Promise<T | undefined> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'model-governance',
    });
    try {
      const answer = await question(token);
      this.#isAbsent = false;
      return answer;
    } catch (error) {
      if (!isAbsent(error)) {
        throw error;
      }
      if (!this.#isAbsent) {
        this.#isAbsent = true;
        this.#logger.info(
          'model-governance does not answer, so models are listed without tiers and maturity',
        );
      }
      return undefined;
    }
  }
}
