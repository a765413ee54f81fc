import {
  canonicalJson,
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  sha256Hex,
  type EvaluationResult,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';

export type ResultSource = 'pipeline' | 'hub' | 'online' | 'person';

/** A run as everything states it; with single cases where `predicateType` says so. */
export type ResultDocument = EvaluationRun &
  Partial<Omit<EvaluationResult, keyof EvaluationRun>>;

/** What is filed. */
export interface NewResult {
  /** Chosen before; random without. */
  id?: string;
  entityRef: string;
  modelVersion: string;
  pin: string;
  predicateType: string;
  document: ResultDocument;
  source: ResultSource;
  runId?: string;
  /** Entity ref. */
  submittedBy: string;
  /** Entity ref of who started it here. */
  startedBy?: string;
  /** ISO 8601. */
  submittedAt: string;
  /** Of its event in the ledger. */
  seq: number;
}

export interface ResultRecord extends Omit<NewResult, 'id'> {
  id: string;
  /** `sha256:…` of the document. */
  digest: string;
}

/** A check that a result was submitted to. */
export interface ResultSubmission {
  resultId: string;
  submissionId: string;
  gateId: string;
  isWithdrawn: boolean;
}

interface Row {
  id: string;
  seq: number | string;
  digest: string;
  entity_ref: string;
  model_version: string;
  pin: string;
  predicate_type: string;
  suite: string;
  suite_version: string | null;
  pack_ref: string | null;
  source: ResultSource;
  run_id: string | null;
  submitted_by: string;
  started_by: string | null;
  started_at: string;
  finished_at: string;
  submitted_at: string;
  document: string;
}

const toRecord = (row: Row): ResultRecord => ({
  id: row.id,
  digest: row.digest,
  seq: Number(row.seq),
  entityRef: row.entity_ref,
  modelVersion: row.model_version,
  pin: row.pin,
  predicateType: row.predicate_type,
  document: JSON.parse(row.document),
  source: row.source,
  runId: row.run_id ?? undefined,
  submittedBy: row.submitted_by,
  startedBy: row.started_by ?? undefined,
  submittedAt: row.submitted_at,
});

/** Predicate types that are results of evaluations. */
export const RESULT_TYPES: readonly string[] = [
  EVALUATION_RUN_TYPE,
  EVALUATION_RESULT_TYPE,
];

export const documentDigest = (document: unknown): string =>
  `sha256:${sha256Hex(canonicalJson(document))}`;

export interface ResultQuery {
  entityRef?: string;
  modelVersion?: string;
  /** Named by its ref, or, where a result gives none, by its suite. */
  pack?: { ref?: string; suites: string[] };
  latest?: boolean;
  /** Only older ones. */
  before?: number;
  limit: number;
}

/** Results, once for a model's pin and digest. Inside a transaction pass it. */
export class ResultStore {
  static create(options: { knex: Knex }): ResultStore {
    return new ResultStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The id of the result, also where it was filed before. */
  async file(tx: Knex.Transaction, it: NewResult): Promise<string> {
    const { document } = it;
    const digest = documentDigest(document);
    const key = { entity_ref: it.entityRef, pin: it.pin, digest };
    await tx<Row>('evaluation_results')
      .insert({
        ...key,
        id: it.id ?? randomUUID(),
        seq: it.seq,
        model_version: it.modelVersion,
        predicate_type: it.predicateType,
        suite: document.suite.name.slice(0, 255),
        suite_version: document.suite.version?.slice(0, 255) ?? null,
        pack_ref: document.pack?.entityRef?.slice(0, 255) ?? null,
        source: it.source,
        run_id: it.runId ?? null,
        submitted_by: it.submittedBy,
        started_by: it.startedBy ?? null,
        started_at: document.startedAt,
        finished_at: document.finishedAt,
        submitted_at: it.submittedAt,
        document: JSON.stringify(document),
      })
      .onConflict(['entity_ref', 'pin', 'digest'])
      .ignore();
    const row = await tx<Row>('evaluation_results').where(key).first('id');
    return row!.id;
  }

  /** The id of a result that was filed before. */
  async filed(
    tx: Knex,
    it: Pick<NewResult, 'entityRef' | 'pin' | 'document'>,
  ): Promise<string | undefined> {
    const row = await tx<Row>('evaluation_results')
      .where({
        entity_ref: it.entityRef,
        pin: it.pin,
        digest: documentDigest(it.document),
      })
      .first('id');
    return row?.id;
  }

  /** The result is what was submitted to a check. */
  async link(
    tx: Knex.Transaction,
    it: Omit<ResultSubmission, 'isWithdrawn'>,
  ): Promise<void> {
    await tx('evaluation_result_submissions')
      .insert({
        submission_id: it.submissionId,
        result_id: it.resultId,
        gate_id: it.gateId,
      })
      .onConflict('submission_id')
      .ignore();
  }

  /** By its id, or by that of evidence with which it was submitted. */
  async get(id: string): Promise<ResultRecord | undefined> {
    const row = await this.#knex<Row>('evaluation_results')
      .where({ id })
      .orWhereIn(
        'id',
        this.#knex('evaluation_result_submissions')
          .where({ submission_id: id })
          .select('result_id'),
      )
      .first();
    return row && toRecord(row);
  }

  /** Newest first. */
  async list(query: ResultQuery): Promise<ResultRecord[]> {
    const { entityRef, modelVersion, pack, before, limit } = query;
    const rows = this.#knex<Row>('evaluation_results as r')
      .orderBy([{ column: 'r.seq', order: 'desc' }, 'r.id'])
      .limit(limit)
      .select<Row[]>('r.*');
    if (entityRef !== undefined) rows.where('r.entity_ref', entityRef);
    if (modelVersion !== undefined) rows.where('r.model_version', modelVersion);
    if (pack) {
      rows.where(either => {
        if (pack.ref !== undefined) either.orWhere('r.pack_ref', pack.ref);
        either.orWhere(named =>
          named.whereIn('r.suite', pack.suites).whereNull('r.pack_ref'),
        );
      });
    }
    if (before !== undefined) rows.where('r.seq', '<', before);
    if (query.latest) {
      rows
        .whereNotExists(this.#withdrawn('r'))
        .whereNotExists(
          this.#knex('evaluation_results as newer')
            .whereRaw(
              'newer.entity_ref = r.entity_ref AND newer.model_version = r.model_version AND newer.suite = r.suite AND newer.seq > r.seq',
            )
            .whereNotExists(this.#withdrawn('newer'))
            .select('newer.id'),
        );
    }
    return (await rows).map(toRecord);
  }

  /** Checks by result. */
  async submissionsOf(ids: string[]): Promise<ResultSubmission[]> {
    const rows: Array<{
      result_id: string;
      submission_id: string;
      gate_id: string;
      withdrawn_at: string | null;
    }> = await this.#knex('evaluation_result_submissions as l')
      .join('evidence_submissions as s', 's.id', 'l.submission_id')
      .whereIn('l.result_id', ids)
      .orderBy('l.gate_id')
      .select('l.result_id', 'l.submission_id', 'l.gate_id', 's.withdrawn_at');
    return rows.map(row => ({
      resultId: row.result_id,
      submissionId: row.submission_id,
      gateId: row.gate_id,
      isWithdrawn: row.withdrawn_at !== null,
    }));
  }

  /** Ids of accepted evidence that is a result and is not filed, the oldest first. */
  async unfiled(limit: number): Promise<string[]> {
    return this.#knex('evidence_submissions as s')
      .leftJoin('evaluation_result_submissions as l', 'l.submission_id', 's.id')
      .whereNull('l.submission_id')
      .whereIn('s.predicate_type', [...RESULT_TYPES])
      .orderBy('s.seq')
      .limit(limit)
      .pluck('s.id');
  }

  /** Submissions of a result where all were taken back. */
  #withdrawn(result: string) {
    return this.#knex('evaluation_result_submissions as l')
      .join('evidence_submissions as s', 's.id', 'l.submission_id')
      .whereRaw('l.result_id = ??', [`${result}.id`])
      .groupBy('l.result_id')
      .havingRaw('COUNT(*) = COUNT(s.withdrawn_at)')
      .select('l.result_id');
  }
}
