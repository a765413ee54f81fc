/**
 * A minute's worth that refills steadily. Time is monotonic and given by the
 * caller, in milliseconds; one that goes back changes nothing.
 */
export class TokenBucket {
  #perMinute: number;
  #level: number;
  #at: number;
  /** What is beyond the capacity goes by so much in a minute. */
  #drain = 0;

  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute;
    this.#level = this.capacity;
    this.#at = now;
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** At least one, so that the smallest part of a limit still lets calls through. */
  get capacity(): number {
    return Math.max(1, this.#perMinute);
  }

  /** What is left; below zero after a call took more than was known before. */
  level(now: number): number {
    if (now > this.#at) {
      const minutes = (now - this.#at) / 60_000;
      const { capacity } = this;
      this.#level =
        this.#level > capacity
          ? Math.max(capacity, this.#level - minutes * this.#drain)
          : Math.min(capacity, this.#level + minutes * this.#perMinute);
      this.#at = now;
    }
    return this.#level;
  }

  /**
   * More capacity has to fill first. With less, what is beyond it goes within a
   * minute: as fast as it fills where the capacity went.
   */
  resize(perMinute: number, now: number): void {
    this.level(now);
    this.#perMinute = perMinute;
    this.#drain = Math.max(0, this.#level - this.capacity);
  }

  /** Whether so much can be taken; of more than it ever holds, when it is full. */
  has(amount: number, now: number): boolean {
    return this.level(now) >= Math.min(amount, this.capacity);
  }

  take(amount: number, now: number): void {
    this.#level = this.level(now) - amount;
  }

  /** Gives back; a negative amount takes without asking. */
  give(amount: number, now: number): void {
    const level = this.level(now);
    this.#level = Math.min(Math.max(level, this.capacity), level + amount);
  }

  /** Until {@link has} says yes, rounded up. */
  secondsUntil(amount: number, now: number): number {
    const missing = Math.min(amount, this.capacity) - this.level(now);
    return missing <= 0
      ? 0
      : Math.max(1, Math.ceil((missing / this.#perMinute) * 60));
  }
}
