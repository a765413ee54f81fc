import type { RoutingConfig } from '../config';

/**
 * Stops calling what fails: opens after so many failures within a window, and
 * lets one call try after a while. Time is counted in milliseconds of a clock
 * that never goes back.
 */
export class Circuit {
  readonly #config: RoutingConfig;
  #windowStart = 0;
  #calls = 0;
  #failures = 0;
  #openUntil: number | undefined;
  #probing = false;

  constructor(config: RoutingConfig) {
    this.#config = config;
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#openUntil === undefined) {
      return 'closed';
    }
    return this.#probing ? 'half-open' : 'open';
  }

  /** @returns how long to wait; nothing when the call may go */
  enter(now: number): number | undefined {
    if (this.#openUntil === undefined) {
      return undefined;
    }
    if (now >= this.#openUntil && !this.#probing) {
      this.#probing = true;
      return undefined;
    }
    return Math.max(this.#openUntil - now, 1_000);
  }

  succeeded(now: number): void {
    if (this.#openUntil === undefined) {
      this.#count(now);
    } else if (this.#probing) {
      this.#openUntil = undefined;
      this.#probing = false;
      this.#restart(now);
    }
  }

  failed(now: number): void {
    if (this.#openUntil !== undefined) {
      if (this.#probing) {
        this.#open(now);
      }
      return;
    }
    this.#count(now);
    this.#failures += 1;
    if (
      this.#failures >= this.#config.circuitFailures &&
      this.#failures * 2 >= this.#calls
    ) {
      this.#open(now);
    }
  }

  /** The call ended without telling anything about the provider. */
  cancelled(): void {
    this.#probing = false;
  }

  #open(now: number): void {
    this.#openUntil = now + this.#config.circuitOpenMs;
    this.#probing = false;
  }

  #count(now: number): void {
    if (now - this.#windowStart > this.#config.circuitWindowMs) {
      this.#restart(now);
    }
    this.#calls += 1;
  }

  #restart(now: number): void {
    this.#windowStart = now;
    this.#calls = 0;
    this.#failures = 0;
  }
}
