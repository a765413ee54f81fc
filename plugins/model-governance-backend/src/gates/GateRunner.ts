import { stringifyError } from '@backstage/errors';
import {
  LeasedWork,
  passLatest,
  Unwanted,
  type GateOutcome,
  type GateProgress,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import type { Outbox } from '../outbox/Outbox';
import { conclude } from './conclude';
import { ConclusionStore } from './ConclusionStore';
import { createContext, type GateSources } from './createContext';
import type { EvidenceStore } from './EvidenceStore';
import type { GateRegistry } from './GateRegistry';
import type { GateRequestStore } from './GateRequestStore';
import { GateRunStore, LEASE_MS } from './GateRunStore';
import type { GatesListener } from './GateService';
import type { ApprovalRow, LeasedRun } from './rows';

const RENEW_MS = LEASE_MS / 3;
const MAX_ATTEMPTS = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export interface GateRunnerOptions extends GateSources {
  transactions: Transactions;
  registry: GateRegistry;
  requests: GateRequestStore;
  evidence: EvidenceStore;
  /** Open pages hear of progress through it. */
  outbox: Outbox;
  listener(): GatesListener | undefined;
  /** Gates that run at once on this replica; 4 by default. */
  concurrency?: number;
  /** A gate that does not say has this long; 60 s by default. */
  timeoutMs?: number;
  /** How often progress is passed on, which makes open pages ask again; 2 s by default. */
  progressMs?: number;
  /** Names this replica; random by default. */
  owner?: string;
}

const waitMs = (attempt: number) =>
  Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);

/**
 * Runs gates. What is due is in the database, so any replica takes it, and
 * takes over from one that was killed.
 */
export class GateRunner {
  static create(options: GateRunnerOptions): GateRunner {
    const owner = options.owner ?? randomUUID();
    return new GateRunner(
      options,
      GateRunStore.create({ ...options, owner }),
      ConclusionStore.create({ ...options, owner }),
    );
  }

  readonly #options: GateRunnerOptions;
  readonly #runs: GateRunStore;
  readonly #conclusions: ConclusionStore;
  readonly #work: LeasedWork<LeasedRun>;

