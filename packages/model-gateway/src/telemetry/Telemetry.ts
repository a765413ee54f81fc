import type { CallStage } from '../pipeline';
import type { BudgetLevel } from '../usage';
import { costOf } from '../usage/records';
import type { GatewayLogger } from './Logger';
import { Metrics } from './Metrics';
import { MetricsServer } from './MetricsServer';
import type { OpenTelemetry } from './OpenTelemetry';
import type { TelemetryConfig } from './TelemetryConfig';
import { createTelemetryStage } from './createTelemetryStage';
import { openTelemetrySwitch } from './openTelemetrySwitch';

/** Without a build, the class is in what Node takes for the default export. */
const load = async () => {
  const loaded = await import('./OpenTelemetry');
  return (loaded as { default?: typeof loaded }).default ?? loaded;
};

/** All that a gateway tells of itself, apart from its log. */
export class Telemetry {
  readonly metrics: Metrics;
  /** To come before all other stages. */
  readonly stage: CallStage;
  readonly #config: TelemetryConfig;
  readonly #openTelemetry: OpenTelemetry | undefined;
  #server: MetricsServer | undefined;

  private constructor(options: {
    config: TelemetryConfig;
    metrics: Metrics;
    openTelemetry: OpenTelemetry | undefined;
  }) {
    const { config, metrics, openTelemetry } = options;
    this.#config = config;
    this.metrics = metrics;
    this.#openTelemetry = openTelemetry;
    this.stage = createTelemetryStage({
      metrics,
      config,
      openTelemetry,
      costOf: ({ admission }, outcome) =>
        costOf((outcome.admission ?? admission).model?.pricing, outcome.usage),
    });
  }

  /**
   * OpenTelemetry is loaded only where the environment switches it on.
   *
   * @param options - `ownsProcess`: whether the gateway is all that runs here
   */
  static async create(options: {
    config: TelemetryConfig;
    name: string;
    logger: GatewayLogger;
    ownsProcess?: boolean;
  }): Promise<Telemetry> {
    const { config, name, logger, ownsProcess } = options;
    const on = openTelemetrySwitch(process.env);
    let openTelemetry: OpenTelemetry | undefined;
    if (on) {
      const loaded = await load();
      openTelemetry = new loaded.OpenTelemetry({ on, name, logger });
    }
    const metrics = new Metrics({ process: ownsProcess });
    return new Telemetry({ config, metrics, openTelemetry });
  }

  /** What is left of budgets, for whoever asks for metrics. */
  observeBudgets(levels: () => Iterable<BudgetLevel>): void {
    this.#openTelemetry?.observeBudgets(levels);
  }

  /** Port of the listener for metrics, where there is one. */
  get port(): number | undefined {
    return this.#server?.port;
  }

  /** @throws when the port is taken */
  async listen(readiness: () => { ready: boolean }): Promise<void> {
    const { listen } = this.#config;
    if (listen) {
      this.#server = await MetricsServer.create({
        listen,
        metrics: this.metrics,
        readiness,
      });
    }
  }

  /** Sends what is waiting. */
  async stop(): Promise<void> {
    await this.#server?.close();
    await this.#openTelemetry?.shutdown();
  }
}
