import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, stringifyError } from '@backstage/errors';
import {
  LeasedWork,
  LeaseLost,
  passLatest,
  TakenOver,
  Unwanted,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { RunError } from '@modelhub/evals';
import type { Outbox } from '../../outbox/Outbox';
import type { ExecutedRun, PackExecution } from './PackExecution';
import type { RunOutcome } from './RunOutcome';
import { LEASE_MS, type RunRecord, type RunStore } from './RunStore';

const RENEW_MS = LEASE_MS / 3;
const MAX_ATTEMPTS = 5;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

export interface PackRunnerOptions {
  runs: RunStore;
  execution: Pick<PackExecution, 'execute'>;
  outcome: Pick<RunOutcome, 'finished' | 'failed'>;
  transactions: Transactions;
  outbox: Outbox;
  logger: LoggerService;
  /** Runs at once on this replica. */
  concurrency: number;
  timeoutMs: number;
  /** How often progress is passed on, which makes open pages ask again; 2 s by default. */
  progressMs?: number;
}

class Late extends Error {}

const waitMs = (attempt: number) =>
  Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);

/**
 * Runs packs. What is due is in the database, so any replica takes it, and
 * goes on with what one that was killed has left.
 */
export class PackRunner {
  static create(options: PackRunnerOptions): PackRunner {
    return new PackRunner(options);
  }

  readonly #options: PackRunnerOptions;
  readonly #work: LeasedWork<RunRecord>;

  private constructor(options: PackRunnerOptions) {
    this.#options = options;
    const { runs, concurrency, logger } = options;
    this.#work = LeasedWork.create<RunRecord>({
      title: 'Runs of packs',
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
      perform: (run, gone) => this.#execute(run, gone),
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

  async #execute(run: RunRecord, gone: AbortController): Promise<void> {
    const { execution, outcome, timeoutMs } = this.#options;
    const timer = setTimeout(
      () =>
        gone.abort(
          new Late(`It took longer than ${timeoutMs / 60_000} minutes.`),
        ),
      timeoutMs,
    );
    const progress = this.#follow(run);
    const signal = AbortSignal.any([gone.signal, this.#work.stopping]);
    try {
      let executed: ExecutedRun;
      try {
        executed = await execution.execute(run, {
          signal,
          progress: progress.tell,
        });
        signal.throwIfAborted();
      } finally {
        await progress.stop();
      }
      await outcome.finished(run, executed);
    } catch (error) {
      await this.#unfinished(run, gone.signal, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #unfinished(
    run: RunRecord,
    gone: AbortSignal,
    error: unknown,
  ): Promise<void> {
    const { runs, outcome, logger } = this.#options;
    const { reason: because } = gone;
    if (
      error instanceof LeaseLost ||
      because instanceof Unwanted ||
      because instanceof TakenOver
    ) {
      return;
    }
    if (because instanceof Late) {
      await outcome.failed(
        run,
        `${because.message} What was answered is kept: run it again to go on from there, or raise modelGovernance.evaluations.timeoutMinutes.`,
      );
      return;
    }
    // Given back, another replica goes on with it.
    if (this.#work.stopping.aborted) {
      await runs.release(run);
      return;
    }
    // It says what to do; doing the same again does not help.
    if (error instanceof RunError || error instanceof InputError) {
      await outcome.failed(run, error.message);
      return;
    }
    const reason = stringifyError(error);
    if (run.attempts < MAX_ATTEMPTS) {
      logger.warn(
        `Run ${run.id} of ${run.pack.entityRef} broke off, attempt ${run.attempts}: ${reason}`,
      );
      await runs.retryLater(run, waitMs(run.attempts), reason);
      return;
    }
    logger.error(`Run ${run.id} of ${run.pack.entityRef} was given up`, {
      reason,
    });
    await outcome.failed(
      run,
      `It broke off ${run.attempts} times, the last time with: ${reason}`,
    );
  }

  /** Passes the latest progress on, every now and then. */
  #follow(run: RunRecord) {
    const {
      runs,
      transactions,
      outbox,
      logger,
      progressMs = 2000,
    } = this.#options;
    return passLatest<NonNullable<RunRecord['progress']>>({
      everyMs: progressMs,
      pass: async progress => {
        await transactions.run(async tx => {
          await runs.renew(run, tx, progress);
          await outbox.add(tx, [
            { topic: 'signal', payload: { type: 'evaluation.progress' } },
          ]);
        });
        outbox.wake();
      },
      failed: error =>
        logger.debug(`The progress of run ${run.id} was lost`, error),
    });
  }
}
