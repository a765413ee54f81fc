import { ServiceUnavailableError } from '@backstage/errors';

/** How long a cluster that is away is left alone. */
export interface AvailabilityTimes {
  firstDelay: number;
  longestDelay: number;
}

/**
 * Whether a cluster answers. While it does not, it is asked ever more seldom,
 * and everyone else is told so at once instead of waiting for it too.
 */
export class Availability {
  static create(options: {
    now?: () => number;
    times?: Partial<AvailabilityTimes>;
  }): Availability {
    return new Availability(options);
  }

  readonly #now: () => number;
  readonly #times: AvailabilityTimes;
  #since: number;
  #failure?: { message: string; nextTry: number; delay: number };

  private constructor({
    now = Date.now,
    times,
  }: Parameters<typeof Availability.create>[0]) {
    this.#now = now;
    this.#times = { firstDelay: 1000, longestDelay: 60_000, ...times };
    this.#since = now();
  }

  /** For people; undefined while the cluster answers. */
  get failure(): string | undefined {
    return this.#failure?.message;
  }

  /** ISO 8601; since when it is so. */
  get since(): string {
    return new Date(this.#since).toISOString();
  }

  /**
   * Asks the cluster something.
   *
   * @throws ServiceUnavailableError when it does not answer, or did not just now.
   */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    const failure = this.#failure;
    if (failure && this.#now() < failure.nextTry) {
      throw new ServiceUnavailableError(failure.message);
    }
    try {
      const answer = await ask();
      this.#answered();
      return answer;
    } catch (error) {
      if (error instanceof ServiceUnavailableError) {
        this.#failed(error.message);
      } else {
        this.#answered();
      }
      throw error;
    }
  }

  #answered() {
    if (this.#failure) {
      this.#failure = undefined;
      this.#since = this.#now();
    }
  }

  #failed(message: string) {
    const now = this.#now();
    if (!this.#failure) {
      this.#since = now;
    } else if (now < this.#failure.nextTry) {
      // Several that asked at the same time failed together: that is one failure.
      return;
    }
    const delay = this.#failure
      ? Math.min(this.#failure.delay * 2, this.#times.longestDelay)
      : this.#times.firstDelay;
    this.#failure = { message, delay, nextTry: now + delay };
  }
}
