/** Retries that may be saved up, so that a quiet gateway can still retry. */
const MOST_SAVED = 20;

/**
 * Keeps retries a small share of the calls, so that a provider in trouble does
 * not get more calls than a healthy one.
 */
export class RetryBudget {
  readonly #share: number;
  #saved = MOST_SAVED / 2;

  /** @param share - retries per call on the average */
  constructor(share: number) {
    this.#share = share;
  }

  /** Counts a call. */
  earn(): void {
    this.#saved = Math.min(MOST_SAVED, this.#saved + this.#share);
  }

  /** @returns whether there may be a retry */
  spend(): boolean {
    if (this.#share === 0 || this.#saved < 1) {
      return false;
    }
    this.#saved -= 1;
    return true;
  }
}
