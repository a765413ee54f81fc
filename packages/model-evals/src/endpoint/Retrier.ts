import { setTimeout as delay } from 'node:timers/promises';
import { EndpointError, failureOf, isPassing, type Failure } from './failures';

export interface RetrierOptions {
  /** Further attempts. */
  retries: number;
  /** The first wait; it doubles. */
  backoffMs: number;
  /** The longest that the endpoint may ask to wait. */
  longestWaitMs: number;
  onRetry: (failure: Failure, waitMs: number) => void;
}

const LONGEST_BACKOFF_MS = 30_000;

/** One that took its whole time is tried once more, and not six times. */
const TIMEOUT_RETRIES = 1;

/**
 * Tries again what failed for a reason that passes. When the endpoint asks to
 * wait, nobody who shares this asks it before that.
 */
export class Retrier {
  readonly #options: RetrierOptions;
  #openAt = 0;

  constructor(options: RetrierOptions) {
    this.#options = options;
  }

  /** Milliseconds until the endpoint may be asked again. */
  get waitingMs(): number {
    return Math.max(0, this.#openAt - performance.now());
  }

  /**
   * @throws EndpointError of the last attempt; the reason of the signal where it was aborted
   */
  async run<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    let timeouts = 0;
    for (let retry = 0; ; retry++) {
      await this.#opened(signal);
      try {
        return await attempt();
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error);
        if (failure.reason === 'timeout') timeouts += 1;
        const { retryAfterMs = 0 } = failure;
        const { retries, longestWaitMs, onRetry } = this.#options;
        if (retryAfterMs > longestWaitMs) {
          const seconds = Math.round(retryAfterMs / 1000);
          throw new EndpointError(
            {
              ...failure,
              message: `${failure.message} (it asks to wait for ${seconds} s, which is too long)`,
            },
            { cause: error },
          );
        }
        if (
          retry >= retries ||
          !isPassing(failure) ||
          timeouts > TIMEOUT_RETRIES
        ) {
          throw new EndpointError(failure, { cause: error });
        }
        if (retryAfterMs > 0) {
          this.#openAt = Math.max(
            this.#openAt,
            performance.now() + retryAfterMs,
          );
        }
        const waitMs = this.#backoff(retry);
        onRetry(failure, Math.max(waitMs, retryAfterMs));
        await delay(waitMs, undefined, { signal });
      }
    }
  }

  async #opened(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.waitingMs > 0) {
      // Those who wait do not all come back in the same millisecond.
      const spread = 1 + Math.random() * 0.1;
      await delay(Math.ceil(this.waitingMs * spread), undefined, { signal });
    }
  }

  /** Between half of it and all of it. */
  #backoff(retry: number): number {
    const most = Math.min(
      LONGEST_BACKOFF_MS,
      this.#options.backoffMs * 2 ** retry,
    );
    return Math.round(most * (0.5 + Math.random() * 0.5));
  }
}
