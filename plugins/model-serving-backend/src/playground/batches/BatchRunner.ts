import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  LeasedWork,
  LeaseLost,
  passLatest,
  TakenOver,
  Unwanted,
} from '@modelhub/backstage-plugin-models-node';
import { RunError } from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { BatchExecution } from './BatchExecution';
import { LEASE_MS, type BatchRunStore } from './BatchRunStore';
import type { BatchRunRecord, RunProgressRecord } from './records';

const RENEW_MS = LEASE_MS / 3;
const MAX_ATTEMPTS = 5;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;
/** How often progress is passed on, which makes open pages ask again. */
const PROGRESS_MS = 1000;

/** These say what to do; doing the same again does not help. */
const FINAL = [
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
];

class Late extends Error {}

export interface BatchRunnerOptions {
  runs: BatchRunStore;
  execution: Pick<BatchExecution, 'execute'>;
  logger: LoggerService;
  /** Tells open pages. */
  changed(): void;
  /** Targets at once on this replica. */
  concurrency: number;
  timeoutMs: number;
}

/**
 * Runs batches. What is due is in the database, so any replica takes it, and
 * goes on with what one that was killed has left.
 */
export class BatchRunner {
  static create(options: BatchRunnerOptions): BatchRunner {
    return new BatchRunner(options);
  }

  readonly #options: BatchRunnerOptions;
  readonly #work: LeasedWork<BatchRunRecord>;

  private constructor(options: BatchRunnerOptions) {
    this.#options = options;
    const { runs, concurrency, logger } = options;
    this.#work = LeasedWork.create<BatchRunRecord>({
      title: 'Batches of the playground',
      concurrency,
      renewMs: RENEW_MS,
      logger,
      lease: active => runs.lease(active.map(({ id }) => id)),
      renew: async run => {
        try {
          await runs.renew(run);
          return true;
        } catch (error) {
          if (error instanceof LeaseLost) return false;
          throw error;
        }
      },
      unwanted: active => runs.lost(active),
      perform: (run, gone) => this.#perform(run, gone),
    });
  }

  /** Look every second, and at each `wake`. */
  start(): void {
    this.#work.start();
  }

  /** Resolves when nothing runs here any more; what ran is for other replicas. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  /** Look now. */
  wake(): void {
    this.#work.wake();
  }

  /** Does what is due now; resolves when nothing runs here any more. */
  async runDue(): Promise<void> {
    await this.#work.runDue();
  }

  async #perform(run: BatchRunRecord, gone: AbortController): Promise<void> {
    const { execution, timeoutMs, runs, changed, logger } = this.#options;
    const timer = setTimeout(
      () =>
        gone.abort(
          new Late(
            `It took longer than ${Math.round(
              timeoutMs / 60_000,
            )} minutes. What was answered is kept: go on with the batch.`,
          ),
        ),
      timeoutMs,
    );
    const progress = passLatest<RunProgressRecord>({
      everyMs: PROGRESS_MS,
      pass: async latest => {
        await runs.renew(run, undefined, latest);
        changed();
      },
      failed: error =>
        logger.debug(`The progress of ${run.id} was lost`, error),
    });
    const signal = AbortSignal.any([gone.signal, this.#work.stopping]);
    changed();
    try {
      let result: EvaluationResult;
      try {
        result = await execution.execute(run, {
          signal,
          progress: progress.tell,
        });
        signal.throwIfAborted();
      } finally {
        await progress.stop();
      }
      const { outcomes } = result.cases;
      await runs.end(run, {
        state: 'finished',
        result,
        progress: {
          done: outcomes.length,
          failed: outcomes.filter(it => it === 'failed').length,
          total: outcomes.length,
          retries: Number(result.settings.retriesMade ?? 0),
        },
      });
    } catch (error) {
      await this.#unfinished(run, gone.signal, error);
    } finally {
      clearTimeout(timer);
      changed();
    }
  }

  async #unfinished(
    run: BatchRunRecord,
    gone: AbortSignal,
    error: unknown,
  ): Promise<void> {
    const { runs, logger } = this.#options;
    const { reason: because } = gone;
    if (
      error instanceof LeaseLost ||
      because instanceof Unwanted ||
      because instanceof TakenOver
    ) {
      return;
    }
    if (because instanceof Late) {
      await this.#failed(run, because.message);
      return;
    }
    // Given back, another replica goes on with it.
    if (this.#work.stopping.aborted) {
      await runs.release(run);
      return;
    }
    if (
      error instanceof RunError ||
      (error instanceof Error && FINAL.includes(error.name))
    ) {
      await this.#failed(run, error.message);
      return;
    }
    const reason = stringifyError(error);
    if (run.attempts < MAX_ATTEMPTS) {
      logger.warn(
        `Target ${run.place} of batch ${run.batchId} broke off, attempt ${run.attempts}: ${reason}`,
      );
      const waitMs = Math.min(
        FIRST_WAIT_MS * 2 ** (run.attempts - 1),
        LONGEST_WAIT_MS,
      );
      await runs.retryLater(run, waitMs, reason);
      return;
    }
    logger.error(`Target ${run.place} of batch ${run.batchId} was given up`, {
      reason,
    });
    await this.#failed(
      run,
      `It broke off ${run.attempts} times, the last time with: ${reason}`,
    );
  }

  async #failed(run: BatchRunRecord, problem: string): Promise<void> {
    try {
      await this.#options.runs.end(run, { state: 'failed', problem });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }
}
