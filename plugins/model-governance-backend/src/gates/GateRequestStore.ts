import { NotFoundError } from '@backstage/errors';
import { canonicalJson } from '@modelhub/governance-protocol';
import type {
  Clock,
  GateSubject,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { questionOf } from './GateRegistry';
import { GivenWaivers } from './GivenWaivers';
import type { AnsweredRow, ApprovalRow, RequestRow, RunRow } from './rows';

export interface WantedGate {
  gate: ModelGate;
  required: boolean;
  params: JsonObject;
}

/** What approvals ask of gates, always in the caller's transaction. */
export class GateRequestStore {
  static create(options: { clock: Clock }): GateRequestStore {
    return new GateRequestStore(options.clock);
  }

  readonly #clock: Clock;
  readonly #waivers: GivenWaivers;

  private constructor(clock: Clock) {
    this.#clock = clock;
    this.#waivers = GivenWaivers.create(clock);
  }

  /** Queue gates; waivers stay where the same question is asked again. */
  async enqueue(
    tx: Knex.Transaction,
    approvalId: string,
    subject: GateSubject,
    wanted: WantedGate[],
  ): Promise<void> {
    await this.#begin(tx, approvalId);
    const before: RequestRow[] = await tx('gate_requests').where({
      approval_id: approvalId,
    });
    await tx('gate_requests').where({ approval_id: approvalId }).delete();
    const kept: string[] = [];
    for (const [position, { gate, required, params }] of wanted.entries()) {
      const question = questionOf(gate, subject, params);
      const applies = gate.appliesTo(subject, params);
      const run = applies
        ? await this.#runFor(tx, gate, subject, params, question)
        : undefined;
      const waiver = before.find(row => row.question === question);
      if (waiver?.waived_by) kept.push(gate.id);
      await tx('gate_requests').insert({
        approval_id: approvalId,
        gate_id: gate.id,
        position,
        required,
        applies,
        question,
        run_id: run?.id ?? null,
        from_cache: run?.fromCache ?? false,
        waived_by: waiver?.waived_by ?? null,
        waiver_reason: waiver?.waiver_reason ?? null,
        waived_at: waiver?.waived_at ?? null,
        waived_until: waiver?.waived_until ?? null,
      });
    }
    await this.#waivers.keep(tx, approvalId, kept);
  }

  /** Ask a gate again; every approval with the same question gets the answer. */
  async rerun(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
  ): Promise<void> {
    const request = await this.#request(tx, approvalId, gateId);
    if (!request.run_id) return;
    const old: RunRow = await tx('gate_runs')
      .where({ id: request.run_id })
      .first();
    if (old.status !== 'done') return;
    const waiting = await tx('gate_requests')
      .where({ run_id: old.id })
      .pluck('approval_id');
    await this.#askAgain(tx, old, waiting);
  }

  /**
   * What a gate goes by has changed: no answer for the model and its pin counts
   * for new requests any more, and these approvals are answered anew. The
   * caller holds the lock of the model, so that no question is asked meanwhile.
   */
  async evidenceChanged(
    tx: Knex.Transaction,
    about: { entityRef: string; pin: string; gateId: string },
    approvalIds: string[],
  ): Promise<void> {
    const runs: RunRow[] = await tx('gate_runs')
      .where({ gate_id: about.gateId, pin: about.pin })
      .whereNotNull('open_question')
      .forUpdate();
    for (const run of runs) {
      const { entityRef }: GateSubject = JSON.parse(run.subject);
      if (entityRef !== about.entityRef) continue;
      if (run.status === 'running') {
        // It may have read what was there before; its answer is not taken.
        await tx('gate_runs').where({ id: run.id }).update({
          status: 'queued',
          owner: null,
          lease_until: null,
          progress: null,
          next_attempt_at: this.#clock.now().getTime(),
        });
      }
      if (run.status === 'done') await this.#askAgain(tx, run, approvalIds);
    }
    await this.#catchUp(tx, about.gateId, approvalIds);
  }

  /** Approvals whose run was replaced for others get the one that counts now. */
  async #catchUp(
    tx: Knex.Transaction,
    gateId: string,
    approvalIds: string[],
  ): Promise<void> {
    const behind: Array<{ approval_id: string; run_id: string }> = await tx(
      'gate_requests',
    )
      .join('gate_runs as old', 'old.id', 'gate_requests.run_id')
      .join('gate_runs as now', 'now.open_question', 'old.question')
      .where('gate_requests.gate_id', gateId)
      .whereIn('gate_requests.approval_id', approvalIds)
      .whereNull('old.open_question')
      .select('gate_requests.approval_id', { run_id: 'now.id' });
    for (const { approval_id, run_id } of behind) {
      await tx('gate_requests')
        .where({ approval_id, gate_id: gateId })
        .update({ run_id, from_cache: false });
    }
    await this.#hearAnew(
      tx,
      behind.map(({ approval_id }) => approval_id),
    );
  }

  /** A new run of the same question for these approvals, as far as they ask it. */
  async #askAgain(
    tx: Knex.Transaction,
    old: RunRow,
    approvalIds: string[],
  ): Promise<void> {
    const asking: string[] = await tx('gate_requests')
      .where({ run_id: old.id })
      .whereIn('approval_id', approvalIds)
      .pluck('approval_id');
    const run = await this.#replace(tx, old);
    await tx('gate_requests')
      .where({ run_id: old.id })
      .whereIn('approval_id', asking)
      .update({ run_id: run, from_cache: false });
    await this.#hearAnew(tx, asking);
  }

  /** What the listener heard is no longer so; it hears the next answer anew. */
  async #hearAnew(tx: Knex.Transaction, approvalIds: string[]): Promise<void> {
    await tx('gate_approvals')
      .whereIn('approval_id', approvalIds)
      .update({
        generation: randomUUID(),
        told_conclusion: null,
        owner: null,
        lease_until: null,
      })
      .increment('changes', 1);
  }

  async waive(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    waiver: { by: string; reason: string; until: string },
  ): Promise<void> {
    await this.#request(tx, approvalId, gateId);
    await tx('gate_requests')
      .where({ approval_id: approvalId, gate_id: gateId })
      .update({
        waived_by: waiver.by,
        waiver_reason: waiver.reason,
        waived_at: this.#clock.now().getTime(),
        waived_until: Date.parse(waiver.until),
        waiver_ended: false,
      });
    await this.#waivers.add(tx, approvalId, gateId, waiver);
    await tx('gate_approvals')
      .where({ approval_id: approvalId })
      .increment('changes', 1);
  }

  async endWaiver(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    end: { by: string; reason: string },
  ): Promise<void> {
    const request = await this.#request(tx, approvalId, gateId);
    const now = this.#clock.now().getTime();
    if (!request.waived_by || Number(request.waived_until) <= now) {
      throw new NotFoundError(
        `Gate '${gateId}' has no waiver on approval ${approvalId} that still counts`,
      );
    }
    await tx('gate_requests')
      .where({ approval_id: approvalId, gate_id: gateId })
      .update({ waived_until: now, waiver_ended: true });
    await this.#waivers.end(tx, approvalId, [gateId], 'early', end);
    await tx('gate_approvals')
      .where({ approval_id: approvalId })
      .increment('changes', 1);
  }

  async cancel(tx: Knex.Transaction, approvalId: string): Promise<void> {
    await tx('gate_approvals')
      .where({ approval_id: approvalId })
      .update({ cancelled: true });
  }

  /** The gates of an approval with their answers; undefined when nothing is wanted of them. */
  async answers(
    db: Knex,
    approvalId: string,
  ): Promise<{ approval: ApprovalRow; rows: AnsweredRow[] } | undefined> {
    const approval: ApprovalRow | undefined = await db('gate_approvals')
      .where({ approval_id: approvalId })
      .first();
    if (!approval || approval.cancelled) return undefined;
    const rows: AnsweredRow[] = await db('gate_requests')
      .leftJoin('gate_runs', 'gate_runs.id', 'gate_requests.run_id')
      .where({ approval_id: approvalId })
      .orderBy('position')
      .select(
        'gate_requests.*',
        'gate_runs.status',
        'gate_runs.verdict',
        'gate_runs.summary',
      );
    return { approval, rows };
  }

  async #begin(tx: Knex.Transaction, approvalId: string): Promise<void> {
    const fresh = {
      generation: randomUUID(),
      cancelled: false,
      told_conclusion: null,
      owner: null,
      lease_until: null,
      next_attempt_at: this.#clock.now().getTime(),
      attempts: 0,
    };
    const updated = await tx('gate_approvals')
      .where({ approval_id: approvalId })
      .update(fresh)
      .increment('changes', 1);
    if (updated === 0) {
      await tx('gate_approvals').insert({
        approval_id: approvalId,
        ...fresh,
        changes: 1,
        told: 0,
      });
    }
  }

  async #runFor(
    tx: Knex.Transaction,
    gate: ModelGate,
    subject: GateSubject,
    params: JsonObject,
    question: string,
  ): Promise<{ id: string; fromCache: boolean }> {
    const now = this.#clock.now().getTime();
    const id = randomUUID();
    // Where another transaction asks the same, this waits for it to commit.
    await tx('gate_runs')
      .insert({
        id,
        question,
        open_question: question,
        gate_id: gate.id,
        gate_version: gate.version,
        pin: subject.pin,
        params: canonicalJson(params),
        subject: canonicalJson(subject),
        status: 'queued',
        next_attempt_at: now,
        created_at: now,
      })
      .onConflict('open_question')
      .ignore();
    const run: RunRow = await tx('gate_runs')
      .where({ open_question: question })
      .first();
    if (run.id === id) return { id, fromCache: false };
    const tooOld =
      run.finished_at !== null &&
      gate.maxAgeSeconds !== undefined &&
      now - Number(run.finished_at) > gate.maxAgeSeconds * 1000;
    // A question that found no answer is asked again with each submit.
    const unanswered =
      run.status === 'done' &&
      (run.verdict === 'error' || run.verdict === 'needs-evidence');
    if (tooOld || unanswered) {
      return { id: await this.#replace(tx, run), fromCache: false };
    }
    return { id: run.id, fromCache: run.status === 'done' };
  }

  /** A new run for the same question. What was critical stays so until it has an answer. */
  async #replace(tx: Knex.Transaction, old: RunRow): Promise<string> {
    const now = this.#clock.now().getTime();
    const id = randomUUID();
    const closed = await tx('gate_runs')
      .where({ id: old.id })
      .whereNotNull('open_question')
      .update({ open_question: null });
    if (closed === 0) {
      const newer: RunRow = await tx('gate_runs')
        .where({ open_question: old.question })
        .first();
      return newer.id;
    }
    await tx('gate_runs').insert({
      id,
      question: old.question,
      open_question: old.question,
      gate_id: old.gate_id,
      gate_version: old.gate_version,
      pin: old.pin,
      params: old.params,
      subject: old.subject,
      status: 'queued',
      next_attempt_at: now,
      created_at: now,
      critical: Boolean(old.critical),
    });
    return id;
  }

  async #request(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
  ): Promise<RequestRow> {
    const row: RequestRow | undefined = await tx('gate_requests')
      .where({ approval_id: approvalId, gate_id: gateId })
      .first();
    if (!row) {
      throw new NotFoundError(
        `Approval ${approvalId} does not wait for a gate '${gateId}'`,
      );
    }
    return row;
  }
}
