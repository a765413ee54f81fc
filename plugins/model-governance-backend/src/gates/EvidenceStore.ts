import type { JsonObject } from '@backstage/types';
import {
  canonicalJson,
  gateEvidenceDigest,
  sha256Hex,
  type BundledGate,
} from '@modelhub/governance-protocol';
import type {
  Clock,
  GateFile,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { LedgerStore } from '../ledger/LedgerStore';
import type {
  LeasedRun,
  RequestRow,
  RunResult,
  RunRow,
  StoredFile,
} from './rows';

/** What is larger is not kept. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** An answer that is kept for whoever asks the same. */
export interface KeptAnswer {
  entityRef: string;
  pin: string;
  gateId: string;
  evidence: JsonObject;
}

/** A document that a gate left. */
export interface EvidenceFile extends StoredFile {
  text: string;
}

/** A request with what its gate found; the columns of both. */
type BundledRow = RequestRow & {
  evidence_id: string | null;
  gate_version: string;
  pin: string;
  verdict: string;
  summary: string;
  findings: string;
  evidence: string | null;
  digest: string | null;
  files: string | null;
};

const sizeOf = ({ text }: GateFile) => Buffer.byteLength(text);

const fits = (file: GateFile) => sizeOf(file) <= MAX_FILE_BYTES;

const describe = (file: GateFile): StoredFile => ({
  name: file.name,
  mediaType: file.mediaType,
  sizeBytes: sizeOf(file),
  sha256: sha256Hex(file.text),
});

/**
 * What gates found, kept for good. Documents lie under their SHA-256, and the
 * ledger names them, so that a copy can be checked years later.
 */
export class EvidenceStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    ledger: Pick<LedgerStore, 'append'>;
  }): EvidenceStore {
    return new EvidenceStore(options);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #ledger: Pick<LedgerStore, 'append'>;

  private constructor(options: Parameters<typeof EvidenceStore.create>[0]) {
    this.#transactions = options.transactions;
    this.#clock = options.clock;
    this.#ledger = options.ledger;
  }

  /** Keeps the outcome of a run in the caller's transaction; gives the id. */
  async file(
    tx: Knex.Transaction,
    run: LeasedRun,
    row: RunRow,
    result: RunResult,
  ): Promise<string> {
    const id = randomUUID();
    const { verdict, summary, findings } = result;
    const given = result.files ?? [];
    const files = given.filter(fits).map(describe);
    const left = given.filter(file => !fits(file)).map(describe);
    const evidence = {
      ...result.evidence,
      ...(left.length > 0 && { notKept: left.map(file => ({ ...file })) }),
    };
    const hasEvidence = result.evidence !== undefined || left.length > 0;
    const digest = gateEvidenceDigest(row.gate_id, {
      gateVersion: row.gate_version,
      pin: row.pin,
      verdict,
      summary,
      findings,
      evidence: hasEvidence ? evidence : {},
      files,
    });
    if (files.length > 0) {
      await this.#ledger.append(tx, [
        {
          actor: { kind: 'system' },
          subject: `evidence:${id}`,
          type: 'gate.evidence-filed',
          payload: {
            gateId: row.gate_id,
            gateVersion: row.gate_version,
            pin: row.pin,
            verdict,
            digest,
            files: Object.fromEntries(
              files.map(({ name, sha256 }) => [name, `sha256:${sha256}`]),
            ),
          },
          entityRef: run.subject.entityRef,
        },
      ]);
    }
    const at = this.#clock.now().getTime();
    for (const [index, { sha256 }] of files.entries()) {
      await tx('gate_files')
        .insert({ sha256, content: given.filter(fits)[index].text, at })
        .onConflict('sha256')
        .ignore();
    }
    await tx('gate_evidence').insert({
      id,
      run_id: run.id,
      gate_id: row.gate_id,
      gate_version: row.gate_version,
      pin: row.pin,
      params_hash: sha256Hex(row.params),
      at,
      verdict,
      summary,
      findings: canonicalJson(findings),
      evidence: hasEvidence ? canonicalJson(evidence) : null,
      digest,
      files: files.length > 0 ? JSON.stringify(files) : null,
    });
    return id;
  }

  /** A document of the newest answer of a gate to an approval. */
  async read(
    approvalId: string,
    gateId: string,
    name: string,
  ): Promise<EvidenceFile | undefined> {
    const { knex } = this.#transactions;
    const row: { files: string | null } | undefined = await knex(
      'gate_requests',
    )
      .join('gate_runs', 'gate_runs.id', 'gate_requests.run_id')
      .join('gate_evidence', 'gate_evidence.id', 'gate_runs.evidence_id')
      .where({
        'gate_requests.approval_id': approvalId,
        'gate_requests.gate_id': gateId,
      })
      .first('gate_evidence.files');
    const files: StoredFile[] = row?.files ? JSON.parse(row.files) : [];
    const file = files.find(one => one.name === name);
    if (!file) return undefined;
    const { content } = await knex('gate_files')
      .where({ sha256: file.sha256 })
      .first('content');
    return { ...file, text: content };
  }

  /** What these gates answered these approvals last, without documents. */
  async newest(
    approvalIds: string[],
    gateIds: string[],
  ): Promise<
    Array<{
      approvalId: string;
      gateId: string;
      evidence: JsonObject;
      at: Date;
    }>
  > {
    const rows: Array<{
      approval_id: string;
      gate_id: string;
      evidence: string;
      at: number | string;
    }> = await this.#transactions
      .knex('gate_requests')
      .join('gate_runs', 'gate_runs.id', 'gate_requests.run_id')
      .join('gate_evidence', 'gate_evidence.id', 'gate_runs.evidence_id')
      .whereIn('gate_requests.approval_id', approvalIds)
      .whereIn('gate_requests.gate_id', gateIds)
      .where('gate_runs.status', 'done')
      .whereNotNull('gate_evidence.evidence')
      .orderBy(['gate_requests.approval_id', 'gate_requests.position'])
      .select(
        'gate_requests.approval_id',
        'gate_requests.gate_id',
        'gate_evidence.evidence',
        'gate_evidence.at',
      );
    return rows.map(row => ({
      approvalId: row.approval_id,
      gateId: row.gate_id,
      evidence: JSON.parse(row.evidence),
      at: new Date(Number(row.at)),
    }));
  }

  /** Answers of these gates that the same question would be given again. */
  async kept(gateIds: string[]): Promise<KeptAnswer[]> {
    const rows: Array<{
      gate_id: string;
      pin: string;
      subject: string;
      evidence: string;
    }> = await this.#transactions
      .knex('gate_runs')
      .join('gate_evidence', 'gate_evidence.id', 'gate_runs.evidence_id')
      .whereIn('gate_runs.gate_id', gateIds)
      .where('gate_runs.status', 'done')
      .whereNotNull('gate_runs.open_question')
      .whereNotNull('gate_evidence.evidence')
      .select(
        'gate_runs.gate_id',
        'gate_runs.pin',
        'gate_runs.subject',
        'gate_evidence.evidence',
      );
    return rows.map(row => ({
      entityRef: JSON.parse(row.subject).entityRef,
      pin: row.pin,
      gateId: row.gate_id,
      evidence: JSON.parse(row.evidence),
    }));
  }

  /** The newest answers of all gates of an approval, with their documents. */
  async ofApproval(approvalId: string): Promise<BundledGate[]> {
    const { knex } = this.#transactions;
    const rows: BundledRow[] = await knex('gate_requests')
      .leftJoin('gate_runs', 'gate_runs.id', 'gate_requests.run_id')
      .leftJoin('gate_evidence', 'gate_evidence.id', 'gate_runs.evidence_id')
      .where({ 'gate_requests.approval_id': approvalId })
      .orderBy('gate_requests.position')
      .select('gate_evidence.*', 'gate_requests.*', {
        evidence_id: 'gate_evidence.id',
      });
    return Promise.all(rows.map(row => this.#bundle(row)));
  }

  async #bundle(row: BundledRow): Promise<BundledGate> {
    const { knex } = this.#transactions;
    const files: StoredFile[] = row.files ? JSON.parse(row.files) : [];
    const texts = new Map<string, string>(
      (
        await knex('gate_files')
          .whereIn(
            'sha256',
            files.map(({ sha256 }) => sha256),
          )
          .select('sha256', 'content')
      ).map(({ sha256, content }) => [sha256, content]),
    );
    return {
      gateId: row.gate_id,
      required: Boolean(row.required),
      ...(row.evidence_id !== null &&
        row.digest !== null && {
          evidence: {
            id: row.evidence_id,
            gateVersion: row.gate_version,
            pin: row.pin,
            verdict: row.verdict,
            summary: row.summary,
            findings: JSON.parse(row.findings),
            evidence: row.evidence === null ? {} : JSON.parse(row.evidence),
            digest: row.digest,
            files: files.map(file => ({
              ...file,
              text: texts.get(file.sha256) ?? '',
            })),
          },
        }),
      ...(row.waived_by !== null && {
        waiver: {
          by: row.waived_by,
          reason: row.waiver_reason ?? '',
          until: new Date(Number(row.waived_until)).toISOString(),
        },
      }),
    };
  }
}
