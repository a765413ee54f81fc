import type { EvaluationResult } from '@modelhub/governance-protocol';
import { shownAddress } from '../endpoint/address';
import { EndpointError, failureOf } from '../endpoint/failures';
import { ModelClient } from '../endpoint/ModelClient';
import type { EvaluationCase } from '../pack/types';
import { Breaker } from './Breaker';
import { CaseRunner } from './CaseRunner';
import { FailureList, type CaseRow } from './CaseTable';
import { JOURNAL_FORMAT } from './journal/journalMismatch';
import type { JournalHeader } from './journal/types';
import { emptyCase, keep, type KeptCase } from './KeptCases';
import { respondentOf } from './respond/respondentOf';
import { resultOf } from './resultOf';
import { ScorerEndpoints } from './ScorerEndpoints';
import { settle, type RunSettings } from './settings';
import { RunError, type RunPackOptions, type RunProgress } from './types';
import { Slots } from './Slots';

class Run {
  readonly #settings: RunSettings;
  readonly #rows: Array<CaseRow | undefined>;
  readonly #failures: FailureList;
  readonly #client: ModelClient;
  readonly #breaker: Breaker;
  readonly #models: ScorerEndpoints;
  readonly #runner: CaseRunner;
  /** Ends everything, since the caller or a problem wants it. */
  readonly #ending = new AbortController();
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, KeptCase>();
  #problem: unknown;
  #progress: RunProgress;