  private constructor(
    options: GateRunnerOptions,
    runs: GateRunStore,
    conclusions: ConclusionStore,
  ) {
    this.#options = options;
    this.#runs = runs;
    this.#conclusions = conclusions;
    const { concurrency = 4, logger } = options;
    this.#work = LeasedWork.create<LeasedRun>({
      title: 'Gates',
      concurrency,
      renewMs: RENEW_MS,
      logger,
      lease: async active => {
        const [run] = await runs.lease(1, {
          runs: active.map(({ id }) => id),
          gates: this.#fullGates(active),
        });
        return run;
      },
      renew: run => runs.renew(run),
      unwanted: active => runs.unwanted(active.map(({ id }) => id)),
      perform: (run, gone) => this.#execute(run, gone.signal),
      before: () => conclusions.endWaivers(),
      after: () => this.#tellNews(),
    });
  }

  /** Look every second, and at each `wake`. */
  start(): void {
    this.#work.start();
  }

  /** Resolves when nothing runs here any more. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  /** Look now. */
  wake(): void {
    this.#work.wake();
  }

  /** Do what is due now, and what becomes due by doing it. */
  async runDue(): Promise<void> {
    await this.#work.runDue();
  }

  /** Gates of which as many run here as may at once. */
  #fullGates(active: LeasedRun[]): string[] {
    const running = active.map(({ gateId }) => gateId);
    return this.#options.registry
      .all()
      .filter(
        ({ id, concurrency = Infinity }) =>
          running.filter(gateId => gateId === id).length >= concurrency,
      )
      .map(({ id }) => id);
  }

  async #execute(run: LeasedRun, gone: AbortSignal): Promise<void> {
    const progress = this.#follow(run);
    try {
      const outcome = await this.#evaluate(run, gone, progress.tell);
      await progress.stop();
      if (outcome.verdict === 'error' && !outcome.isFinal) {
        await this.#failed(run, outcome.summary);
      } else {
        await this.#runs.finish(run, outcome);
      }
    } catch (error) {
      await progress.stop();
      const { aborted, reason } = gone;
      // Given back, it is taken up again as soon as somebody waits for it.
      if (this.#work.stopping.aborted || reason instanceof Unwanted) {
        await this.#runs.release(run);
      } else if (!aborted) {
        await this.#failed(run, stringifyError(error));
      }
    }
  }

  /** Passes the latest progress on, every now and then. */
  #follow(run: LeasedRun) {
    const { transactions, outbox, logger, progressMs = 2000 } = this.#options;
    return passLatest<GateProgress>({
      everyMs: progressMs,
      pass: async progress => {
        if (!(await this.#runs.progress(run, progress))) return;
        await transactions.run(tx =>
          outbox.add(tx, [
            { topic: 'signal', payload: { type: 'gate.progress' } },
          ]),
        );
        outbox.wake();
      },
      failed: error =>
        logger.warn(`The progress of gate ${run.gateId} was lost`, error),
    });
  }

  async #evaluate(
    run: LeasedRun,
    gone: AbortSignal,
    progress: (progress: GateProgress) => void,
  ): Promise<GateOutcome> {
    const { registry } = this.#options;
    const gate = registry.get(run.gateId);
    if (!gate) {
      throw new Error(
        `Gate '${run.gateId}' is not installed here; add its module to the backend`,
      );
    }
    const timeoutMs = gate.timeoutSeconds
      ? gate.timeoutSeconds * 1000
      : this.#options.timeoutMs ?? 60_000;
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new Error(`No answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    const signal = AbortSignal.any([gone, late.signal, this.#work.stopping]);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), {
        once: true,
      });
    });
    try {
      return await Promise.race([
        gate.evaluate(
          run.subject,
          run.params,
          createContext(this.#options, {
            gateId: run.gateId,
            subject: run.subject,
            signal,
            progress,
          }),
        ),
        aborted,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #failed(run: LeasedRun, reason: string): Promise<void> {
    const { logger } = this.#options;
    const log = `Gate ${run.gateId} gave no answer for ${run.subject.entityRef}, attempt ${run.attempt}: ${reason}`;
    if (run.attempt < MAX_ATTEMPTS) {
      logger.warn(log);
      await this.#runs.retry(run, waitMs(run.attempt), reason);
      return;
    }
    logger.error(`${log}. Given up.`);
    await this.#runs.finish(run, {
      verdict: 'error',
      summary: `No answer after ${run.attempt} attempts: ${reason}`,
      findings: [],
    });
  }

  async #tellNews(): Promise<void> {
    if (!this.#options.listener()) return;
    const news = await this.#conclusions.lease(20);
    for (const row of news) await this.#tell(row);
    if (news.length > 0) this.#work.again();
  }

  async #tell(row: ApprovalRow): Promise<void> {
    const { requests, transactions, clock, logger, listener } = this.#options;
    try {
      const answers = await requests.answers(
        transactions.knex,
        row.approval_id,
      );
      const conclusion = conclude(answers?.rows ?? [], clock.now());
      const text = JSON.stringify(conclusion);
      const isNews =
        answers &&
        conclusion.status !== 'running' &&
        text !== row.told_conclusion;
      if (isNews) await listener()?.(row.approval_id, conclusion);
      await this.#conclusions.told(
        row,
        conclusion.status === 'running' ? null : text,
      );
    } catch (error) {
      logger.warn(
        `What the gates of approval ${
          row.approval_id
        } concluded was not taken, attempt ${row.attempts}: ${stringifyError(
          error,
        )}`,
      );
      await this.#conclusions.retry(row, waitMs(row.attempts));
    }
  }
}
