import type { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';

/** For how long a key is taken for granted; a removed gateway may go on for so long. */
const KEPT_MS = 60_000;

const MOST_KEPT = 1_000;

/** Public keys of enrolled gateways, asked from the governance backend. */
export class GatewayKeys {
  static create(options: {
    governance: Pick<ModelGovernanceClient, 'getGatewayIdentity'>;
    auth: AuthService;
    clock: Clock;
  }): GatewayKeys {
    return new GatewayKeys(options);
  }

  readonly #options: Parameters<typeof GatewayKeys.create>[0];
  readonly #kept = new Map<string, { publicKey: string; until: number }>();

  private constructor(options: Parameters<typeof GatewayKeys.create>[0]) {
    this.#options = options;
  }

  /**
   * @param options - `fresh`: ask again, because the gateway may have a new key
   * @throws ServiceUnavailableError when governance cannot be asked
   */
  async publicKey(
    gatewayId: string,
    options: { fresh?: boolean } = {},
  ): Promise<string | undefined> {
    const now = this.#options.clock.now().getTime();
    const kept = this.#kept.get(gatewayId);
    if (kept && kept.until > now && !options.fresh) {
      return kept.publicKey;
    }
    const publicKey = await this.#ask(gatewayId);
    this.#kept.delete(gatewayId);
    if (publicKey !== undefined) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(gatewayId, { publicKey, until: now + KEPT_MS });
    }
    return publicKey;
  }

  async #ask(id: string): Promise<string | undefined> {
    const { auth, governance } = this.#options;
    try {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'model-governance',
      });
      return (await governance.getGatewayIdentity({ id }, { token })).publicKey;
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode === 404) {
        return undefined;
      }
      throw new ServiceUnavailableError(
        'The governance backend cannot be asked who this gateway is. Try again shortly.',
        error,
      );
    }
  }
}
