import type {
  Clock,
  GateProgress,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { EvidenceStore } from './EvidenceStore';
import type { LeasedRun, RunResult, RunRow } from './rows';

/** A replica that was killed loses its runs after this. */
export const LEASE_MS = 15_000;

/** Another replica has taken over, so nothing is kept. */
class LeaseLost extends Error {}

/** Runs, leased to one replica at a time. */
export class GateRunStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    owner: string;
    evidence: EvidenceStore;
  }): GateRunStore {
    return new GateRunStore(options);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #evidence: EvidenceStore;

  private constructor(options: Parameters<typeof GateRunStore.create>[0]) {
    this.#transactions = options.transactions;
    this.#clock = options.clock;
    this.#owner = options.owner;
    this.#evidence = options.evidence;
  }

  /**
   * Lease runs that are due or whose replica is gone, as long as an approval
   * waits for them.
   *
   * @param except - What runs here already, even if its lease has ended, and
   * gates of which no more run here at once.
   */
  async lease(
    limit: number,
    except: { runs: string[]; gates: string[] },
  ): Promise<LeasedRun[]> {
    const { knex } = this.#transactions;
    const now = this.#clock.now().getTime();
    const due: RunRow[] = await knex('gate_runs')
      .whereNotIn('id', except.runs)
      .whereNotIn('gate_id', except.gates)
      .whereIn('id', this.#wanted())
      .where(either =>
        either
          .where(q =>
            q.where({ status: 'queued' }).where('next_attempt_at', '<=', now),
          )
          .orWhere(q =>
            q.where({ status: 'running' }).where('lease_until', '<=', now),
          ),
      )
      .orderBy('created_at')
      .limit(limit);
    const leased: LeasedRun[] = [];
    for (const row of due) {
      const attempt = row.attempts + 1;
      // Each lease is an attempt, so a row that changed meanwhile is not ours.
      const won = await knex('gate_runs')
        .where({ id: row.id, status: row.status, attempts: row.attempts })
        .update({
          status: 'running',
          attempts: attempt,
          owner: this.#owner,
          lease_until: now + LEASE_MS,
          started_at: now,
          progress: null,
        });
      if (won === 1) {
        leased.push({
          id: row.id,
          gateId: row.gate_id,
          attempt,
          subject: JSON.parse(row.subject),
          params: JSON.parse(row.params),
        });
      }
    }
    return leased;
  }

  /** Hold on to a run; false when another replica has taken over. */
  async renew(run: LeasedRun): Promise<boolean> {
    const renewed = await this.#mine(this.#transactions.knex, run).update({
      lease_until: this.#clock.now().getTime() + LEASE_MS,
    });
    return renewed === 1;
  }

  /** Those of these runs that no approval waits for any more. */
  async unwanted(runs: string[]): Promise<string[]> {
    const rows = await this.#wanted().whereIn('run_id', runs);
    const wanted = new Set(rows.map(({ run_id }) => run_id));
    return runs.filter(id => !wanted.has(id));
  }

  /** How far a run is; false when another replica has taken over. */
  async progress(run: LeasedRun, progress: GateProgress): Promise<boolean> {
    const told = await this.#mine(this.#transactions.knex, run).update({
      progress: JSON.stringify(progress),
    });
    return told === 1;
  }

  /** Try again later. */
  async retry(run: LeasedRun, waitMs: number, summary: string) {
    await this.#mine(this.#transactions.knex, run).update({
      status: 'queued',
      owner: null,
      lease_until: null,
      summary,
      next_attempt_at: this.#clock.now().getTime() + waitMs,
    });
  }

  /** Give back a run that was not tried. */
  async release(run: LeasedRun): Promise<void> {
    await this.#mine(this.#transactions.knex, run)
      .update({
        status: 'queued',
        owner: null,
        lease_until: null,
        next_attempt_at: this.#clock.now().getTime(),
      })
      .decrement('attempts', 1);
  }

  /**
   * Keep the answer for good and let all approvals with the question know;
   * false when another replica has taken over, and then nothing is kept.
   */
  async finish(run: LeasedRun, result: RunResult): Promise<boolean> {
    try {
      await this.#transactions.run(async tx => {
        const row: RunRow | undefined = await this.#mine(tx, run).first();
        if (!row) throw new LeaseLost();
        const now = this.#clock.now().getTime();
        const evidenceId = await this.#evidence.file(tx, run, row, result);
        const finished = await this.#mine(tx, run).update({
          status: 'done',
          owner: null,
          lease_until: null,
          finished_at: now,
          progress: null,
          verdict: result.verdict,
          summary: result.summary,
          evidence_id: evidenceId,
          ...(result.verdict !== 'error' && {
            critical: result.findings.some(f => f.severity === 'critical'),
          }),
        });
        if (finished === 0) throw new LeaseLost();
        await tx('gate_approvals')
          .whereIn(
            'approval_id',
            tx('gate_requests').where({ run_id: run.id }).select('approval_id'),
          )
          .increment('changes', 1);
      });
      return true;
    } catch (error) {
      if (error instanceof LeaseLost) return false;
      throw error;
    }
  }

  /** Ids of runs that some approval waits for. */
  #wanted() {
    return this.#transactions
      .knex('gate_requests')
      .join(
        'gate_approvals',
        'gate_approvals.approval_id',
        'gate_requests.approval_id',
      )
      .where({ cancelled: false })
      .whereNotNull('run_id')
      .select<Array<{ run_id: string }>>('run_id');
  }

  #mine(db: Transactions['knex'], run: LeasedRun) {
    return db('gate_runs').where({
      id: run.id,
      status: 'running',
      owner: this.#owner,
      attempts: run.attempt,
    });
  }
}
