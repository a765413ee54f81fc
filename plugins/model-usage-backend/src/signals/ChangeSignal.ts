import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';

/** Channel of signals. */
const CHANNEL = 'model-usage';

/** Gateways report all the time; pages need not follow each batch. */
const SHORTEST_MS = 2_000;

/**
 * Tells pages that what they show may have changed: at once, and while it goes
 * on every two seconds. Everybody who is signed in gets it, whatever they may
 * read: so it says nothing, and pages ask for what they may see.
 */
export class ChangeSignal {
  static create(options: {
    signals: SignalsService;
    logger: LoggerService;
  }): ChangeSignal {
    return new ChangeSignal(options.signals, options.logger);
  }

  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  #resting = false;
  #again = false;

  private constructor(signals: SignalsService, logger: LoggerService) {
    this.#signals = signals;
    this.#logger = logger;
  }

  changed(): void {
    if (this.#resting) {
      this.#again = true;
      return;
    }
    this.#resting = true;
    setTimeout(() => {
      this.#resting = false;
      if (this.#again) this.changed();
    }, SHORTEST_MS).unref();
    this.#again = false;
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: CHANNEL,
        message: { type: 'changed' },
      })
      .catch(error => {
        this.#logger.warn(`Pages do not hear of new usage: ${error}`);
      });
  }
}
