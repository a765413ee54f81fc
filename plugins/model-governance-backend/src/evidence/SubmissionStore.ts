import { readEvidence, type DsseEnvelope } from '@modelhub/governance-protocol';
import type { JsonObject } from '@backstage/types';
import type {
  GateSubject,
  SubmittedEvidence,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

/** Evidence as it is kept. Times are ISO 8601 in UTC. */
export interface SubmissionRecord {
  id: string;
  /** `sha256:…` of the envelope. */
  digest: string;
  /** Of its event in the ledger: its place among the others. */
  seq: number;
  tokenId: string;
  nonce: string;
  entityRef: string;
  modelVersion: string;
  pin: string;
  gateId: string;
  predicateType: string;
  envelope: DsseEnvelope;
  producedAt: string;
  submittedAt: string;
  /** Entity ref of the owner of the token. */
  submittedBy: string;
  /** What was answered, for replays. */
  answer: JsonObject;
  withdrawnAt?: string;
  withdrawnBy?: string;
  withdrawReason?: string;
}

interface Row {
  id: string;
  digest: string;
  seq: number | string;
  token_id: string;
  nonce: string;
  entity_ref: string;
  model_version: string;
  pin: string;
  gate_id: string;
  predicate_type: string;
  envelope: string;
  produced_at: string;
  submitted_at: string;
  submitted_by: string;
  answer: string;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
  withdraw_reason: string | null;
}

const toRecord = (row: Row): SubmissionRecord => ({
  id: row.id,
  digest: row.digest,
  seq: Number(row.seq),
  tokenId: row.token_id,
  nonce: row.nonce,
  entityRef: row.entity_ref,
  modelVersion: row.model_version,
  pin: row.pin,
  gateId: row.gate_id,
  predicateType: row.predicate_type,
  envelope: JSON.parse(row.envelope),
  producedAt: row.produced_at,
  submittedAt: row.submitted_at,
  submittedBy: row.submitted_by,
  answer: JSON.parse(row.answer),
  withdrawnAt: row.withdrawn_at ?? undefined,
  withdrawnBy: row.withdrawn_by ?? undefined,
  withdrawReason: row.withdraw_reason ?? undefined,
});

/** Most pieces of evidence that a gate is given, the newest ones. */
const MOST_FOR_A_GATE = 100;

/** Rows of submitted evidence. Inside a transaction pass it. */
export class SubmissionStore {
  static create(options: { knex: Knex }): SubmissionStore {
    return new SubmissionStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<SubmissionRecord | undefined> {
    const row = await tx<Row>('evidence_submissions').where({ id }).first();
    return row && toRecord(row);
  }

  async byDigest(
    digest: string,
    tx: Knex = this.#knex,
  ): Promise<SubmissionRecord | undefined> {
    const row = await tx<Row>('evidence_submissions').where({ digest }).first();
    return row && toRecord(row);
  }

  /** Whether another statement of the token has the nonce. */
  async nonceUsed(
    tokenId: string,
    nonce: string,
    tx: Knex = this.#knex,
  ): Promise<boolean> {
    const row = await tx<Row>('evidence_submissions')
      .where({ token_id: tokenId, nonce })
      .first('id');
    return row !== undefined;
  }

  async add(tx: Knex.Transaction, record: SubmissionRecord): Promise<void> {
    await tx<Row>('evidence_submissions').insert({
      id: record.id,
      digest: record.digest,
      seq: record.seq,
      token_id: record.tokenId,
      nonce: record.nonce,
      entity_ref: record.entityRef,
      model_version: record.modelVersion,
      pin: record.pin,
      gate_id: record.gateId,
      predicate_type: record.predicateType,
      envelope: JSON.stringify(record.envelope),
      produced_at: record.producedAt,
      submitted_at: record.submittedAt,
      submitted_by: record.submittedBy,
      answer: JSON.stringify(record.answer),
    });
  }

  /** False when it was withdrawn before. */
  async withdraw(
    tx: Knex.Transaction,
    id: string,
    by: { at: string; ref: string; reason: string },
  ): Promise<boolean> {
    const changed = await tx<Row>('evidence_submissions')
      .where({ id })
      .whereNull('withdrawn_at')
      .update({
        withdrawn_at: by.at,
        withdrawn_by: by.ref,
        withdraw_reason: by.reason,
      });
    return changed === 1;
  }

  /** When something was submitted to a gate for a version last, and not withdrawn. */
  async lastSubmittedTo(about: {
    entityRef: string;
    modelVersion: string;
    gateId: string;
  }): Promise<Date | undefined> {
    const row = await this.#knex<Row>('evidence_submissions')
      .where({
        entity_ref: about.entityRef,
        model_version: about.modelVersion,
        gate_id: about.gateId,
      })
      .whereNull('withdrawn_at')
      .orderBy('seq', 'desc')
      .first('submitted_at');
    return row && new Date(row.submitted_at);
  }

  /** Everything about a version, the newest first, what was withdrawn as well. */
  async ofVersion(
    version: { entityRef: string; pin: string },
    tx: Knex = this.#knex,
  ): Promise<SubmissionRecord[]> {
    const rows: Row[] = await tx<Row>('evidence_submissions')
      .where({ entity_ref: version.entityRef, pin: version.pin })
      .orderBy('seq', 'desc');
    return rows.map(toRecord);
  }

  /**
   * What a gate is given. Evidence belongs to a model and its pin: the owner of
   * another model with the same artifact has no say here.
   */
  async submittedTo(
    subject: Pick<GateSubject, 'entityRef' | 'pin'>,
    gateId: string,
  ): Promise<SubmittedEvidence[]> {
    const rows: Row[] = await this.#knex<Row>('evidence_submissions')
      .where({
        entity_ref: subject.entityRef,
        pin: subject.pin,
        gate_id: gateId,
      })
      .whereNull('withdrawn_at')
      .orderBy('seq', 'desc')
      .limit(MOST_FOR_A_GATE);
    return rows.map(toRecord).flatMap(record => {
      const read = readEvidence(record.envelope);
      if (!read.ok) return [];
      return [
        {
          id: record.id,
          predicateType: record.predicateType,
          predicate: read.statement.predicate as JsonObject,
          producedAt: new Date(record.producedAt),
          submittedAt: new Date(record.submittedAt),
          submittedBy: record.submittedBy,
          digest: record.digest,
        },
      ];
    });
  }
}
