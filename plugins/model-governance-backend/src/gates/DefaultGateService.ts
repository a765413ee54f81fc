import { InputError } from '@backstage/errors';
import type { GateResult } from '@modelhub/backstage-plugin-models-common';
import type { GateSubject } from '@modelhub/backstage-plugin-models-node';
import type { BundledGate } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { GateDemand } from '../policies/PolicyService';
import { conclude, standingOf } from './conclude';
import type { GateRegistry } from './GateRegistry';
import { EvidenceStore, type EvidenceFile } from './EvidenceStore';
import { Foresight } from './Foresight';
import { GateRequestStore } from './GateRequestStore';
import { GateRunner, type GateRunnerOptions } from './GateRunner';
import type {
  GatesConclusion,
  GateService,
  GatesListener,
} from './GateService';
import type { AnsweredRow, RunRow, StoredFile } from './rows';
import type { LedgerStore } from '../ledger/LedgerStore';

export type GateServiceOptions = Omit<
  GateRunnerOptions,
  'requests' | 'listener' | 'evidence'
> & { ledger: Pick<LedgerStore, 'append'> };

type ResultRow = AnsweredRow &
  Omit<RunRow, 'id' | 'status' | 'verdict' | 'summary' | 'gate_version'> & {
    gate_version: string | null;
    findings: string | null;
    evidence: string | null;
    files: string | null;
    evidence_digest: string | null;
  };

const filesOf = ({ files }: ResultRow): StoredFile[] | undefined =>
  files ? JSON.parse(files) : undefined;

/** Gates of approvals: what is asked is kept in the database, {@link GateRunner} answers. */
export class DefaultGateService implements GateService {
  static create(options: GateServiceOptions): DefaultGateService {
    return new DefaultGateService(options);
  }

  readonly #options: GateServiceOptions;
  readonly #registry: GateRegistry;
  readonly #requests: GateRequestStore;
  readonly #evidence: EvidenceStore;
  readonly #foresight: Foresight;
  readonly #runner: GateRunner;
  #listener: GatesListener | undefined;