  constructor(settings: RunSettings) {
    this.#settings = settings;
    this.#rows = settings.cases.map(() => undefined);
    this.#failures = new FailureList(settings.isContentLeftOut ?? false);
    this.#signal = settings.signal
      ? AbortSignal.any([settings.signal, this.#ending.signal])
      : this.#ending.signal;
    this.#progress = {
      phase: 'cases',
      done: 0,
      failed: 0,
      total: settings.cases.length,
      retries: 0,
      resumed: 0,
    };
    const onRetry = () => this.#tell({ retries: this.#progress.retries + 1 });
    this.#client = ModelClient.create({ ...settings, onRetry });
    this.#models = new ScorerEndpoints(settings, onRetry);
    this.#breaker = new Breaker({
      who: shownAddress(settings.endpoint),
      model: settings.model,
      concurrency: settings.concurrency,
    });
    this.#runner = new CaseRunner({
      settings,
      respondent: respondentOf(settings, this.#client),
      models: this.#models,
      journal: settings.journal,
      failures: this.#failures,
      signal: this.#signal,
    });
  }

  async run(): Promise<EvaluationResult> {
    const { journal } = this.#settings;
    const header = await this.#open();
    try {
      await this.#resume();
      await this.#runCases();
    } finally {
      await journal?.close();
    }
    const { cases } = this.#settings;
    const done = this.#rows.flatMap((row, place) =>
      row ? [{ row, it: cases[place] }] : [],
    );
    if (!done.some(({ row }) => row.outcome !== 'failed')) {
      throw new RunError(
        done.length > 0
          ? `No case was answered: ${
              this.#failures.list[0]?.reason ?? 'all failed'
            }`
          : 'It was stopped before the first case was answered; there is no result.',
      );
    }
    return resultOf({
      settings: this.#settings,
      startedAt: header.startedAt,
      cases: done.map(({ it }) => it),
      rows: done.map(({ row }) => row),
      failures: this.#failures.list,
      client: this.#client,
      models: this.#models,
      progress: this.#progress,
    });
  }

  async #open(): Promise<JournalHeader> {
    const { journal, pack, model, inputDigest } = this.#settings;
    const header: JournalHeader = {
      format: JOURNAL_FORMAT,
      inputDigest,
      suite: { name: pack.name, version: pack.version },
      model,
      startedAt: new Date().toISOString(),
    };
    if (!journal) return header;
    try {
      return await journal.open(header);
    } catch (error) {
      throw new RunError((error as Error).message, { cause: error });
    }
  }

  /** What earlier runs kept; of cases that are through only the row stays. */
  async #resume(): Promise<void> {
    const { journal, cases } = this.#settings;
    if (!journal) return;
    const places = new Map(cases.map(({ id }, place) => [id, place]));
    try {
      for await (const entry of journal.entries()) {
        const place = places.get(entry.caseId);
        if (place === undefined || this.#rows[place]) continue;
        const kept = this.#kept.get(entry.caseId) ?? emptyCase();
        this.#kept.set(entry.caseId, kept);
        keep(kept, entry);
        if (this.#runner.isAnswered(kept) && this.#runner.isScored(kept)) {
          this.#finish(cases[place], place, kept);
        }
      }
    } catch (error) {
      throw new RunError((error as Error).message, { cause: error });
    }
    const answered = [...this.#kept.values()].filter(kept =>
      this.#runner.isAnswered(kept),
    );
    const done = this.#rows.filter(Boolean).length;
    if (done + answered.length > 0) {
      this.#tell({ done, resumed: done + answered.length });
    }
  }

  async #runCases(): Promise<void> {
    const { cases, concurrency, draining } = this.#settings;
    const open = cases.flatMap((it, place) =>
      this.#rows[place] ? [] : [{ it, place }],
    );
    if (open.length === 0) return;
    // Judges have places of their own, so that the model need not wait for them.
    const scoring = new Slots(concurrency);
    let next = 0;
    const isOver = () =>
      this.#signal.aborted ||
      this.#ending.signal.aborted ||
      Boolean(draining?.aborted) ||
      next >= open.length;
    const one = async () => {
      const { it, place } = open[next];
      next += 1;
      await this.#ask(it, place, scoring);
    };
    const work = async () => {
      while (!isOver()) await one();
    };
    try {
      await this.#prepare();
      // One at a time until one is answered: a wrong key is not tried on all.
      while (!isOver() && !this.#breaker.hasAnswered) await one();
      await Promise.all(Array.from({ length: concurrency }, work));
      await scoring.idle();
    } catch (error) {
      this.#end(error);
      await scoring.idle();
    }
    if (this.#problem !== undefined) throw this.#problem;
  }

  async #prepare(): Promise<void> {
    const respondent = this.#runner.respondent;
    if (!respondent.prepare) return;
    try {
      await respondent.prepare(this.#signal, (done, total) =>
        this.#settings.onProgress?.({
          ...this.#progress,
          phase: 'documents',
          done,
          total,
        }),
      );
    } catch (error) {
      if (this.#signal.aborted) return;
      const failure = failureOf(error);
      throw new RunError(
        `The documents could not be embedded by ${this.#settings.model}: ${
          failure.message
        }`,
        { cause: error },
      );
    }
  }

  async #ask(it: EvaluationCase, place: number, scoring: Slots): Promise<void> {
    const kept = this.#kept.get(it.id) ?? emptyCase();
    try {
      if (!this.#runner.isAnswered(kept)) {
        await this.#runner.ask(it, kept);
        this.#breaker.answered();
      }
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!(error instanceof EndpointError)) {
        this.#end(error);
        return;
      }
      try {
        this.#breaker.failed(error.failure);
      } catch (problem) {
        this.#end(problem);
        return;
      }
      this.#rows[place] = this.#runner.unanswered(it, place, error);
      this.#tell({
        done: this.#progress.done + 1,
        failed: this.#progress.failed + 1,
      });
      return;
    }
    await scoring.run(async () => {
      try {
        await this.#runner.score(it, kept);
        this.#finish(it, place, kept);
        this.#tell({ done: this.#progress.done + 1 });
      } catch (error) {
        if (!this.#signal.aborted) this.#end(error);
      }
    });
  }

  #finish(it: EvaluationCase, place: number, kept: KeptCase): void {
    this.#rows[place] = this.#runner.finish(it, place, kept);
    // The contents are let go.
    this.#kept.delete(it.id);
  }

  /** The first problem is what is told; the others are of its making. */
  #end(problem: unknown): void {
    this.#problem ??= problem;
    this.#ending.abort();
  }

  #tell(change: Partial<RunProgress>): void {
    const waitingMs = Math.round(this.#client.waitingMs);
    const { waitingMs: _, ...before } = this.#progress;
    this.#progress = {
      ...before,
      ...change,
      ...(waitingMs > 0 && { waitingMs }),
    };
    this.#settings.onProgress?.(this.#progress);
  }
}

/**
 * Runs a pack against a model behind an OpenAI-compatible endpoint: asks its
 * cases, scores the answers and makes the result, which is frozen. With a
 * journal, a run that was interrupted goes on where it was, and no case that was
 * answered is asked again; cases that failed are.
 *
 * An abort makes a partial result of the cases that are through.
 *
 * @throws RunError when there can be no result, with what to do
 * @public
 */
export async function runPack(
  options: RunPackOptions,
): Promise<EvaluationResult> {
  return new Run(settle(options)).run();
}
