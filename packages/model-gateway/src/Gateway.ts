import { Allowlist } from './allowlist/Allowlist';
import { Gatekeeper } from './allowlist/Gatekeeper';
import { StateFolder } from './allowlist/StateFolder';
import type { GatewayConfig } from './config';
import { ControlPlaneClient } from './controlPlane/ControlPlaneClient';
import { GatewayServer } from './http/GatewayServer';
import { Safeguards } from './guardrails';
import { OidcIdentities } from './identity';
import type { CallStage } from './pipeline';
import { OnlineRoom } from './online';
import { FeedbackRoute } from './routes/FeedbackRoute';
import { RequestHandler } from './routes/RequestHandler';
import { Routing } from './routing/Routing';
import {
  BufferedLogger,
  GatewayLogger,
  Telemetry,
  createJsonLogger,
  registerGauges,
} from './telemetry';
import { Connector, connectorFor } from './tls';
import { UsageRoom } from './usage';

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
  readonly #telemetry: Telemetry;
  readonly #usage: UsageRoom;
  readonly #safeguards: Safeguards;
  readonly #online: OnlineRoom;
  readonly #toControlPlane: Connector;
  readonly #logger: GatewayLogger & Partial<BufferedLogger>;
  /** The port that it listens on. */
  readonly port: number;

  private constructor(parts: {
    server: GatewayServer;
    client: ControlPlaneClient;
    routing: Routing;
    telemetry: Telemetry;
    usage: UsageRoom;
    safeguards: Safeguards;
    online: OnlineRoom;
    toControlPlane: Connector;
    logger: GatewayLogger & Partial<BufferedLogger>;
    port: number;
  }) {
    this.#server = parts.server;
    this.#client = parts.client;
    this.#routing = parts.routing;
    this.#telemetry = parts.telemetry;
    this.#usage = parts.usage;
    this.#safeguards = parts.safeguards;
    this.#online = parts.online;
    this.#toControlPlane = parts.toControlPlane;
    this.#logger = parts.logger;
    this.port = parts.port;
  }

  /**
   * Starts to listen at once. Until it has an allowlist, every call gets 503.
   *
   * @param options - `monotonic`: a clock in milliseconds that never goes back;
   * `ownsProcess`: metrics tell about the process too
   * @throws when a port is taken or the state folder cannot be used
   */
  static async create(
    config: GatewayConfig,
    options: {
      logger?: GatewayLogger;
      now?: () => Date;
      monotonic?: () => number;
      ownsProcess?: boolean;
    } = {},
  ): Promise<Gateway> {
    const { now: wall = () => new Date(), ownsProcess } = options;
    const logger: GatewayLogger & Partial<BufferedLogger> =
      options.logger ?? createJsonLogger();
    const telemetry = await Telemetry.create({
      config: config.telemetry,
      name: config.name,
      logger,
      ownsProcess,
    });
    const { metrics } = telemetry;
    const folder = await StateFolder.create(config.controlPlane.stateDir);
    const allowlist = new Allowlist({
      folder,
      logger,
      metrics,
      now: wall,
      monotonic: options.monotonic,
    });
    // Nobody lives longer because a clock was set back.
    const now = () => allowlist.notBefore(wall());
    const { tls } = config.controlPlane;
    const toControlPlane = connectorFor(tls, 3_000, logger);
    const client = new ControlPlaneClient({
      config,
      connect: toControlPlane.connect,
      folder,
      allowlist,
      logger,
      now,
    });
    const gatekeeper = new Gatekeeper({
      allowlist,
      metrics,
      portalUrl: config.portalUrl,
      identities: OidcIdentities.create({ issuers: config.oidc, logger, now }),
      now,
    });
    const routing = await Routing.create({ config, gatekeeper, logger });
    const usage = await UsageRoom.create({
      config: config.usage,
      urls: config.controlPlane.urls,
      identity: () => client.identity,
      connect: toControlPlane.connect,
      logger,
      alarm: (code, message) => allowlist.alarm(code, message),
      clock: options.monotonic,
      secret: config.batchSecret,
      now,
    });
    const safeguards = await Safeguards.create({
      config,
      identity: () => client.identity,
      connect: toControlPlane.connect,
      logger,
      metrics,
      traces: usage.traces,
      now,
    });
    const online = OnlineRoom.create({
      urls: config.controlPlane.urls,
      identity: () => client.identity,
      connect: toControlPlane.connect,
      logger,
      now,
    });
    const stages: CallStage[] = [
      telemetry.stage,
      usage.limits,
      safeguards.guardRails,
      usage.budgets,
      online.stage,
      safeguards.content,
      safeguards.sanitation,
      usage.usage,
      safeguards.cache,
    ];
    registerGauges(metrics, {
      allowlist,
      isConnected: () => client.connected,
      router: () => routing.router,
      usage: () => usage.health,
      budgets: () => usage.budgetLevels,
      droppedLogLines: () => logger.dropped ?? 0,
      now,
    });
    telemetry.observeBudgets(() => usage.budgetLevels);
    const readiness = () => ({
      ready:
        typeof allowlist.current(now()) !== 'string' &&
        (config.usage.budgets !== 'required' || usage.health.budgetsKnown),
      connected: client.connected,
      epoch: allowlist.held?.epoch,
      version: allowlist.held?.version,
      notAfter: allowlist.notAfter?.toISOString(),
      lastAlarm: allowlist.lastAlarm,
      usage: usage.health,
    });
    const handler = new RequestHandler({
      limits: config.limits,
      gatekeeper,
      router: () => routing.router,
      stages,
      batchSecret: config.batchSecret,
      metrics,
      logger,
      readiness,
      online,
      feedback: new FeedbackRoute({
        gatekeeper,
        ids: usage.answerIds,
        reporter: usage.feedback,
        now,
      }),
      showsMetrics: config.telemetry.listen === undefined,
    });
    const server = new GatewayServer({ config, handler, logger });
    await client.start();
    usage.start();
    let port: number;
    try {
      await telemetry.listen(readiness);
      port = await server.listen();
    } catch (error) {
      await usage.stop(0);
      await safeguards.close();
      await online.close();
      await client.stop();
      await routing.close();
      await telemetry.stop();
      toControlPlane.close();
      throw error;
    }
    logger.info('Listening', { host: config.listen.host, port });
    return new Gateway({
      server,
      client,
      routing,
      telemetry,
      usage,
      safeguards,
      online,
      toControlPlane,
      logger,
      port,
    });
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

  /** Port of the listener for metrics, where the configuration asks for one. */
  get metricsPort(): number | undefined {
    return this.#telemetry.port;
  }

  /** Lets calls in progress end, then stops. */
  async stop(): Promise<void> {
    this.#logger.info('Stopping');
    await this.#server.close();
    await this.#usage.stop();
    await this.#safeguards.close();
    await this.#online.close();
    await this.#client.stop();
    await this.#routing.close();
    this.#toControlPlane.close();
    await this.#telemetry.stop();
    this.#logger.info('Stopped');
    await this.#logger.close?.();
  }
}
