import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import {
  RecordJournal,
  type CaseAnswer,
  type CaseScore,
  type JournalEntry,
  type RunJournal,
} from '@modelhub/evals';
import type { BatchRunStore } from './BatchRunStore';
import type { BatchRunRecord } from './records';

interface Row {
  seq: number | string;
  run_id: string;
  case_id: string | null;
  record: string;
}

/** What a target said to one row. */
export interface KeptAnswer {
  answer?: CaseAnswer;
  /** By the name of the metric. */
  scores: Record<string, CaseScore>;
}

/** Answers and scores of runs: their journals, and what tables show. */
export class AnswerStore {
  static create(options: {
    transactions: Transactions;
    runs: Pick<BatchRunStore, 'renew'>;
  }): AnswerStore {
    return new AnswerStore(options);
  }

  readonly #options: Parameters<typeof AnswerStore.create>[0];

  private constructor(options: Parameters<typeof AnswerStore.create>[0]) {
    this.#options = options;
  }

  /** What is appended is kept as long as the run is leased here; then it throws `LeaseLost`. */
  journal(run: BatchRunRecord): RunJournal {
    const { transactions, runs } = this.#options;
    return RecordJournal.create({
      page: async (after, limit) => {
        const rows: Row[] = await transactions
          .knex<Row>('playground_records')
          .where({ run_id: run.id })
          .where('seq', '>', after)
          .orderBy('seq')
          .limit(limit);
        return rows.map(({ seq, record }) => ({
          place: Number(seq),
          text: record,
        }));
      },
      add: async records => {
        await transactions.run(async tx => {
          await runs.renew(run, tx);
          await tx<Row>('playground_records').insert(
            records.map(({ text, caseId }) => ({
              run_id: run.id,
              case_id: caseId ?? null,
              record: text,
            })),
          );
        });
      },
    });
  }

  /** By run and case. */
  async of(
    runIds: string[],
    caseIds: string[],
  ): Promise<(runId: string, caseId: string) => KeptAnswer> {
    const rows: Row[] =
      runIds.length === 0 || caseIds.length === 0
        ? []
        : await this.#options.transactions
            .knex<Row>('playground_records')
            .whereIn('run_id', runIds)
            .whereIn('case_id', caseIds)
            .orderBy('seq');
    const kept = new Map<string, KeptAnswer>();
    const at = (runId: string, caseId: string) => {
      const key = `${runId}\n${caseId}`;
      const it = kept.get(key) ?? { scores: {} };
      kept.set(key, it);
      return it;
    };
    for (const { run_id, record } of rows) {
      const entry: JournalEntry = JSON.parse(record);
      const it = at(run_id, entry.caseId);
      if (entry.kind === 'answer') it.answer ??= entry.answer;
      if (entry.kind === 'scores') Object.assign(it.scores, entry.scores);
    }
    return at;
  }
}
