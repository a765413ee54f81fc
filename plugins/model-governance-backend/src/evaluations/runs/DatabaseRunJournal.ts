import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import type { JournalEntry, JournalHeader, RunJournal } from '@modelhub/evals';
import type { Knex } from 'knex';
import type { RunRecord, RunStore } from './RunStore';

const PAGE = 500;
const MOST_IN_A_BATCH = 100;

interface Row {
  seq: number | string;
  run_id: string;
  record: string;
}

/**
 * The journal of a run in the database: whichever replica takes the run up
 * goes on from it. Entries that come together are kept together, and only as
 * long as the run is leased to this replica.
 */
export class DatabaseRunJournal implements RunJournal {
  static create(options: {
    transactions: Transactions;
    runs: Pick<RunStore, 'renew'>;
    run: RunRecord;
  }): DatabaseRunJournal {
    return new DatabaseRunJournal(options);
  }

  readonly #transactions: Transactions;
  readonly #runs: Pick<RunStore, 'renew'>;
  readonly #run: RunRecord;
  #waiting: Array<{ record: string; done(error?: unknown): void }> = [];
  #writing: Promise<void> | undefined;

  private constructor(
    options: Parameters<typeof DatabaseRunJournal.create>[0],
  ) {
    this.#transactions = options.transactions;
    this.#runs = options.runs;
    this.#run = options.run;
  }

  async open(header: JournalHeader): Promise<JournalHeader> {
    const first = await this.#rows(this.#transactions.knex)
      .orderBy('seq')
      .first();
    if (!first) {
      await this.#add(JSON.stringify(header));
      return header;
    }
    const kept: JournalHeader = JSON.parse(first.record);
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
      const rows: Row[] = await this.#rows(this.#transactions.knex)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(PAGE);
      for (const { record, seq } of rows) {
        after = Number(seq);
        if (!isHeader) yield JSON.parse(record);
        isHeader = false;
      }
      if (rows.length < PAGE) return;
    }
  }

  /** @throws LeaseLost */
  append(entry: JournalEntry): Promise<void> {
    return this.#add(JSON.stringify(entry));
  }

  async close(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  #add(record: string): Promise<void> {
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
        await this.#transactions.run(async tx => {
          await this.#runs.renew(this.#run, tx);
          await tx<Row>('evaluation_run_records').insert(
            batch.map(({ record }) => ({ run_id: this.#run.id, record })),
          );
        });
        for (const { done } of batch) done();
      } catch (error) {
        for (const { done } of batch) done(error);
      }
    }
    // At once: whatever is added from now on is written by the next one.
    this.#writing = undefined;
  }

  #rows(db: Knex) {
    return db<Row>('evaluation_run_records').where({ run_id: this.#run.id });
  }
}
