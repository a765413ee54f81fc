import type { Knex } from 'knex';
import type { BatchRecord, RowRecord } from './records';
import { OPEN_STATES } from './records';

interface Row {
  id: string;
  name: string;
  file_name: string | null;
  person: string;
  profile: string | null;
  format: BatchRecord['format'];
  digest: string;
  row_count: number;
  columns: string;
  system_text: string | null;
  settings: string;
  scorers: string;
  created_at: number | string;
  erase_at: number | string;
}

interface CaseRow {
  batch_id: string;
  place: number;
  line: number;
  case_id: string;
  content: string;
}

/** SQLite takes so many values in one statement, and no more. */
const ROWS_AT_ONCE = 100;

const toRecord = (row: Row): BatchRecord => ({
  id: row.id,
  name: row.name,
  ...(row.file_name !== null && { fileName: row.file_name }),
  person: row.person,
  ...(row.profile !== null && { profile: row.profile }),
  format: row.format,
  digest: row.digest,
  rowCount: row.row_count,
  columns: JSON.parse(row.columns),
  ...(row.system_text !== null && { system: row.system_text }),
  settings: JSON.parse(row.settings),
  scorers: JSON.parse(row.scorers),
  createdAt: Number(row.created_at),
  eraseAt: Number(row.erase_at),
});

const toRow = ({ place, line, content }: CaseRow): RowRecord => ({
  place,
  line,
  case: JSON.parse(content),
});

/** Batches and the rows of their files. */
export class BatchStore {
  static create(options: { knex: Knex }): BatchStore {
    return new BatchStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    tx: Knex.Transaction,
    batch: BatchRecord,
    rows: RowRecord[],
  ): Promise<void> {
    await tx<Row>('playground_batches').insert({
      id: batch.id,
      name: batch.name,
      file_name: batch.fileName ?? null,
      person: batch.person,
      profile: batch.profile ?? null,
      format: batch.format,
      digest: batch.digest,
      row_count: batch.rowCount,
      columns: JSON.stringify(batch.columns),
      system_text: batch.system ?? null,
      settings: JSON.stringify(batch.settings),
      scorers: JSON.stringify(batch.scorers),
      created_at: batch.createdAt,
      erase_at: batch.eraseAt,
    });
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await tx<CaseRow>('playground_rows').insert(
        rows.slice(at, at + ROWS_AT_ONCE).map(row => ({
          batch_id: batch.id,
          place: row.place,
          line: row.line,
          case_id: row.case.id,
          content: JSON.stringify(row.case),
        })),
      );
    }
  }

  async get(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<BatchRecord | undefined> {
    const row = await tx<Row>('playground_batches').where({ id }).first();
    return row && toRecord(row);
  }

  /** Newest first. */
  async list(query: {
    person: string;
    after?: { createdAt: number; id: string };
    limit: number;
  }): Promise<BatchRecord[]> {
    const { person, after, limit } = query;
    const rows = this.#knex<Row>('playground_batches')
      .where({ person })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (after) {
      rows.where(older =>
        older
          .where('created_at', '<', after.createdAt)
          .orWhere(same =>
            same
              .where('created_at', after.createdAt)
              .where('id', '<', after.id),
          ),
      );
    }
    const found: Row[] = await rows;
    return found.map(toRecord);
  }

  /** In the file's order. */
  async rows(
    batchId: string,
    page: { from: number; limit: number } = { from: 0, limit: 100_000 },
  ): Promise<RowRecord[]> {
    const rows: CaseRow[] = await this.#knex<CaseRow>('playground_rows')
      .where({ batch_id: batchId })
      .where('place', '>=', page.from)
      .orderBy('place')
      .limit(page.limit);
    return rows.map(toRow);
  }

  /** Of a person: how many are not over. */
  async open(person: string, tx: Knex): Promise<number> {
    const [{ n }] = await tx('playground_runs')
      .where({ person })
      .whereIn('state', OPEN_STATES)
      .countDistinct({ n: 'batch_id' });
    return Number(n);
  }

  /** Ids of batches whose time is over. */
  async due(now: number, limit: number): Promise<string[]> {
    return this.#knex<Row>('playground_batches')
      .where('erase_at', '<=', now)
      .orderBy('erase_at')
      .limit(limit)
      .pluck('id');
  }

  /** Forgets a batch with all that was asked and answered. */
  async erase(tx: Knex.Transaction, id: string): Promise<void> {
    await tx('playground_records')
      .whereIn(
        'run_id',
        tx('playground_runs').where({ batch_id: id }).select('id'),
      )
      .delete();
    await tx('playground_runs').where({ batch_id: id }).delete();
    await tx('playground_rows').where({ batch_id: id }).delete();
    await tx('playground_batches').where({ id }).delete();
  }
}
