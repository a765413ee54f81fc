import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, stringifyError } from '@backstage/errors';
import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import { RunError } from '@modelhub/evals';
import type { Outbox } from '../../outbox/Outbox';
import type { ExecutedRun, PackExecution } from './PackExecution';
import type { RunOutcome } from './RunOutcome';
import { LEASE_MS, LeaseLost, type RunRecord, type RunStore } from './RunStore';

const POLL_MS = 1000;
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

/** Cancelled, or another replica has taken over. */
class Unwanted extends Error {}

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
  readonly #stopping = new AbortController();
  /** By id. */
  readonly #active = new Map<
    string,
    { run: RunRecord; gone: AbortController; ended: Promise<void> }
  >();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;

  private constructor(options: PackRunnerOptions) {
    this.#options = options;
  }

  /** Look every second, and at each `wake`. */
  start(): void {
    this.#timer ??= setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  /** Resolves when nothing runs here any more; what ran is for other replicas. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#looking;
    await this.#ended();
  }

  /** Look now. */
  wake(): void {
    if (this.#stopping.signal.aborted) return;
    this.#look().catch(error =>
      this.#options.logger.error('Runs could not be looked at', error),
    );
  }

  /** Does what is due now; resolves when nothing runs here any more. */
  async runDue(): Promise<void> {
    do {
      await this.#look();
      await this.#ended();
    } while (this.#active.size > 0);
  }

  async #ended(): Promise<void> {
    await Promise.allSettled(
      [...this.#active.values()].map(({ ended }) => ended),
    );
  }

  async #look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#lookUntilQuiet().finally(() => {
      this.#looking = undefined;
      if (this.#again) this.wake();
    });
    return this.#looking;
  }

  async #lookUntilQuiet(): Promise<void> {
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      await this.#dropLost();
      await this.#startRuns();
    }
  }

  async #dropLost(): Promise<void> {
    if (this.#active.size === 0) return;
    const active = [...this.#active.values()].map(({ run }) => run);
    for (const id of await this.#options.runs.lost(active)) {
      this.#active.get(id)?.gone.abort(new Unwanted());
    }
  }

  async #startRuns(): Promise<void> {
    const { runs, concurrency, logger } = this.#options;
    while (this.#active.size < concurrency) {
      const run = await runs.lease([...this.#active.keys()]);
      if (!run) return;
      const gone = new AbortController();
      const ended = this.#execute(run, gone)
        .catch(error =>
          logger.error(`What became of run ${run.id} was not kept`, error),
        )
        .finally(() => {
          this.#active.delete(run.id);
          this.wake();
        });
      this.#active.set(run.id, { run, gone, ended });
    }
  }

  async #execute(run: RunRecord, gone: AbortController): Promise<void> {
    const { runs, execution, outcome, timeoutMs } = this.#options;
    const renewal = setInterval(() => {
      runs.renew(run).catch(error => {
        if (error instanceof LeaseLost) gone.abort(new Unwanted());
      });
    }, RENEW_MS);
    const timer = setTimeout(
      () =>
        gone.abort(
          new Late(`It took longer than ${timeoutMs / 60_000} minutes.`),
        ),
      timeoutMs,
    );
    const progress = this.#follow(run);
    const signal = AbortSignal.any([gone.signal, this.#stopping.signal]);
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
      clearInterval(renewal);
      clearTimeout(timer);
    }
  }

  async #unfinished(
    run: RunRecord,
    gone: AbortSignal,
    error: unknown,
  ): Promise<void> {
    const { runs, outcome, logger } = this.#options;
    if (error instanceof LeaseLost || gone.reason instanceof Unwanted) return;
    if (gone.reason instanceof Late) {
      await outcome.failed(
        run,
        `${gone.reason.message} What was answered is kept: run it again to go on from there, or raise modelGovernance.evaluations.timeoutMinutes.`,
      );
      return;
    }
    // Given back, another replica goes on with it.
    if (this.#stopping.signal.aborted) {
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
    let latest: RunRecord['progress'];
    let telling: Promise<void> = Promise.resolve();
    const tell = async () => {
      if (!latest) return;
      const progress = latest;
      latest = undefined;
      await transactions.run(async tx => {
        await runs.renew(run, tx, progress);
        await outbox.add(tx, [
          { topic: 'signal', payload: { type: 'evaluation.progress' } },
        ]);
      });
      outbox.wake();
    };
    const timer = setInterval(() => {
      telling = telling
        .then(tell)
        .catch(error =>
          logger.debug(`The progress of run ${run.id} was lost`, error),
        );
    }, progressMs);
    return {
      tell: (progress: NonNullable<RunRecord['progress']>) => {
        latest = progress;
      },
      stop: async () => {
        clearInterval(timer);
        await telling;
      },
    };
  }
}
