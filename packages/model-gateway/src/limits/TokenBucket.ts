/**
 * A minute's worth that refills steadily. Time is monotonic and given by the
 * caller, in milliseconds; one that goes back changes nothing.
 */
export class TokenBucket {
  #perMinute: number;
  #level: number;
  #at: number;

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
      const refilled = ((now - this.#at) / 60_000) * this.#perMinute;
      this.#level = Math.min(this.capacity, this.#level + refilled);
      this.#at = now;
    }
    return this.#level;
  }

  /** More capacity has to fill first; with less, what is beyond it is lost. */
  resize(perMinute: number, now: number): void {
    this.level(now);
    this.#perMinute = perMinute;
    this.#level = Math.min(this.#level, this.capacity);
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
    this.#level = Math.min(this.capacity, this.level(now) + amount);
  }

  /** Until {@link has} says yes, rounded up. */
  secondsUntil(amount: number, now: number): number {
    const missing = Math.min(amount, this.capacity) - this.level(now);
    return missing <= 0
      ? 0
      : Math.max(1, Math.ceil((missing / this.#perMinute) * 60));
  }
}
