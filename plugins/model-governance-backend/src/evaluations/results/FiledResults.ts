import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { readEvidence } from '@modelhub/governance-protocol';
import type {
  SubmissionRecord,
  SubmissionStore,
} from '../../evidence/SubmissionStore';
import {
  RESULT_TYPES,
  type ResultDocument,
  type ResultStore,
} from './ResultStore';

const AT_ONCE = 50;

/** Who ran it, where it was not a pipeline. */
export interface OwnRun {
  source: 'hub' | 'online';
  runId?: string;
  /** Entity ref. */
  startedBy?: string;
  /** Of a result that is filed by itself. */
  resultId?: string;
}

/** Files what is submitted to checks as results of models. */
export class FiledResults {
  static create(options: {
    transactions: Transactions;
    submissions: SubmissionStore;
    results: ResultStore;
    logger: LoggerService;
  }): FiledResults {
    return new FiledResults(options);
  }

  readonly #options: Parameters<typeof FiledResults.create>[0];

  private constructor(options: Parameters<typeof FiledResults.create>[0]) {
    this.#options = options;
  }

  /**
   * In the transaction in which the evidence is kept.
   *
   * @returns id of the result; undefined for evidence that is none
   */
  async submitted(
    tx: Knex.Transaction,
    record: SubmissionRecord,
    run?: OwnRun,
  ): Promise<string | undefined> {
    if (!RESULT_TYPES.includes(record.predicateType)) return undefined;
    const read = readEvidence(record.envelope);
    if (!read.ok) return undefined;
    const { results } = this.#options;
    const resultId =
      run?.resultId ??
      (await results.file(tx, {
        entityRef: record.entityRef,
        modelVersion: record.modelVersion,
        pin: record.pin,
        predicateType: record.predicateType,
        document: read.statement.predicate as unknown as ResultDocument,
        source: run?.source ?? 'pipeline',
        runId: run?.runId,
        submittedBy: record.submittedBy,
        startedBy: run?.startedBy,
        submittedAt: record.submittedAt,
        seq: record.seq,
      }));
    await results.link(tx, {
      resultId,
      submissionId: record.id,
      gateId: record.gateId,
    });
    return resultId;
  }

  /** Files what was submitted before there were results. */
  async fileOld(): Promise<void> {
    const { transactions, submissions, results, logger } = this.#options;
    for (;;) {
      const ids = await results.unfiled(AT_ONCE);
      let filed = 0;
      for (const id of ids) {
        const done = await transactions.run(async tx => {
          const record = await submissions.get(id, tx);
          return record && (await this.submitted(tx, record));
        });
        if (done) filed += 1;
        else logger.warn(`Evidence ${id} cannot be read as a result`);
      }
      if (filed === 0 || ids.length < AT_ONCE) return;
    }
  }
}
