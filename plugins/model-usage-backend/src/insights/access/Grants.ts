import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type {
  Grant,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';

/**
 * What is approved, by the plugin's own credentials: whoever shows it keeps to
 * what their caller may see.
 */
export class Grants {
  static create(options: {
    auth: AuthService;
    governance: Pick<ModelGovernanceClient, 'getAllowlist'>;
    logger: LoggerService;
  }): Grants {
    return new Grants(options);
  }

  readonly #options: Parameters<typeof Grants.create>[0];

  private constructor(options: Parameters<typeof Grants.create>[0]) {
    this.#options = options;
  }

  /** Nothing while governance does not answer. */
  async live(): Promise<Grant[] | undefined> {
    const { auth, governance, logger } = this.#options;
    try {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'model-governance',
      });
      return (await governance.getAllowlist({ token })).items;
    } catch (error) {
      logger.warn(
        `model-governance does not say what is approved, so insights show nothing of it: ${error}`,
      );
      return undefined;
    }
  }
}
