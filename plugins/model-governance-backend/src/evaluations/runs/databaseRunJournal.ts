import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import { RecordJournal, type RunJournal } from '@modelhub/evals';
import type { RunRecord, RunStore } from './RunStore';

interface Row {
  seq: number | string;
  run_id: string;
  record: string;
}

/**
 * The journal of a run in the database: whichever replica takes the run up
 * goes on from it. Entries are kept only as long as the run is leased to this
 * replica; then `append` throws `LeaseLost`.
 */
export function databaseRunJournal(options: {
  transactions: Transactions;
  runs: Pick<RunStore, 'renew'>;
  run: RunRecord;
}): RunJournal {
  const { transactions, runs, run } = options;
  return RecordJournal.create({
    page: async (after, limit) => {
      const rows: Row[] = await transactions
        .knex<Row>('evaluation_run_records')
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
        await tx<Row>('evaluation_run_records').insert(
          records.map(({ text }) => ({ run_id: run.id, record: text })),
        );
      });
    },
  });
}
