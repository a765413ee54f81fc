import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Look } from './Signals';

/** One more is written as it is. */
const MOST_WAITING = 64;

/**
 * Records of sampled calls, which are written once somebody looked at them: one
 * in each turn of the event loop, so that calls in progress go first.
 */
export class LaterRecords {
  readonly #write: (record: UsageRecord) => void;
  readonly #waiting: Array<{ record: UsageRecord; look: Look }> = [];
  #turn: NodeJS.Immediate | undefined;

  constructor(write: (record: UsageRecord) => void) {
    this.#write = write;
  }

  add(record: UsageRecord, look: Look): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#write(record);
      return;
    }
    this.#waiting.push({ record, look });
    this.#plan();
  }

  /** Writes what waits, as it is. */
  flush(): void {
    for (const { record } of this.#waiting.splice(0)) {
      this.#write(record);
    }
  }

  #plan(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      const next = this.#waiting.shift();
      if (next) {
        this.#finish(next);
      }
      if (this.#waiting.length > 0) {
        this.#plan();
      }
    });
  }

  #finish({ record, look }: { record: UsageRecord; look: Look }): void {
    try {
      Object.assign(record, look());
    } finally {
      this.#write(record);
    }
  }
}
