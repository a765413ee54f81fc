import type { JournalEntry, JournalHeader, RunJournal } from './types';

const PAGE = 500;
const MOST_IN_A_BATCH = 100;

/**
 * One line of a journal, as a store keeps it.
 *
 * @public
 */
export interface JournalRecord {
  /** JSON. */
  text: string;
  /** Absent of the header. */
  caseId?: string;
}

/**
 * Where the records of one run are kept, in order.
 *
 * @public
 */
export interface JournalRecords {
  /** Those after a place, the first ones first; places grow from 1 on. */
  page(
    after: number,
    limit: number,
  ): Promise<Array<{ place: number; text: string }>>;
  /** Keeps all of them or none. */
  add(records: JournalRecord[]): Promise<void>;
}

/**
 * The journal of a run in a store: whoever takes the run up goes on from it.
 * Entries that come together are kept together.
 *
 * @public
 */
export class RecordJournal implements RunJournal {
  static create(records: JournalRecords): RecordJournal {
    return new RecordJournal(records);
  }

  readonly #records: JournalRecords;
  #waiting: Array<{ record: JournalRecord; done(error?: unknown): void }> = [];
  #writing: Promise<void> | undefined;

  private constructor(records: JournalRecords) {
    this.#records = records;
  }

  /** @throws Error where what is kept is about another input */
  async open(header: JournalHeader): Promise<JournalHeader> {
    const [first] = await this.#records.page(0, 1);
    if (!first) {
      await this.#add({ text: JSON.stringify(header) });
      return header;
    }
    const kept: JournalHeader = JSON.parse(first.text);
    if (kept.inputDigest !== header.inputDigest) {
      throw new Error(
        'The pack, the model or the settings changed since this run began. Start another run.',
      );
    }
    return kept;
  }

  async *entries(): AsyncIterable<JournalEntry> {
    let isHeader = true;
    for (let after = 0; ; ) {
      const rows = await this.#records.page(after, PAGE);
      for (const { place, text } of rows) {
        after = place;
        if (!isHeader) yield JSON.parse(text);
        isHeader = false;
      }
      if (rows.length < PAGE) return;
    }
  }

  /** Throws what the store throws. */
  append(entry: JournalEntry): Promise<void> {
    return this.#add({ text: JSON.stringify(entry), caseId: entry.caseId });
  }

  async close(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #add(record: JournalRecord): Promise<void> {
    const kept = new Promise<void>((resolve, reject) => {
      this.#waiting.push({
        record,
        done: error => (error === undefined ? resolve() : reject(error)),
      });
    });
    this.#writing ??= this.#write();
    return kept;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_IN_A_BATCH);
      try {
        await this.#records.add(batch.map(({ record }) => record));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { done } of batch) done(error);
      }
    }
    // At once: whatever is added from now on is written by the next one.
    this.#writing = undefined;
  }
}
