import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { GateFile } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { Clock, Transactions } from '../database';
import type { LedgerStore } from '../ledger/LedgerStore';
import type { LeasedRun, RunResult, RunRow, StoredFile } from './rows';

/** What is larger is not kept. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** A document that a gate left. */
export interface EvidenceFile extends StoredFile {
  text: string;
}

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
    const digest = `sha256:${sha256Hex(
      canonicalJson({
        gateId: row.gate_id,
        gateVersion: row.gate_version,
        pin: row.pin,
        verdict,
        summary,
        findings,
        evidence: hasEvidence ? evidence : {},
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
      }),
    )}`;
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
}
