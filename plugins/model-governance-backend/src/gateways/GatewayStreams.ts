import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import type { GatewayStore } from './GatewayStore';

/** Written down no more often than this while a stream stays open. */
const SELDOM_MS = 15_000;
const SLACK_MS = 5000;

/**
 * Writes down which gateways this replica has a stream open to. A replica that
 * is killed says no more, and what it said soon no longer counts.
 */
export class GatewayStreams {
  static create(options: {
    store: GatewayStore;
    clock: Clock;
    logger: LoggerService;
    heartbeatSeconds: number;
  }): GatewayStreams {
    return new GatewayStreams(options);
  }

  readonly #options: Parameters<typeof GatewayStreams.create>[0];
  readonly #holder = randomUUID();
  readonly #lifeMs: number;

  private constructor(options: Parameters<typeof GatewayStreams.create>[0]) {
    this.#options = options;
    // Two rounds: one may be too soon after the last to be written.
    this.#lifeMs =
      2 * Math.max(SELDOM_MS, options.heartbeatSeconds * 1000) + SLACK_MS;
  }

  /** The streams of these gateways are open now. Never fails: the allowlist goes first. */
  async open(gatewayIds: string[]): Promise<void> {
    if (gatewayIds.length === 0) return;
    const now = this.#options.clock.now().getTime();
    const at = (ms: number) => new Date(now + ms).toISOString();
    await this.#try(() =>
      this.#options.store.holdStreams([...new Set(gatewayIds)], {
        holder: this.#holder,
        now: at(0),
        until: at(this.#lifeMs),
        unlessUntil: at(this.#lifeMs - SELDOM_MS),
      }),
    );
  }

  /** No stream of the gateway is open here any more. Never fails. */
  async closed(gatewayId: string): Promise<void> {
    await this.#try(() =>
      this.#options.store.dropStream(gatewayId, this.#holder),
    );
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.logger.warn(
        'Which gateways are connected was not written down',
        error as Error,
      );
    }
  }
}
