import { setTimeout as delay } from 'node:timers/promises';
import {
  EndpointError,
  failureOf,
  isOverload,
  isPassing,
  type Failure,
} from './failures';
import { Throttle } from './Throttle';

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

/** Attempts at a request that an endpoint with too much to do is asked at most. */
const MOST_TURNS = 200;

/**
 * Tries again what failed for a reason that passes. When the endpoint asks to
 * wait, nobody who shares this asks it before that, and then fewer at once.
 */
export class Retrier {
  readonly #options: RetrierOptions;
  readonly #throttle = new Throttle();
  #answers = 0;

  constructor(options: RetrierOptions) {
    this.#options = options;
  }

  /** Milliseconds until the endpoint may be asked again. */
  get waitingMs(): number {
    return this.#throttle.waitingMs;
  }

  /**
   * @throws EndpointError of the last attempt; the reason of the signal where it was aborted
   */
  async run<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    let timeouts = 0;
    let failures = 0;
    let refusals = 0;
    let answersSeen = this.#answers;
    for (let turn = 0; ; turn++) {
      let pause = 0;
      await this.#throttle.enter(signal);
      try {
        const answer = await attempt();
        this.#answers += 1;
        this.#throttle.succeeded();
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error);
        if (failure.reason === 'timeout') timeouts += 1;
        const { retryAfterMs = 0 } = failure;
        const { retries, longestWaitMs, onRetry } = this.#options;
        const isTooLong = retryAfterMs > longestWaitMs;
        if (isOverload(failure)) {
          this.#throttle.overloaded(isTooLong ? 0 : retryAfterMs);
          // While others are answered, this one is in a queue and not in vain.
          refusals = this.#answers > answersSeen ? 0 : refusals + 1;
          answersSeen = this.#answers;
        } else {
          failures += 1;
        }
        if (isTooLong) {
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
          failures + refusals > retries ||
          turn >= MOST_TURNS ||
          !isPassing(failure) ||
          timeouts > TIMEOUT_RETRIES
        ) {
          throw new EndpointError(failure, { cause: error });
        }
        pause = Math.max(this.#backoff(failures + refusals), retryAfterMs);
        onRetry(failure, pause);
      } finally {
        this.#throttle.leave();
      }
      await delay(pause, undefined, { signal });
    }
  }

  /** Between half of it and all of it. */
  #backoff(failed: number): number {
    const most = Math.min(
      LONGEST_BACKOFF_MS,
      this.#options.backoffMs * 2 ** Math.max(0, failed - 1),
    );
    return Math.round(most * (0.5 + Math.random() * 0.5));
  }
}
