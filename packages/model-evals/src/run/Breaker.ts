import { adviceFor, type Failure } from '../endpoint/failures';
import { RunError } from './types';

/** So many refusals, and not one answer, say that there will be none. */
const FIRST_REFUSALS = 3;

/** Reasons that are about the endpoint and not about one request. */
const GENERAL =
  /^(connection|timeout|http-401|http-403|http-404|http-429|http-5\d\d)$/;

/**
 * Ends a run that has become pointless: nothing is answered from the start, or
 * nothing any more.
 */
export class Breaker {
  readonly #who: string;
  readonly #model: string;
  readonly #most: number;
  #answers = 0;
  #inARow = 0;
  #refusals = 0;

  constructor(options: { who: string; model: string; concurrency: number }) {
    this.#who = options.who;
    this.#model = options.model;
    this.#most = Math.max(20, options.concurrency * 3);
  }

  get hasAnswered(): boolean {
    return this.#answers > 0;
  }

  answered(): void {
    this.#answers += 1;
    this.#inARow = 0;
  }

  /** @throws RunError where it is not worth going on */
  failed(failure: Failure): void {
    this.#inARow = GENERAL.test(failure.reason) ? this.#inARow + 1 : 0;
    const advice = adviceFor(failure, this.#model);
    const words = `${this.#who} refuses: ${failure.message}.${
      advice ? ` ${advice}` : ''
    }`;
    // A key that is not known will not be known a second later.
    if (!this.hasAnswered && failure.reason === 'http-401') {
      throw new RunError(words);
    }
    this.#refusals += 1;
    if (!this.hasAnswered && this.#refusals >= FIRST_REFUSALS) {
      throw new RunError(words);
    }
    if (this.#inARow >= this.#most) {
      throw new RunError(
        `${words} The last ${
          this.#inARow
        } requests failed so; what was answered before is kept.`,
      );
    }
  }
}
