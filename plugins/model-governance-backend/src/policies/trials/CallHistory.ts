import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  ModelUsageClient,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';

const DAY_MS = 24 * 3600_000;

/** Calls of some days, summed up by what they were for. */
export interface SummedCalls {
  /** Whether anybody knows. */
  known: boolean;
  from: string;
  to: string;
  items: Array<{
    /** As callers name it: its gateway id. */
    model: string;
    profile: string;
    purpose: string;
    tier: Tier;
    calls: number;
    lastAt: string;
  }>;
}

/** Whoever knows which calls there were. */
export interface CallHistory {
  summed(days: number): Promise<SummedCalls>;
}

/** Asks the room of usage, with the credentials of this plugin. */
export class UsageCallHistory implements CallHistory {
  static create(options: {
    auth: AuthService;
    usage: Pick<ModelUsageClient, 'listCalledScopes'>;
    clock: Clock;
    logger: LoggerService;
  }): UsageCallHistory {
    return new UsageCallHistory(options);
  }

  readonly #options: Parameters<typeof UsageCallHistory.create>[0];

  private constructor(options: Parameters<typeof UsageCallHistory.create>[0]) {
    this.#options = options;
  }

  async summed(days: number): Promise<SummedCalls> {
    const { auth, usage, clock, logger } = this.#options;
    try {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'model-usage',
      });
      const answer = await usage.listCalledScopes({ days }, { token });
      return { known: true, ...answer };
    } catch (error) {
      // Only a portal without usage answers so.
      if (!(error instanceof ResponseError && error.statusCode === 404)) {
        logger.warn('Nobody says which calls there were', error as Error);
      }
      const to = clock.now();
      return {
        known: false,
        from: new Date(to.getTime() - days * DAY_MS).toISOString(),
        to: to.toISOString(),
        items: [],
      };
    }
  }
}
