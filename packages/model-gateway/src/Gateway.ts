import { Allowlist } from './allowlist/Allowlist';
import { Gatekeeper } from './allowlist/Gatekeeper';
import { StateFolder } from './allowlist/StateFolder';
import type { GatewayConfig } from './config';
import { ControlPlaneClient } from './controlPlane/ControlPlaneClient';
import { GatewayServer } from './http/GatewayServer';
import { LimitTable, createLimitsStage } from './limits';
import type { CallStage } from './pipeline';
import { RequestHandler } from './routes/RequestHandler';
import { Routing } from './routing/Routing';
import { GatewayLogger, createJsonLogger } from './telemetry/Logger';
import { Metrics } from './telemetry/Metrics';

/**
 * The model gateway: takes signed allowlists from the control plane and passes
 * on only what they allow.
 *
 * @public
 */
export class Gateway {
  readonly #server: GatewayServer;
  readonly #client: ControlPlaneClient;
  readonly #routing: Routing;
  readonly #logger: GatewayLogger;
  /** The port that it listens on. */
  readonly port: number;

  private constructor(parts: {
    server: GatewayServer;
    client: ControlPlaneClient;
    routing: Routing;
    logger: GatewayLogger;
    port: number;
  }) {
    this.#server = parts.server;
    this.#client = parts.client;
    this.#routing = parts.routing;
    this.#logger = parts.logger;
    this.port = parts.port;
  }

  /**
   * Starts to listen at once. Until it has an allowlist, every call gets 503.
   *
   * @throws when the port is taken or the state folder cannot be used
   */
  static async create(
    config: GatewayConfig,
    options: { logger?: GatewayLogger; now?: () => Date } = {},
  ): Promise<Gateway> {
    const { logger = createJsonLogger(), now = () => new Date() } = options;
    const metrics = new Metrics();
    const folder = await StateFolder.create(config.controlPlane.stateDir);
    const allowlist = new Allowlist({ folder, logger, metrics, now });
    const client = new ControlPlaneClient({
      config,
      folder,
      allowlist,
      logger,
      now,
    });
    const gatekeeper = new Gatekeeper({
      allowlist,
      metrics,
      portalUrl: config.portalUrl,
      now,
    });
    const routing = await Routing.create({ config, gatekeeper, logger });
    const stages: CallStage[] = [
      createLimitsStage({ table: new LimitTable(() => now().getTime()) }),
    ];
    metrics.gauge(
      'snapshot_version',
      'Version of the allowlist.',
      () => allowlist.held?.version ?? 0,
    );
    metrics.gauge(
      'snapshot_seconds_left',
      'Until the allowlist is too old to decide by.',
      () =>
        allowlist.notAfter
          ? (allowlist.notAfter.getTime() - now().getTime()) / 1000
          : 0,
    );
    const handler = new RequestHandler({
      limits: config.limits,
      gatekeeper,
      router: () => routing.router,
      stages,
      metrics,
      logger,
      readiness: () => ({
        ready: typeof allowlist.current(now()) !== 'string',
        connected: client.connected,
        epoch: allowlist.held?.epoch,
        version: allowlist.held?.version,
        notAfter: allowlist.notAfter?.toISOString(),
        lastAlarm: allowlist.lastAlarm,
      }),
    });
    const server = new GatewayServer({ config, handler });
    await client.start();
    let port: number;
    try {
      port = await server.listen();
    } catch (error) {
      await client.stop();
      await routing.close();
      throw error;
    }
    logger.info('Listening', { host: config.listen.host, port });
    return new Gateway({ server, client, routing, logger, port });
  }

  /**
   * Takes over providers, aliases, routing and flags of another configuration;
   * calls in progress end as they began. The rest needs a restart.
   *
   * @throws when the flags' module cannot be loaded; everything stays as it was
   */
  async reload(config: GatewayConfig): Promise<void> {
    await this.#routing.replace(config);
  }

  /** Lets calls in progress end, then stops. */
  async stop(): Promise<void> {
    this.#logger.info('Stopping');
    await this.#server.close();
    await this.#client.stop();
    await this.#routing.close();
    this.#logger.info('Stopped');
  }
}
