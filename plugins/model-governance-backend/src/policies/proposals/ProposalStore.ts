import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { ProposalRecord } from './records';

interface ProposalRow {
  id: string;
  title: string;
  reason: string;
  author: string;
  state: ProposalRecord['state'];
  revision: number;
  base_version: string;
  base_hash: string;
  files: string;
  base_files: string;
  created_at: string;
  updated_at: string;
  ended_at: string | null;
  ended_by: string | null;
  end_reason: string | null;
  activation_id: number | null;
}

const toRow = (record: ProposalRecord): ProposalRow => ({
  id: record.id,
  title: record.title,
  reason: record.reason,
  author: record.author,
  state: record.state,
  revision: record.revision,
  base_version: record.baseVersion,
  base_hash: record.baseHash,
  files: JSON.stringify(record.files),
  base_files: JSON.stringify(record.baseFiles),
  created_at: record.createdAt,
  updated_at: record.updatedAt,
  ended_at: record.endedAt ?? null,
  ended_by: record.endedBy ?? null,
  end_reason: record.endReason ?? null,
  activation_id: record.activationId ?? null,
});

const fromRow = (row: ProposalRow): ProposalRecord => ({
  id: row.id,
  title: row.title,
  reason: row.reason,
  author: row.author,
  state: row.state,
  revision: row.revision,
  baseVersion: row.base_version,
  baseHash: row.base_hash,
  files: JSON.parse(row.files),
  baseFiles: JSON.parse(row.base_files),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  endedAt: row.ended_at ?? undefined,
  endedBy: row.ended_by ?? undefined,
  endReason: row.end_reason ?? undefined,
  activationId: row.activation_id ?? undefined,
});

/** Proposals in the database. */
export class ProposalStore {
  static create(options: { knex: Knex }): ProposalStore {
    return new ProposalStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The open ones first, each kind newest first. */
  async list(options: {
    limit: number;
    offset: number;
  }): Promise<{ items: ProposalRecord[]; totalItems: number }> {
    const rows = await this.#knex<ProposalRow>('policy_proposals')
      .orderByRaw(`CASE state WHEN 'open' THEN 0 ELSE 1 END`)
      .orderBy([{ column: 'updated_at', order: 'desc' }, 'id'])
      .limit(options.limit)
      .offset(options.offset);
    const [{ n }] = await this.#knex('policy_proposals').count({ n: '*' });
    return { items: rows.map(fromRow), totalItems: Number(n) };
  }

  async open(): Promise<ProposalRecord[]> {
    const rows = await this.#knex<ProposalRow>('policy_proposals')
      .where({ state: 'open' })
      .orderBy(['created_at', 'id']);
    return rows.map(fromRow);
  }

  async get(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<ProposalRecord | undefined> {
    const row = await tx<ProposalRow>('policy_proposals').where({ id }).first();
    return row && fromRow(row);
  }

  async insert(tx: Knex.Transaction, record: ProposalRecord): Promise<void> {
    await tx('policy_proposals').insert(toRow(record));
  }

  /**
   * Writes the next revision.
   *
   * @throws ConflictError when somebody was faster
   */
  async update(
    tx: Knex.Transaction,
    record: ProposalRecord,
  ): Promise<ProposalRecord> {
    const after = { ...record, revision: record.revision + 1 };
    const written = await tx('policy_proposals')
      .where({ id: record.id, revision: record.revision })
      .update(toRow(after));
    if (written === 0) throw changedMeanwhile();
    return after;
  }
}

export function changedMeanwhile(): ConflictError {
  return new ConflictError(
    'This proposal was changed meanwhile. Load it again and look at what is there now.',
  );
}
