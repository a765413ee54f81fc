import {
  createGatewayProof,
  type UsageFeedback,
} from '@modelhub/governance-protocol';
import type { Slice } from '../batches';
import type { SimulatedYear } from '../simulateYear';
import type { Portal } from './Portal';

const BATCHES = '/api/model-usage/batches';
const FEEDBACK = '/api/model-usage/feedback';

/** Who a gateway is. @public */
export interface GatewayIdentity {
  gatewayId: string;
  /** PEM. */
  privateKey: string;
}

/** How far it is. @public */
export interface Sent {
  /** Slices from the first on that the portal has. */
  slices: number;
  /** Of this run. */
  records: number;
  calls: number;
}

/** Keeps several batches on their way, and knows which slices are complete. */
class Sending {
  readonly sent: Sent;
  /** Batches of slices that are on their way or to be sent yet. */
  readonly #waiting = new Map<number, number>();
  readonly #running = new Set<Promise<void>>();
  #problem: unknown;

  constructor(readonly options: Parameters<typeof sendCalls>[0]) {
    this.sent = { slices: options.from, records: 0, calls: 0 };
  }

  async run(): Promise<Sent> {
    const { year, from, signal } = this.options;
    for (const slice of year.slices.slice(from)) {
      // One more than its batches, so that it is not complete before all are on their way.
      this.#waiting.set(slice.index, 1);
      const feedback: UsageFeedback[] = [];
      for (const batch of year.batches(slice)) {
        if (this.#mustStop) break;
        feedback.push(...year.feedback(batch));
        await this.#start(slice, BATCHES, batch, batch.records.length);
      }
      if (this.#mustStop) break;
      if (feedback.length > 0) {
        await this.#start(slice, FEEDBACK, { items: feedback });
      }
      this.#leave(slice);
    }
    await Promise.all(this.#running);
    if (this.#problem !== undefined && !signal?.aborted) throw this.#problem;
    return this.sent;
  }

  get #mustStop(): boolean {
    return this.#problem !== undefined || this.options.signal?.aborted === true;
  }

  /** Waits for a free connection after it: what queues up lets its proof grow old. */
  async #start(
    slice: Slice,
    path: string,
    body: object,
    records = 0,
  ): Promise<void> {
    const running = this.#running;
    this.#waiting.set(slice.index, (this.#waiting.get(slice.index) ?? 0) + 1);
    const one: Promise<void> = this.#post(path, body)
      .then(() => {
        this.sent.records += records;
        this.#leave(slice);
      })
      .catch(error => {
        this.#problem ??= error;
      })
      .finally(() => running.delete(one));
    running.add(one);
    while (running.size >= this.options.connections) {
      await Promise.race(running);
    }
  }

  /** Only in order: whoever goes on begins with the first slice that is missing. */
  #leave(slice: Slice): void {
    const { year, onSent } = this.options;
    this.#waiting.set(slice.index, (this.#waiting.get(slice.index) ?? 0) - 1);
    while (this.#waiting.get(this.sent.slices) === 0) {
      const complete = year.slices[this.sent.slices];
      this.#waiting.delete(complete.index);
      this.sent.slices += 1;
      this.sent.calls += complete.calls;
      onSent({ ...this.sent }, complete);
    }
  }

  async #post(path: string, body: object): Promise<void> {
    const { portal, identity, signal, now = () => new Date() } = this.options;
    await portal.call('POST', path, {
      // Another proof for each attempt: one counts once.
      headers: () => ({
        authorization: `Gateway ${createGatewayProof({
          ...identity,
          method: 'POST',
          path,
          now: now(),
        })}`,
      }),
      // A proof that waited a minute for a busy portal is too old.
      tryAgainAfter: [401],
      body: JSON.stringify(body),
      signal,
    });
  }
}

/**
 * Sends the calls of a year as a gateway does: batch by batch, several at a
 * time, the oldest first. A batch that the portal has already changes nothing.
 *
 * @param options - `from`: how many slices the portal has from earlier runs;
 * `onSent` hears of each slice that it has for good
 *
 * @public
 */
export async function sendCalls(options: {
  year: SimulatedYear;
  portal: Portal;
  identity: GatewayIdentity;
  connections: number;
  from: number;
  onSent: (sent: Sent, slice: Slice) => void;
  signal?: AbortSignal;
  /** The portal's clock. */
  now?: () => Date;
}): Promise<Sent> {
  return new Sending(options).run();
}
