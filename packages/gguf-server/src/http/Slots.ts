import { ApiError } from './ApiError';

interface Waiting {
  begin: () => void;
}

/** So many at a time, and so many who wait; beyond that nobody. */
export class Slots {
  readonly #most: number;
  readonly #mostWaiting: number;
  #running = 0;
  #queue: Waiting[] = [];

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Resolves when it is the caller's turn, with what gives the place back.
   *
   * @throws ApiError with status 429 when too many wait
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#most) {
      this.#running += 1;
    } else {
      await this.#wait(signal);
    }
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#giveBack();
    };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    if (this.#queue.length >= this.#mostWaiting) {
      throw new ApiError(
        429,
        `${this.#running} answers are being written and ${
          this.#queue.length
        } calls wait; try again in a moment.`,
        { type: 'rate_limit_error', code: 'queue_full', retryAfter: 1 },
      );
    }
    await new Promise<void>((resolve, reject) => {
      const one: Waiting = { begin: resolve };
      const leave = () => {
        this.#queue = this.#queue.filter(it => it !== one);
        reject(signal.reason);
      };
      one.begin = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(one);
    });
  }

  /** The place goes to the next one, or is free. */
  #giveBack(): void {
    const next = this.#queue.shift();
    if (next) next.begin();
    else this.#running -= 1;
  }
}
