import type {
  PackRun,
  PackRunState,
} from '@modelhub/backstage-plugin-models-common';
import {
  LeasedRows,
  type Clock,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

/** A replica that was killed loses its runs after this. */
export const LEASE_MS = 15_000;

/** A run as it is kept. Times are milliseconds since 1970. */
export interface RunRecord {
  id: string;
  entityRef: string;
  modelVersion: string;
  pin: string;
  pack: PackRun['pack'];
  /** That were named when it was started. */
  gates: string[];
  state: PackRunState;
  requestedBy: string;
  team: string;
  attempts: number;
  createdAt: number;
  nextAttemptAt: number;
  startedAt?: number;
  finishedAt?: number;
  progress?: PackRun['progress'];
  problem?: string;
  resultId?: string;
}

interface Row {
  id: string;
  entity_ref: string;
  model_version: string;
  pin: string;
  pack_ref: string;
  pack_name: string;
  pack_title: string;
  pack_version: string;
  pack_digest: string;
  gates: string;
  state: PackRunState;
  requested_by: string;
  team: string;
  attempts: number;
  owner: string | null;
  lease_until: number | string | null;
  next_attempt_at: number | string;
  created_at: number | string;
  started_at: number | string | null;
  finished_at: number | string | null;
  progress: string | null;
  problem: string | null;
  result_id: string | null;
}

const time = (ms: number | string | null) =>
  ms === null ? undefined : Number(ms);

const toRecord = (row: Row): RunRecord => ({
  id: row.id,
  entityRef: row.entity_ref,
  modelVersion: row.model_version,
  pin: row.pin,
  pack: {
    entityRef: row.pack_ref,
    name: row.pack_name,
    title: row.pack_title,
    version: row.pack_version,
    digest: row.pack_digest,
  },
  gates: JSON.parse(row.gates),
  state: row.state,
  requestedBy: row.requested_by,
  team: row.team,
  attempts: row.attempts,
  createdAt: Number(row.created_at),
  nextAttemptAt: Number(row.next_attempt_at),
  startedAt: time(row.started_at),
  finishedAt: time(row.finished_at),
  progress: row.progress === null ? undefined : JSON.parse(row.progress),
  problem: row.problem ?? undefined,
  resultId: row.result_id ?? undefined,
});

export interface RunQuery {
  entityRef?: string;
  packRef?: string;
  requestedBy?: string;
  states?: PackRunState[];
  /** Only those after this one in the list. */
  after?: { createdAt: number; id: string };
  limit: number;
}

export const OPEN_STATES: PackRunState[] = ['queued', 'running'];

/** Runs of packs, leased to one replica at a time. Inside a transaction pass it. */
export class RunStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    /** Names this replica. */
    owner: string;
  }): RunStore {
    return new RunStore(options);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #leases: LeasedRows<Row>;

  private constructor(options: Parameters<typeof RunStore.create>[0]) {
    const { clock, owner } = options;
    const { knex } = options.transactions;
    this.#knex = knex;
    this.#clock = clock;
    this.#leases = LeasedRows.create<Row>({
      knex,
      table: 'evaluation_runs',
      clock,
      owner,
      leaseMs: LEASE_MS,
    });
  }

  async add(tx: Knex.Transaction, run: RunRecord): Promise<void> {
    await tx<Row>('evaluation_runs').insert({
      id: run.id,
      entity_ref: run.entityRef,
      model_version: run.modelVersion,
      pin: run.pin,
      pack_ref: run.pack.entityRef,
      pack_name: run.pack.name,
      pack_title: run.pack.title,
      pack_version: run.pack.version,
      pack_digest: run.pack.digest,
      gates: JSON.stringify(run.gates),
      state: run.state,
      requested_by: run.requestedBy,
      team: run.team,
      attempts: run.attempts,
      next_attempt_at: run.nextAttemptAt,
      created_at: run.createdAt,
    });
  }

  async get(id: string, tx: Knex = this.#knex): Promise<RunRecord | undefined> {
    const row = await tx<Row>('evaluation_runs').where({ id }).first();
    return row && toRecord(row);
  }

  /** Newest first. */
  async list(query: RunQuery): Promise<RunRecord[]> {
    const { entityRef, packRef, requestedBy, states, after, limit } = query;
    const rows = this.#knex<Row>('evaluation_runs')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (entityRef !== undefined) rows.where({ entity_ref: entityRef });
    if (packRef !== undefined) rows.where({ pack_ref: packRef });
    if (requestedBy !== undefined) rows.where({ requested_by: requestedBy });
    if (states) rows.whereIn('state', states);
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

  /** Of a team: how many runs are not over, and how many were started since. */
  async usage(
    team: string,
    since: number,
    tx: Knex = this.#knex,
  ): Promise<{ open: number; started: number }> {
    const count = async (rows: Knex.QueryBuilder) =>
      Number((await rows.count({ n: '*' }))[0].n);
    return {
      open: await count(
        tx('evaluation_runs').where({ team }).whereIn('state', OPEN_STATES),
      ),
      started: await count(
        tx('evaluation_runs').where({ team }).where('created_at', '>', since),
      ),
    };
  }

  /**
   * The run that is due next, or whose replica is gone, if there is one.
   *
   * @param except - runs that are here already, even if their lease has ended
   */
  async lease(except: string[]): Promise<RunRecord | undefined> {
    const row = await this.#leases.lease(except);
    return row && toRecord(row);
  }

  /** Holds on to a run. Throws `LeaseLost`. */
  async renew(
    run: RunRecord,
    tx: Knex = this.#knex,
    progress?: RunRecord['progress'],
  ): Promise<void> {
    await this.#leases.renew(run, tx, {
      ...(progress && { progress: JSON.stringify(progress) }),
    });
  }

  /** Those of these runs that are not for this replica any more. */
  async lost(runs: RunRecord[]): Promise<string[]> {
    return this.#leases.lost(runs);
  }

  /** Gives a run back that was not ended, so that another replica takes it up. */
  async release(run: RunRecord): Promise<void> {
    await this.#leases.release(run);
  }

  /** Tries again later. */
  async retryLater(
    run: RunRecord,
    waitMs: number,
    problem: string,
  ): Promise<void> {
    await this.#leases.retryLater(run, waitMs, problem);
  }

  /** Throws `LeaseLost`. */
  async end(
    tx: Knex.Transaction,
    run: RunRecord,
    end:
      | {
          state: 'finished';
          resultId: string;
          progress?: RunRecord['progress'];
        }
      | { state: 'failed'; problem: string },
  ): Promise<void> {
    await this.#leases.end(tx, run, {
      state: end.state,
      finished_at: this.#clock.now().getTime(),
      ...(end.state === 'finished'
        ? {
            result_id: end.resultId,
            problem: null,
            ...(end.progress && { progress: JSON.stringify(end.progress) }),
          }
        : { problem: end.problem }),
    });
  }

  /** False when it is over. */
  async cancel(tx: Knex.Transaction, id: string): Promise<boolean> {
    const cancelled = await tx<Row>('evaluation_runs')
      .where({ id })
      .whereIn('state', OPEN_STATES)
      .update({
        state: 'cancelled',
        owner: null,
        lease_until: null,
        finished_at: this.#clock.now().getTime(),
      });
    return cancelled === 1;
  }

  /** False when it is neither failed nor cancelled. */
  async requeue(tx: Knex.Transaction, id: string): Promise<boolean> {
    const queued = await tx<Row>('evaluation_runs')
      .where({ id })
      .whereIn('state', ['failed', 'cancelled'])
      .update({
        state: 'queued',
        attempts: 0,
        next_attempt_at: this.#clock.now().getTime(),
        finished_at: null,
        problem: null,
      });
    return queued === 1;
  }

  /** Forgets the answers of runs that have been over for long. */
  async pruneJournals(endedBefore: number): Promise<void> {
    await this.#knex('evaluation_run_records')
      .whereIn(
        'run_id',
        this.#knex('evaluation_runs')
          .where('finished_at', '<', endedBefore)
          .whereNotIn('state', OPEN_STATES)
          .select('id'),
      )
      .delete();
  }
}
