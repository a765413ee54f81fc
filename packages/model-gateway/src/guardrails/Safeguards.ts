import { createCacheStage } from '../cache';
import type { GatewayConfig } from '../config';
import {
  ContentKeys,
  ContentStore,
  contentFolder,
  createContentStage,
} from '../content';
import type { GatewayIdentity } from '../controlPlane/GatewayIdentity';
import type { CallStage } from '../pipeline';
import { SentBodies, createSanitationStage } from '../sanitation';
import type { GatewayLogger } from '../telemetry';
import type { Metrics } from '../telemetry/Metrics';
import type { Connector } from '../tls';
import { ControlPlaneAsks } from './AskDesk';
import { createGuardRailsStage } from './createGuardRailsStage';
import { ProvenLink } from './ProvenLink';
import type { SharedTraces } from './SharedTraces';

/** The stages that look into calls, and what they share. */
export class Safeguards {
  readonly guardRails: CallStage;
  readonly content: CallStage;
  readonly sanitation: CallStage;
  readonly cache: CallStage;
  readonly #link: ProvenLink;
  readonly #store: ContentStore | undefined;

  private constructor(options: {
    config: GatewayConfig;
    link: ProvenLink;
    store: ContentStore | undefined;
    logger: GatewayLogger;
    metrics: Metrics;
    traces: SharedTraces;
    now: () => Date;
  }) {
    const { config, link, store, logger, metrics } = options;
    const now = () => options.now().getTime();
    const sent = new SentBodies();
    this.#link = link;
    this.#store = store;
    this.guardRails = createGuardRailsStage({
      desk: new ControlPlaneAsks({ link, logger }),
      shared: options.traces,
      now,
    });
    this.content = createContentStage({ store, sent });
    this.sanitation = createSanitationStage({
      sent,
      report: ({ direction, kind, type, action, count }) =>
        metrics.findings.add({ direction, kind, type, action }, count),
    });
    this.cache = createCacheStage({ maxBytes: config.cache.maxBytes, now });
  }

  /** @throws Error when the key of kept content is none, or its folder cannot be used */
  static async create(options: {
    config: GatewayConfig;
    identity: () => GatewayIdentity | undefined;
    connect: Connector['connect'];
    logger: GatewayLogger;
    metrics: Metrics;
    traces: SharedTraces;
    now: () => Date;
  }): Promise<Safeguards> {
    const { config, logger, now } = options;
    const { urls, stateDir } = config.controlPlane;
    const keys = ContentKeys.parse(config.contentKey);
    const store =
      keys &&
      (await ContentStore.create({
        folder: contentFolder(stateDir),
        keys,
        logger,
        now: () => now().getTime(),
      }));
    const link = new ProvenLink({ urls, ...options });
    return new Safeguards({ ...options, link, store });
  }

  /** Waits until what is to be kept is on disk. */
  async close(): Promise<void> {
    await this.#store?.close();
    await this.#link.close();
  }
}
