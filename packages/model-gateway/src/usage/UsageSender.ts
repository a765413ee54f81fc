import type { UsageRecord } from '@modelhub/governance-protocol';
import { setTimeout as delay } from 'node:timers/promises';
import { withoutSignals } from '../signals/withoutSignals';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ControlPlaneLink } from './ControlPlaneLink';
import type { Segment } from './segments';
import type { Spool } from './Spool';

/** How long to wait between attempts, in milliseconds. */
const BACKOFF = { least: 250, most: 30_000 };

/** How often to look whether something waits, in milliseconds. */
const PAUSE_MS = 250;

/** What became of the last attempt. */
export type SenderState = 'idle' | 'sending' | 'waiting' | 'absent';

/**
 * Sends the segments of the spool one after the other, oldest first, until the
 * control plane has each. A segment is removed only after the answer that it
 * was taken, so one whose answer got lost is sent again under the same id.
 */
export class UsageSender {
  readonly #spool: Spool;
  readonly #link: ControlPlaneLink;
  readonly #logger: GatewayLogger;
  readonly #taken: (record: UsageRecord) => void;
  readonly #sealMs: number;
  readonly #signalsRefused: () => void;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #failures = 0;
  #state: SenderState = 'idle';

  constructor(options: {
    spool: Spool;
    link: ControlPlaneLink;
    logger: GatewayLogger;
    /** Hears of each record that the control plane has. */
    taken: (record: UsageRecord) => void;
    sealMs: number;
    /** Hears that the control plane is of an older release. */
    signalsRefused?: () => void;
  }) {
    this.#spool = options.spool;
    this.#link = options.link;
    this.#logger = options.logger;
    this.#taken = options.taken;
    this.#sealMs = options.sealMs;
    this.#signalsRefused = options.signalsRefused ?? (() => {});
  }

  get state(): SenderState {
    return this.#state;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Tries once more to send what there is, for so long; the rest stays on disk. */
  async stop(drainMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    const end = AbortSignal.timeout(drainMs);
    this.#spool.seal();
    while (!end.aborted && this.#link.isReady) {
      const segment = this.#spool.next();
      if (!segment || !(await this.#send(segment, end))) {
        return;
      }
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#spool.sealOlderThan(this.#sealMs);
      const segment = this.#link.isReady ? this.#spool.next() : undefined;
      let pause = PAUSE_MS;
      if (segment) {
        this.#state = 'sending';
        const sent = await this.#send(segment, signal);
        this.#failures = sent ? 0 : this.#failures + 1;
        pause = sent ? 0 : this.#backoff();
      } else {
        this.#state = 'idle';
      }
      if (pause > 0) {
        await delay(pause, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  #backoff(): number {
    const ceiling = Math.min(
      BACKOFF.most,
      BACKOFF.least * 2 ** Math.min(this.#failures, 10),
    );
    return ceiling * (0.5 + Math.random() / 2);
  }

  /** @returns whether the segment is out of the way */
  async #send(segment: Segment, signal: AbortSignal): Promise<boolean> {
    try {
      const records = await this.#spool.recordsOf(segment);
      const post = (lines: string[]) =>
        this.#link.post(
          '/batches',
          `{"batchId":"${segment.batchId}","records":[${lines.join()}]}`,
          signal,
        );
      let { status, body } = await post(records);
      const plain = status === 400 ? withoutSignals(records) : undefined;
      if (plain) {
        ({ status, body } = await post(plain));
        if (status === 200) {
          this.#signalsRefused();
        }
      }
      if (status === 200) {
        await this.#spool.remove(segment);
        records.forEach(line => this.#taken(JSON.parse(line)));
        return true;
      }
      return await this.#refused(segment, status, body);
    } catch (error) {
      if (!signal.aborted) {
        this.#wait((error as Error).message);
      }
      return false;
    }
  }

  async #refused(
    segment: Segment,
    status: number,
    body: unknown,
  ): Promise<boolean> {
    const words = JSON.stringify(body ?? '').slice(0, 300);
    if (status === 400 || status === 413 || status === 422) {
      await this.#spool.reject(segment);
      this.#logger.error(
        'The control plane does not take a batch of usage records; it stays in the spool, with .rejected behind its name',
        { alarm: 'usage-batch-rejected', batchId: segment.batchId, words },
      );
      return true;
    }
    if (status === 404) {
      if (this.#state !== 'absent') {
        this.#logger.warn(
          'The portal has no usage backend: records wait in the spool',
          {},
        );
      }
      this.#state = 'absent';
      return false;
    }
    this.#wait(`It answered ${status}: ${words}`);
    return false;
  }

  #wait(reason: string): void {
    if (this.#failures === 0) {
      this.#logger.warn('Usage records wait for the control plane', { reason });
    }
    this.#state = 'waiting';
  }
}
