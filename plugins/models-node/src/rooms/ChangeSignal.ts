import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';

/** Pages need not follow each change. */
const SHORTEST_MS = 2_000;

/**
 * Tells pages that what they show may have changed: at once, and while it goes
 * on every two seconds. Everybody who is signed in gets it, whatever they may
 * read: so it says nothing, and pages ask for what they may see.
 *
 * @public
 */
export class ChangeSignal {
  /** @param options - `channel` is the one that pages listen to */
  static create(options: {
    signals: SignalsService;
    logger: LoggerService;
    channel: string;
  }): ChangeSignal {
    return new ChangeSignal(options);
  }

  readonly #options: Parameters<typeof ChangeSignal.create>[0];
  #resting = false;
  #again = false;

  private constructor(options: Parameters<typeof ChangeSignal.create>[0]) {
    this.#options = options;
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
    const { signals, logger, channel } = this.#options;
    signals
      .publish({
        recipients: { type: 'broadcast' },
        channel,
        message: { type: 'changed' },
      })
      .catch(error => {
        logger.warn(`Pages do not hear of what is new: ${error}`);
      });
  }
}
