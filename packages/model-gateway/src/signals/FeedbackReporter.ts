import {
  MOST_BATCH_RECORDS,
  type UsageFeedback,
} from '@modelhub/governance-protocol';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ControlPlaneLink } from '../usage/ControlPlaneLink';

/** More are not taken until some were sent. */
const MOST_WAITING = 10_000;

/** Between two attempts to send, in milliseconds. */
const SEND_MS = 2_000;

/**
 * Sends what callers say of answers, in the order in which they say it. It is
 * kept in memory: what a killed gateway had not sent is lost.
 */
export class FeedbackReporter {
  readonly #link: Pick<ControlPlaneLink, 'post' | 'isReady'>;
  readonly #logger: GatewayLogger;
  readonly #stopping = new AbortController();
  #waiting: UsageFeedback[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #isToldAbsent = false;

  constructor(options: {
    link: Pick<ControlPlaneLink, 'post' | 'isReady'>;
    logger: GatewayLogger;
  }) {
    this.#link = options.link;
    this.#logger = options.logger;
  }

  /** @returns false when there is no room */
  add(item: UsageFeedback): boolean {
    if (this.#waiting.length >= MOST_WAITING) {
      return false;
    }
    this.#waiting.push(item);
    this.#plan();
    return true;
  }

  /** Tries once more to send what there is. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    await this.#send(AbortSignal.timeout(SEND_MS));
    this.#stopping.abort();
  }

  #plan(): void {
    if (this.#timer || this.#stopping.signal.aborted) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#sending = this.#send(this.#stopping.signal).then(() => {
        this.#timer = undefined;
        if (this.#waiting.length > 0) {
          this.#plan();
        }
      });
    }, SEND_MS);
    this.#timer.unref();
  }

  async #send(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length === 0 || !this.#link.isReady) {
      return;
    }
    const items = this.#waiting.slice(0, MOST_BATCH_RECORDS);
    try {
      const { status } = await this.#link.post(
        '/feedback',
        JSON.stringify({ items }),
        signal,
      );
      if (status === 200) {
        this.#waiting = this.#waiting.slice(items.length);
      } else if (status >= 400 && status < 500 && status !== 401) {
        // A portal of an older release, or without usage, has no use for it.
        this.#waiting = this.#waiting.slice(items.length);
        if (!this.#isToldAbsent) {
          this.#isToldAbsent = true;
          this.#logger.warn('The control plane takes no feedback', { status });
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#logger.warn('Feedback waits for the control plane', {
          reason: (error as Error).message,
        });
      }
    }
  }
}
