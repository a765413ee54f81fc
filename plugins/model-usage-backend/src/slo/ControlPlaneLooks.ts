import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { LookStore } from './LookStore';
import { DAY_MS, HOUR_MS } from './maths';

/** What failed took this long: no limit is as long. */
const FOREVER_MS = DAY_MS;

/** The approval service has to answer in this time at all. */
const TIMEOUT_MS = 10_000;

/** A gateway that nobody heard of for so long is taken for switched off. */
const SWITCHED_OFF_MS = HOUR_MS;

/** Records this old are imports, or of a gateway that was cut off; not late. */
const IMPORTED_MS = DAY_MS;

/** Batches of so long are written together. */
const GATHERED_MS = 2_000;

const MINUTE_MS = 60_000;

/** Looks at the control plane: what calls of models do not tell. */
export class ControlPlaneLooks {
  static create(options: {
    clock: Clock;
    auth: AuthService;
    logger: LoggerService;
    governance: Pick<ModelGovernanceClient, 'listGateways'>;
    looks: LookStore;
  }): ControlPlaneLooks {
    return new ControlPlaneLooks(options);
  }

  readonly #options: Parameters<typeof ControlPlaneLooks.create>[0];
  /** Delays of records by the minute in which they came, in milliseconds. */
  #lags = new Map<number, number[]>();
  #willFlush = false;

  private constructor(options: Parameters<typeof ControlPlaneLooks.create>[0]) {
    this.#options = options;
  }

  /** Asks the approval service which gateways follow the allowlist: whether it answers, and how old that is. */
  async look(): Promise<void> {
    const { clock, looks, logger } = this.#options;
    const at = clock.now().getTime();
    const begin = performance.now();
    try {
      const { items } = await this.#gateways();
      const ms = performance.now() - begin;
      await looks.add('approval-service', at, [[ms, 1]]);
      const ages = items.flatMap(it => {
        if (it.removedAt !== undefined || it.lastSeenAt === undefined)
          return [];
        const silent = Math.max(0, at - Date.parse(it.lastSeenAt));
        if (silent > SWITCHED_OFF_MS) return [];
        return it.connected && !it.behind ? [0] : [silent];
      });
      await looks.add(
        'snapshot-age',
        at,
        ages.map(age => [age, 1]),
      );
    } catch (error) {
      logger.warn(`The approval service did not answer: ${error}`);
      await looks.add('approval-service', at, [[FOREVER_MS, 1]]);
    }
  }

  /** How late records came, from the end of their call on. */
  took(records: UsageRecord[]): void {
    const now = this.#options.clock.now().getTime();
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const lags = this.#lags.get(minute) ?? [];
    for (const it of records) {
      // Refusals are gathered by gateways before they are told.
      if (it.calls !== undefined && it.calls > 1) continue;
      const lag = now - Date.parse(it.at) - it.latencyMs;
      if (lag <= IMPORTED_MS) lags.push(Math.max(0, lag));
    }
    if (lags.length === 0) return;
    this.#lags.set(minute, lags);
    this.#flushSoon();
  }

  /** Writes what was gathered. */
  async flush(): Promise<void> {
    const lags = this.#lags;
    this.#lags = new Map();
    for (const [at, some] of lags) {
      await this.#options.looks.add(
        'ingest-lag',
        at,
        some.map(lag => [lag, 1]),
      );
    }
  }

  #flushSoon(): void {
    if (this.#willFlush) return;
    this.#willFlush = true;
    setTimeout(() => {
      this.#willFlush = false;
      this.flush().catch(error => {
        this.#options.logger.warn(
          `How late records came is not known for a moment: ${error}`,
        );
      });
    }, GATHERED_MS).unref();
  }

  async #gateways() {
    const { auth, governance } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'model-governance',
    });
    return governance.listGateways({
      token,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }
}
