import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';

/** For how long an answer holds. */
const KEPT_MS = 5 * 60_000;
/** Who is not known to call a model may have begun to since. */
const MISSING_MS = 15_000;
/** People at a time. */
const MOST_KEPT = 5_000;

/**
 * Which models a person's teams, access profiles and keys call, as the usage
 * room knows. Without that room nobody calls anything, which is no error.
 */
export class CalledModels {
  static create(options: {
    auth: AuthService;
    usage: Pick<ModelUsageClient, 'listOwnCalledModels'>;
    logger: LoggerService;
    clock: Clock;
    days: number;
  }): CalledModels {
    return new CalledModels(options);
  }

  readonly #options: Parameters<typeof CalledModels.create>[0];
  readonly #kept = new Map<string, { at: number; models: Set<string> }>();

  private constructor(options: Parameters<typeof CalledModels.create>[0]) {
    this.#options = options;
  }

  async has(
    credentials: BackstageCredentials,
    gatewayId: string,
  ): Promise<boolean> {
    if ((await this.of(credentials)).has(gatewayId)) return true;
    return (await this.of(credentials, MISSING_MS)).has(gatewayId);
  }

  /** Gateway ids. */
  async of(
    credentials: BackstageCredentials,
    keptMs = KEPT_MS,
  ): Promise<Set<string>> {
    const { auth, clock } = this.#options;
    if (!auth.isPrincipal(credentials, 'user')) return new Set();
    const person = credentials.principal.userEntityRef;
    const now = clock.now().getTime();
    const kept = this.#kept.get(person);
    if (kept && now - kept.at < keptMs) return kept.models;
    const models = await this.#ask(credentials);
    if (!models) return new Set();
    this.#kept.delete(person);
    this.#kept.set(person, { at: now, models });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return models;
  }

  async #ask(
    credentials: BackstageCredentials,
  ): Promise<Set<string> | undefined> {
    const { auth, usage, logger, days } = this.#options;
    try {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'model-usage',
      });
      const { items } = await usage.listOwnCalledModels({ days }, { token });
      return new Set(items.map(({ model }) => model));
    } catch (error) {
      logger.debug(
        `model-usage does not say who calls what, so nobody is verified: ${error}`,
      );
      return undefined;
    }
  }
}
