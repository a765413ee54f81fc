import { Allowlist } from './allowlist/Allowlist';
import { Gatekeeper } from './allowlist/Gatekeeper';
import { StateFolder } from './allowlist/StateFolder';
import type { GatewayConfig } from './config';
import { ControlPlaneClient } from './controlPlane/ControlPlaneClient';
import { GatewayServer } from './http/GatewayServer';
import { GatewayLogger, createJsonLogger } from './telemetry/Logger';
import { Metrics } from './telemetry/Metrics';
import { Providers } from './upstream/Providers';

/**
 * The model gateway: takes signed allowlists from the control plane and passes
 * on only what they allow.
 *
 * @public
 */
export class Gateway {
  readonly #server: GatewayServer;
  readonly #client: ControlPlaneClient;
  readonly #providers: Providers;
  readonly #logger: GatewayLogger;
  /** The port that it listens on. */
  readonly port: number;

  private constructor(parts: {
    server: GatewayServer;
    client: ControlPlaneClient;
    providers: Providers;
    logger: GatewayLogger;
    port: number;
  }) {
    this.#server = parts.server;
    this.#client = parts.client;
    this.#providers = parts.providers;
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
    const providers = new Providers(config.providers, config.limits);
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
    const server = new GatewayServer({
      config,
      gatekeeper: new Gatekeeper({
        allowlist,
        metrics,
        portalUrl: config.portalUrl,
        now,
      }),
      providers,
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
    await client.start();
    let port: number;
    try {
      port = await server.listen();
    } catch (error) {
      await client.stop();
      await providers.close();
      throw error;
    }
    logger.info('Listening', { host: config.listen.host, port });
    return new Gateway({ server, client, providers, logger, port });
  }

  /** Lets calls in progress end, then stops. */
  async stop(): Promise<void> {
    this.#logger.info('Stopping');
    await this.#server.close();
    await this.#client.stop();
    await this.#providers.close();
    this.#logger.info('Stopped');
  }
}
