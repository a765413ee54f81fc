import {
  MOST_ONLINE_SAMPLES,
  type OnlineBatch,
  type OnlineNote,
  type OnlineSample,
  type OnlineTally,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlPlaneLink } from '../guardrails/AskDesk';
import type { GatewayLogger } from '../telemetry/Logger';

/** How often there is a batch, in milliseconds. */
const EVERY_MS = 1_000;

/** How long to wait between attempts at most, in milliseconds. */
const LONGEST_WAIT_MS = 30_000;

/** Samples that wait for the control plane; more are dropped. */
const MOST_WAITING = 5_000;

/** Tallies of a batch, so that it stays below what a portal takes. */
const MOST_TALLIES = 200;

/**
 * Sends what experiments showed: each batch until the control plane has it,
 * always under the same id. What waits is in memory only: a gateway that is
 * killed loses a few scores, and nobody's money.
 */
export class OnlineReporter {
  readonly #link: ControlPlaneLink;
  readonly #logger: GatewayLogger;
  readonly #everyMs: number;
  readonly #stopping = new AbortController();
  readonly #samples: OnlineSample[] = [];
  readonly #tallies = new Map<string, OnlineTally>();
  readonly #notes = new Map<string, OnlineNote>();
  #batch: OnlineBatch | undefined;
  #failures = 0;
  #running: Promise<void> | undefined;

  constructor(options: {
    link: ControlPlaneLink;
    logger: GatewayLogger;
    everyMs?: number;
  }) {
    this.#link = options.link;
    this.#logger = options.logger;
    this.#everyMs = options.everyMs ?? EVERY_MS;
  }

  /** Samples that the control plane does not have yet. */
  get waiting(): number {
    return this.#samples.length + (this.#batch?.samples.length ?? 0);
  }

  count({ experiment, arm, bucket }: OnlineTally, failed: boolean): void {
    const key = `${experiment} ${arm} ${bucket}`;
    const known = this.#tallies.get(key);
    if (known) {
      known.calls += 1;
      known.failed += failed ? 1 : 0;
    } else {
      this.#tallies.set(key, {
        experiment,
        arm,
        bucket,
        calls: 1,
        failed: failed ? 1 : 0,
      });
    }
    this.#begin();
  }

  note(experiment: string, what: keyof Omit<OnlineNote, 'experiment'>): void {
    let note = this.#notes.get(experiment);
    if (!note) {
      note = { experiment, optedOut: 0, dropped: 0, refused: 0 };
      this.#notes.set(experiment, note);
    }
    note[what] += 1;
    this.#begin();
  }

  add(sample: OnlineSample): void {
    if (this.#samples.length >= MOST_WAITING) {
      this.note(sample.experiment, 'dropped');
      return;
    }
    this.#samples.push(sample);
    this.#begin();
  }

  /** Tries once more to send what there is; the rest is lost. */
  async stop(drainMs = 2_000): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    const end = AbortSignal.timeout(drainMs);
    while (this.#next() && !end.aborted && (await this.#send(end))) {
      // The next one.
    }
  }

  /** Runs from the first thing that there is to tell, so that other gateways have no timer. */
  #begin(): void {
    if (!this.#running && !this.#stopping.signal.aborted) {
      this.#running = this.#run();
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const isFull = this.#samples.length >= MOST_ONLINE_SAMPLES;
      if (this.#failures > 0 || !isFull) {
        await delay(this.#pause(), undefined, { signal, ref: false }).catch(
          () => {},
        );
      }
      if (!signal.aborted && this.#next()) {
        const sent = await this.#send(signal);
        this.#failures = sent ? 0 : this.#failures + 1;
      }
    }
  }

  #pause(): number {
    const longest = this.#everyMs * 2 ** Math.min(this.#failures, 10);
    return Math.min(LONGEST_WAIT_MS, longest) * (0.5 + Math.random() / 2);
  }

  #next(): boolean {
    if (
      !this.#batch &&
      this.#samples.length + this.#tallies.size + this.#notes.size > 0
    ) {
      const keys = [...this.#tallies.keys()].slice(0, MOST_TALLIES);
      this.#batch = {
        batchId: randomUUID(),
        samples: this.#samples.splice(0, MOST_ONLINE_SAMPLES),
        tallies: keys.flatMap(key => this.#tallies.get(key) ?? []),
        notes: [...this.#notes.values()],
      };
      keys.forEach(key => this.#tallies.delete(key));
      this.#notes.clear();
    }
    return this.#batch !== undefined;
  }

  /** @returns whether the batch is out of the way */
  async #send(signal: AbortSignal): Promise<boolean> {
    const body = this.#batch;
    try {
      const { status, body: words } = await this.#link.request(
        'POST',
        '/online-batches',
        { body, signal },
      );
      if (status === 200) {
        this.#batch = undefined;
        return true;
      }
      if (status === 400 || status === 413 || status === 422) {
        this.#batch = undefined;
        this.#logger.error('The control plane does not take online scores', {
          alarm: 'online-batch-rejected',
          batchId: body?.batchId,
          words: JSON.stringify(words ?? '').slice(0, 300),
        });
        return true;
      }
      this.#wait(`It answered ${status}`);
    } catch (error) {
      if (!signal.aborted) {
        this.#wait((error as Error).message);
      }
    }
    return false;
  }

  #wait(reason: string): void {
    if (this.#failures === 0) {
      this.#logger.warn('Online scores wait for the control plane', { reason });
    }
  }
}
