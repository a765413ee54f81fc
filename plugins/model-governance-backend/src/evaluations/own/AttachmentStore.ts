import type { Knex } from 'knex';

/** A result that somebody attached to a request. */
export interface Attachment {
  approvalId: string;
  resultId: string;
  /** Entity ref. */
  attachedBy: string;
  /** ISO 8601. */
  attachedAt: string;
  /** Of its event in the ledger. */
  seq: number;
}

interface Row {
  approval_id: string;
  result_id: string;
  attached_by: string;
  attached_at: string;
  seq: number | string;
}

/** What is attached to requests; never changed. */
export class AttachmentStore {
  static create(options: { knex: Knex }): AttachmentStore {
    return new AttachmentStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The oldest first. */
  async of(approvalId: string, tx: Knex = this.#knex): Promise<Attachment[]> {
    const rows: Row[] = await tx<Row>('approval_evaluations')
      .where({ approval_id: approvalId })
      .orderBy('seq');
    return rows.map(row => ({
      approvalId: row.approval_id,
      resultId: row.result_id,
      attachedBy: row.attached_by,
      attachedAt: row.attached_at,
      seq: Number(row.seq),
    }));
  }

  async add(tx: Knex.Transaction, it: Attachment): Promise<void> {
    await tx<Row>('approval_evaluations').insert({
      approval_id: it.approvalId,
      result_id: it.resultId,
      attached_by: it.attachedBy,
      attached_at: it.attachedAt,
      seq: it.seq,
    });
  }
}
