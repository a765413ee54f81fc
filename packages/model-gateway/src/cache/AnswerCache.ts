import { LRUCache } from 'lru-cache';

/** An answer as a provider gave it. */
export interface CachedAnswer {
  type: string;
  body: Buffer;
}

/** Beside the body: the key, the entry and what the table itself takes. */
const ENTRY_BYTES = 512;

/** Answers in memory; what was not used for longest goes first. */
export class AnswerCache {
  readonly #answers: LRUCache<string, CachedAnswer>;
  readonly #mostBytes: number;

  constructor(options: { maxBytes: number; now: () => number }) {
    // One answer must not push out all the others.
    this.#mostBytes = Math.max(1, Math.floor(options.maxBytes / 16));
    this.#answers = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ body }) => body.length + ENTRY_BYTES,
      ttlAutopurge: false,
      ttlResolution: 0,
      ttl: 1,
      perf: { now: options.now },
    });
  }

  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  get(key: string): CachedAnswer | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: CachedAnswer, seconds: number): void {
    if (answer.body.length <= this.#mostBytes) {
      this.#answers.set(key, answer, { ttl: seconds * 1000 });
    }
  }

  /** Longest body that is kept. */
  get mostBytes(): number {
    return this.#mostBytes;
  }
}
