import { setTimeout as delay } from 'node:timers/promises';

/**
 * How many requests an endpoint takes at once, found out as TCP does (AIMD,
 * Chiu and Jain 1989): as many as come until it says that there are too many,
 * then half of them, and one more each time that so many went well.
 */
export class Throttle {
  #underWay = 0;
  #limit = Infinity;
  #wentWell = 0;
  #openAt = 0;
  #halvedAt = -Infinity;
  readonly #queue: Array<() => void> = [];

  /** Milliseconds until the endpoint may be asked again. */
  get waitingMs(): number {
    return Math.max(0, this.#openAt - performance.now());
  }

  /** Returns when a request may be made; `leave` has to follow. */
  async enter(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.waitingMs > 0) {
        // Those who wait do not all come back in the same millisecond.
        const spread = 1 + Math.random() * 0.1;
        await delay(Math.ceil(this.waitingMs * spread), undefined, { signal });
      } else if (this.#underWay >= this.#limit) {
        await this.#place(signal);
      } else {
        this.#underWay += 1;
        return;
      }
    }
  }

  leave(): void {
    this.#underWay -= 1;
    this.#next();
  }

  /** A request was answered. */
  succeeded(): void {
    this.#wentWell += 1;
    if (this.#wentWell < this.#limit) return;
    this.#wentWell = 0;
    this.#limit += 1;
    this.#next();
  }

  /** The endpoint has too much to do; it may say until when. */
  overloaded(waitMs: number): void {
    const now = performance.now();
    this.#openAt = Math.max(this.#openAt, now + waitMs);
    // Those that were under way together are refused together: that is once.
    if (now < this.#halvedAt + Math.max(waitMs, 20)) return;
    this.#halvedAt = now;
    this.#wentWell = 0;
    this.#limit = Math.max(
      1,
      Math.floor(Math.min(this.#limit, this.#underWay) / 2),
    );
  }

  #next(): void {
    if (this.#underWay < this.#limit) this.#queue.shift()?.();
  }

  /** Until a place may be free, or the signal says that none is wanted. */
  #place(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.#queue.push(done);
    });
  }
}