  private constructor(options: GateServiceOptions) {
    this.#options = options;
    this.#registry = options.registry;
    this.#requests = GateRequestStore.create(options);
    this.#evidence = EvidenceStore.create(options);
    this.#foresight = Foresight.create(options);
    this.#runner = GateRunner.create({
      ...options,
      evidence: this.#evidence,
      requests: this.#requests,
      listener: () => this.#listener,
    });
  }

  /** Run what is due from now on. */
  start(): void {
    this.#runner.start();
  }

  /** Resolves when nothing runs here any more. */
  async stop(): Promise<void> {
    await this.#runner.stop();
  }

  /** Do what is due now, and what becomes due by doing it. */
  async runDue(): Promise<void> {
    await this.#runner.runDue();
  }

  wake(): void {
    this.#runner.wake();
  }

  list() {
    return this.#registry.all().map(gate => ({
      id: gate.id,
      title: gate.title,
      description: gate.description,
      version: gate.version,
      guidance: gate.guidance,
      takesEvidence: gate.evidenceTypes !== undefined,
    }));
  }

  async enqueue(
    tx: Knex.Transaction,
    input: { approvalId: string; subject: GateSubject; demands: GateDemand[] },
  ): Promise<void> {
    const wanted = input.demands.map(({ id, required, params }) => {
      const gate = this.#registry.get(id);
      if (!gate) {
        throw new InputError(
          `The policy asks for gate '${id}', which is not installed; add its module to the backend`,
        );
      }
      return { gate, required, params };
    });
    await this.#requests.enqueue(tx, input.approvalId, input.subject, wanted);
  }

  async rerun(tx: Knex.Transaction, approvalId: string, gateId: string) {
    await this.#requests.rerun(tx, approvalId, gateId);
  }

  async evidenceChanged(
    tx: Knex.Transaction,
    about: { entityRef: string; pin: string; gateId: string },
    approvalIds: string[],
  ): Promise<void> {
    await this.#requests.evidenceChanged(tx, about, approvalIds);
  }

  async waive(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    waiver: { by: string; reason: string; until: string },
  ): Promise<void> {
    await this.#requests.waive(tx, approvalId, gateId, waiver);
  }

  async endWaiver(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    end: { by: string; reason: string },
  ): Promise<void> {
    await this.#requests.endWaiver(tx, approvalId, gateId, end);
  }

  async cancel(tx: Knex.Transaction, approvalId: string): Promise<void> {
    await this.#requests.cancel(tx, approvalId);
  }

  async conclusion(
    approvalId: string,
    tx?: Knex.Transaction,
  ): Promise<GatesConclusion> {
    const answers = await this.#requests.answers(
      tx ?? this.#options.transactions.knex,
      approvalId,
    );
    return answers
      ? conclude(answers.rows, this.#options.clock.now())
      : { status: 'running' };
  }

  foresee(subject: GateSubject, demands: GateDemand[]) {
    return this.#foresight.foresee(subject, demands);
  }

  async hasCriticalFinding(pin: string): Promise<boolean> {
    const row = await this.#options.transactions
      .knex('gate_runs')
      .where({ pin, critical: true })
      .whereNotNull('open_question')
      .first('id');
    return row !== undefined;
  }

  evidenceOf(approvalIds: string[], gateIds: string[]) {
    return this.#evidence.newest(approvalIds, gateIds);
  }

  keptAnswers(gateIds: string[]) {
    return this.#evidence.kept(gateIds);
  }

  evidenceFile(
    approvalId: string,
    gateId: string,
    name: string,
  ): Promise<EvidenceFile | undefined> {
    return this.#evidence.read(approvalId, gateId, name);
  }

  bundled(approvalId: string): Promise<BundledGate[]> {
    return this.#evidence.ofApproval(approvalId);
  }

  onConclusion(listener: GatesListener): void {
    if (this.#listener) {
      throw new Error('The conclusions of gates have one listener only');
    }
    this.#listener = listener;
  }

  async results(approvalIds: string[]): Promise<Map<string, GateResult[]>> {
    const results = new Map<string, GateResult[]>(
      approvalIds.map(id => [id, []]),
    );
    if (approvalIds.length === 0) return results;
    const rows: ResultRow[] = await this.#options.transactions
      .knex('gate_requests')
      .leftJoin('gate_runs', 'gate_runs.id', 'gate_requests.run_id')
      .leftJoin('gate_evidence', 'gate_evidence.id', 'gate_runs.evidence_id')
      .whereIn('gate_requests.approval_id', approvalIds)
      .orderBy('gate_requests.position')
      .select(
        'gate_runs.*',
        'gate_requests.*',
        'gate_evidence.findings',
        'gate_evidence.evidence',
        'gate_evidence.files',
        { evidence_digest: 'gate_evidence.digest' },
      );
    for (const row of rows) {
      results.get(row.approval_id)?.push(this.#present(row));
    }
    return results;
  }

  #present(row: ResultRow): GateResult {
    const now = this.#options.clock.now();
    const waived =
      row.waived_until !== null && Number(row.waived_until) > now.getTime();
    const time = (ms: number | string | null) =>
      ms === null ? undefined : new Date(Number(ms)).toISOString();
    return {
      gateId: row.gate_id,
      title: this.#registry.get(row.gate_id)?.title ?? row.gate_id,
      required: Boolean(row.required),
      takesEvidence: this.#registry.get(row.gate_id)?.evidenceTypes
        ? true
        : undefined,
      status: this.#status(row, waived, now),
      summary: row.applies
        ? row.summary ?? undefined
        : this.#registry.get(row.gate_id)?.notApplicable ??
          'Does not apply to this model.',
      findings: row.findings ? JSON.parse(row.findings) : [],
      evidence: row.evidence ? JSON.parse(row.evidence) : undefined,
      evidenceId: row.evidence_id ?? undefined,
      evidenceDigest: row.evidence_digest ?? undefined,
      files: filesOf(row),
      progress:
        row.status === 'running' && row.progress
          ? JSON.parse(row.progress)
          : undefined,
      gateVersion: row.gate_version ?? undefined,
      attempts: row.attempts ?? 0,
      fromCache: Boolean(row.from_cache),
      startedAt: time(row.started_at),
      finishedAt: time(row.finished_at),
      nextAttemptAt:
        row.status === 'queued' && row.attempts > 0
          ? time(row.next_attempt_at)
          : undefined,
      waiver: row.waived_by
        ? {
            by: row.waived_by,
            reason: row.waiver_reason ?? '',
            until: time(row.waived_until) ?? '',
            at: time(row.waived_at),
          }
        : undefined,
    };
  }

  #status(row: ResultRow, waived: boolean, now: Date): GateResult['status'] {
    if (waived) return 'waived';
    if (!row.applies) return 'not-applicable';
    if (row.status === 'done' && row.verdict) return row.verdict;
    return standingOf(row, now) === 'pending' && row.status === 'running'
      ? 'running'
      : 'queued';
  }
}
