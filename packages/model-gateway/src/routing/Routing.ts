import type { Gatekeeper } from '../allowlist/Gatekeeper';
import type { GatewayConfig } from '../config';
import { EndpointProviders } from '../endpoints';
import type { GatewayLogger } from '../telemetry/Logger';
import { Providers } from '../upstream/Providers';
import { Flags } from './Flags';
import { Router } from './Router';

type RoutingPart = Pick<
  GatewayConfig,
  'providers' | 'aliases' | 'endpoints' | 'routing' | 'flags' | 'limits'
>;

/** The router of this moment; another takes its place when the configuration changes. */
export class Routing {
  readonly #gatekeeper: Gatekeeper;
  readonly #logger: GatewayLogger;
  /** Those of earlier configurations whose calls have not all ended. */
  readonly #retired = new Set<Router>();
  #router: Router;

  private constructor(
    router: Router,
    gatekeeper: Gatekeeper,
    logger: GatewayLogger,
  ) {
    this.#router = router;
    this.#gatekeeper = gatekeeper;
    this.#logger = logger;
  }

  static async create(options: {
    config: RoutingPart;
    gatekeeper: Gatekeeper;
    logger: GatewayLogger;
  }): Promise<Routing> {
    const { config, gatekeeper, logger } = options;
    const router = await routerOf(config, gatekeeper, logger);
    return new Routing(router, gatekeeper, logger);
  }

  get router(): Router {
    return this.#router;
  }

  /** @throws when the flags cannot be set up; the router stays */
  async replace(config: RoutingPart): Promise<void> {
    const old = this.#router;
    this.#router = await routerOf(config, this.#gatekeeper, this.#logger);
    this.#retired.add(old);
    this.#logger.info('Took over the configuration', {
      providers: config.providers.map(({ name }) => name).join(', '),
      aliases: Object.keys(config.aliases).join(', '),
    });
    old
      .retire()
      .catch(error =>
        this.#logger.warn('Connections of old providers were not closed', {
          reason: (error as Error).message,
        }),
      )
      .finally(() => this.#retired.delete(old));
  }

  async close(): Promise<void> {
    await Promise.all([this.#router, ...this.#retired].map(it => it.close()));
  }
}

async function routerOf(
  config: RoutingPart,
  gatekeeper: Gatekeeper,
  logger: GatewayLogger,
): Promise<Router> {
  return new Router({
    gatekeeper,
    providers: new Providers(config.providers, config.limits, logger),
    endpoints: new EndpointProviders({
      config: config.endpoints,
      limits: config.limits,
      routing: config.routing,
      logger,
    }),
    aliases: config.aliases,
    config: config.routing,
    flags: await Flags.create(config.flags),
  });
}
