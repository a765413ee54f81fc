import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { TooManyChats } from './TooManyChats';

const MINUTE_MS = 60_000;

/**
 * How much one person prompts, at once and in a minute. Of this replica: what
 * all of them may do is the business of the gateway's limits.
 */
export class ChatLimits {
  static create(options: {
    clock: Clock;
    atOnce: number;
    perMinute: number;
  }): ChatLimits {
    return new ChatLimits(options);
  }

  readonly #options: Parameters<typeof ChatLimits.create>[0];
  /** By person: calls that run, and when the calls of the last minute began. */
  readonly #people = new Map<string, { running: number; began: number[] }>();

  private constructor(options: Parameters<typeof ChatLimits.create>[0]) {
    this.#options = options;
  }

  /**
   * Takes a place.
   *
   * @returns gives it back
   * @throws TooManyChats
   */
  enter(person: string): () => void {
    const { atOnce, perMinute, clock } = this.#options;
    const now = clock.now().getTime();
    this.#forget(now);
    const it = this.#people.get(person) ?? { running: 0, began: [] };
    if (it.running >= atOnce) {
      throw new TooManyChats(
        `You prompt ${it.running} models at once, which is the most. Wait for one of them to end.`,
        1,
      );
    }
    if (it.began.length >= perMinute) {
      const seconds = Math.max(
        1,
        Math.ceil((it.began[0] + MINUTE_MS - now) / 1000),
      );
      throw new TooManyChats(
        `You may prompt ${perMinute} times a minute here. Try again in ${seconds} s, or send many prompts as a file.`,
        seconds,
      );
    }
    it.running += 1;
    it.began.push(now);
    this.#people.set(person, it);
    let isIn = true;
    return () => {
      if (isIn) it.running -= 1;
      isIn = false;
    };
  }

  #forget(now: number): void {
    for (const [person, it] of this.#people) {
      it.began = it.began.filter(at => at > now - MINUTE_MS);
      if (it.running === 0 && it.began.length === 0) {
        this.#people.delete(person);
      }
    }
  }
}
