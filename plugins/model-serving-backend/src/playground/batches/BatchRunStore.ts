import {
  LeasedRows,
  type Clock,
  type LeasedRow,
} from '@modelhub/backstage-plugin-models-node';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import {
  OPEN_STATES,
  type BatchRunRecord,
  type RunProgressRecord,
} from './records';

/** A replica that was killed loses its runs after this. */
export const LEASE_MS = 15_000;

interface Row extends LeasedRow {
  batch_id: string;
  place: number;
  person: string;
  target: string;
  pin: string | null;
  state: BatchRunRecord['state'];
  finished_at: number | string | null;
  progress: string | null;
  result?: string | null;
  result_id: string | null;
  attached: string | null;
}

/** All but the result, which may be large. */
const SMALL = [
  'id',
  'batch_id',
  'place',
  'person',
  'target',
  'pin',
  'state',
  'attempts',
  'created_at',
  'started_at',
  'finished_at',
  'progress',
  'problem',
  'result_id',
  'attached',
] as const;

const time = (ms: number | string | null) =>
  ms === null ? undefined : Number(ms);

const toRecord = (row: Row): BatchRunRecord => ({
  id: row.id,
  batchId: row.batch_id,
  place: row.place,
  person: row.person,
  target: JSON.parse(row.target),
  pin: row.pin ?? undefined,
  state: row.state,
  attempts: row.attempts,
  createdAt: Number(row.created_at),
  startedAt: time(row.started_at),
  finishedAt: time(row.finished_at),
  progress: row.progress ? JSON.parse(row.progress) : undefined,
  problem: row.problem ?? undefined,
  result: row.result ? JSON.parse(row.result) : undefined,
  resultId: row.result_id ?? undefined,
  attached: row.attached ? JSON.parse(row.attached) : [],
});

/** Targets of batches, leased to one replica at a time. Inside a transaction pass it. */
export class BatchRunStore {
  static create(options: {
    knex: Knex;
    clock: Clock;
    /** Names this replica. */
    owner: string;
  }): BatchRunStore {
    return new BatchRunStore(options);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #leases: LeasedRows<Row>;

  private constructor(options: Parameters<typeof BatchRunStore.create>[0]) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#leases = LeasedRows.create<Row>({
      ...options,
      table: 'playground_runs',
      leaseMs: LEASE_MS,
    });
  }

  async add(tx: Knex.Transaction, runs: BatchRunRecord[]): Promise<void> {
    await tx<Row>('playground_runs').insert(
      runs.map(run => ({
        id: run.id,
        batch_id: run.batchId,
        place: run.place,
        person: run.person,
        target: JSON.stringify(run.target),
        pin: run.pin ?? null,
        state: run.state,
        attempts: run.attempts,
        next_attempt_at: run.createdAt,
        created_at: run.createdAt,
      })),
    );
  }

  /** Of batches, by place; without results. */
  async ofBatches(
    ids: string[],
    tx: Knex = this.#knex,
  ): Promise<BatchRunRecord[]> {
    const rows = await tx<Row>('playground_runs')
      .whereIn('batch_id', ids)
      .orderBy('place')
      .select(...SMALL);
    return (rows as Row[]).map(toRecord);
  }

  /** With its result. */
  async at(
    batchId: string,
    place: number,
    tx: Knex = this.#knex,
  ): Promise<BatchRunRecord | undefined> {
    const row = await tx<Row>('playground_runs')
      .where({ batch_id: batchId, place })
      .first();
    return row && toRecord(row);
  }

  /** All of a batch, with results. */
  async whole(batchId: string): Promise<BatchRunRecord[]> {
    const rows: Row[] = await this.#knex<Row>('playground_runs')
      .where({ batch_id: batchId })
      .orderBy('place');
    return rows.map(toRecord);
  }

  /**
   * The run that is due next, or whose replica is gone, if there is one.
   *
   * @param except - runs that are here already, even if their lease has ended
   */
  async lease(except: string[]): Promise<BatchRunRecord | undefined> {
    const row = await this.#leases.lease(except);
    return row && toRecord(row);
  }

  /** Holds on to a run. Throws `LeaseLost`. */
  async renew(
    run: BatchRunRecord,
    tx: Knex = this.#knex,
    progress?: RunProgressRecord,
  ): Promise<void> {
    await this.#leases.renew(run, tx, {
      ...(progress && { progress: JSON.stringify(progress) }),
    });
  }

  /** Ids of those that are not for this replica any more. */
  async lost(runs: BatchRunRecord[]): Promise<string[]> {
    return this.#leases.lost(runs);
  }

  async release(run: BatchRunRecord): Promise<void> {
    await this.#leases.release(run);
  }

  async retryLater(
    run: BatchRunRecord,
    waitMs: number,
    problem: string,
  ): Promise<void> {
    await this.#leases.retryLater(run, waitMs, problem);
  }

  /** Throws `LeaseLost`. */
  async end(
    run: BatchRunRecord,
    end:
      | {
          state: 'finished';
          result: EvaluationResult;
          progress: RunProgressRecord;
        }
      | { state: 'failed'; problem: string },
  ): Promise<void> {
    await this.#leases.end(this.#knex, run, {
      state: end.state,
      finished_at: this.#now(),
      ...(end.state === 'finished'
        ? {
            problem: null,
            result: JSON.stringify(end.result),
            progress: JSON.stringify(end.progress),
          }
        : { problem: end.problem }),
    });
  }

  /** What is open of a batch. */
  async cancel(batchId: string): Promise<number> {
    return this.#knex<Row>('playground_runs')
      .where({ batch_id: batchId })
      .whereIn('state', OPEN_STATES)
      .update({
        state: 'cancelled',
        owner: null,
        lease_until: null,
        finished_at: this.#now(),
      });
  }

  /** What failed or was cancelled of a batch. */
  async requeue(tx: Knex.Transaction, batchId: string): Promise<number> {
    return tx<Row>('playground_runs')
      .where({ batch_id: batchId })
      .whereIn('state', ['failed', 'cancelled'])
      .update({
        state: 'queued',
        attempts: 0,
        next_attempt_at: this.#now(),
        finished_at: null,
        problem: null,
      });
  }

  /** What became of the result in governance. */
  async filed(
    run: Pick<BatchRunRecord, 'id'>,
    change: { resultId: string; attached?: string[] },
  ): Promise<void> {
    await this.#knex<Row>('playground_runs')
      .where({ id: run.id })
      .update({
        result_id: change.resultId,
        ...(change.attached && { attached: JSON.stringify(change.attached) }),
      });
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
