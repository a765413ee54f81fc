import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { Clock, Transactions } from '../database';
import type { LeasedRun, RunResult, RunRow } from './rows';

/** A replica that was killed loses its runs after this. */
export const LEASE_MS = 15_000;

/** Runs, leased to one replica at a time. */
export class GateRunStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    owner: string;
  }): GateRunStore {
    return new GateRunStore(options.transactions, options.clock, options.owner);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #owner: string;

  private constructor(transactions: Transactions, clock: Clock, owner: string) {
    this.#transactions = transactions;
    this.#clock = clock;
    this.#owner = owner;
  }

  /**
   * Lease runs that are due or whose replica is gone.
   *
   * @param active - What runs here already, even if its lease has ended.
   */
  async lease(limit: number, active: string[]): Promise<LeasedRun[]> {
    const { knex } = this.#transactions;
    const now = this.#clock.now().getTime();
    const due: RunRow[] = await knex('gate_runs')
      .whereNotIn('id', active)
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
    return this.#transactions.run(async tx => {
      const now = this.#clock.now().getTime();
      const evidenceId = randomUUID();
      const finished = await this.#mine(tx, run).update({
        status: 'done',
        owner: null,
        lease_until: null,
        finished_at: now,
        verdict: result.verdict,
        summary: result.summary,
        evidence_id: evidenceId,
        ...(result.verdict !== 'error' && {
          critical: result.findings.some(f => f.severity === 'critical'),
        }),
      });
      if (finished === 0) return false;
      const row: RunRow = await tx('gate_runs').where({ id: run.id }).first();
      await tx('gate_evidence').insert({
        id: evidenceId,
        run_id: run.id,
        gate_id: row.gate_id,
        gate_version: row.gate_version,
        pin: row.pin,
        params_hash: sha256Hex(row.params),
        at: now,
        verdict: result.verdict,
        summary: result.summary,
        findings: canonicalJson(result.findings),
        evidence: result.evidence ? canonicalJson(result.evidence) : null,
      });
      await tx('gate_approvals')
        .whereIn(
          'approval_id',
          tx('gate_requests').where({ run_id: run.id }).select('approval_id'),
        )
        .increment('changes', 1);
      return true;
    });
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
