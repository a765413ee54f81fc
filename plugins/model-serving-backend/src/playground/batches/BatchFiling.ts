import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import type { TargetService } from '../targets/TargetService';
import type { BatchRunStore } from './BatchRunStore';
import type { BatchRecord, BatchRunRecord } from './records';
import { savedResult } from './savedResult';

/** Hands results to governance, as the person. Doing it again does nothing more. */
export class BatchFiling {
  static create(options: {
    runs: Pick<BatchRunStore, 'at' | 'filed'>;
    governance: Pick<
      ModelGovernanceClient,
      'fileModelEvaluation' | 'attachEvaluation'
    >;
    targets: Pick<TargetService, 'token'>;
  }): BatchFiling {
    return new BatchFiling(options);
  }

  readonly #options: Parameters<typeof BatchFiling.create>[0];

  private constructor(options: Parameters<typeof BatchFiling.create>[0]) {
    this.#options = options;
  }

  /** @returns id of the result in governance */
  async save(
    batch: BatchRecord,
    place: number,
    credentials: BackstageCredentials,
  ): Promise<string> {
    const { governance, runs, targets } = this.#options;
    const run = await this.#finished(batch, place);
    if (run.resultId !== undefined) return run.resultId;
    const { entityRef, modelVersion } = run.target;
    const { id } = await governance.fileModelEvaluation(
      {
        body: {
          entityRef,
          modelVersion,
          ...(run.pin !== undefined && { pin: run.pin }),
          result: { ...savedResult(batch, run) },
        },
        // The same run is the same result, also when the answer was lost.
        idempotencyKey: `playground-${run.id}`,
      },
      { token: await targets.token(credentials) },
    );
    await runs.filed(run, { resultId: id });
    return id;
  }

  async attach(
    batch: BatchRecord,
    input: { place: number; approvalId: string },
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { governance, runs, targets } = this.#options;
    const { place, approvalId } = input;
    const resultId = await this.save(batch, place, credentials);
    const run = await this.#finished(batch, place);
    await governance.attachEvaluation(
      { id: approvalId, body: { resultId } },
      { token: await targets.token(credentials) },
    );
    await runs.filed(run, {
      resultId,
      attached: [...new Set([...run.attached, approvalId])],
    });
  }

  async #finished(batch: BatchRecord, place: number) {
    const run: BatchRunRecord | undefined = await this.#options.runs.at(
      batch.id,
      place,
    );
    if (!run) {
      throw new InputError(`The batch has no target at place ${place}.`);
    }
    const { result } = run;
    if (result) return { ...run, result };
    throw new ConflictError(
      `Target ${place} (${run.target.title}) is ${run.state} and has no result to save. Wait until it has finished, or go on with it.`,
    );
  }
}
