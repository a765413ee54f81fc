import type { Clock } from '../rooms';

/**
 * A clock that stands still until it is moved.
 *
 * @public
 */
export class TestClock implements Clock {
  #now: Date;

  constructor(start = '2026-11-02T09:00:00.000Z') {
    this.#now = new Date(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}
