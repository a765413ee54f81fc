import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientCall } from './judge';
import type { Plane } from './Plane';
import type { Program } from './Program';
import { anyOf } from './world';

const CALLERS = 12;
/** Longer than anything takes that is not stuck. */
const PATIENCE_MS = 10_000;

/** Callers that ask one gateway after the other, whatever happens. */
export class Load {
  readonly #gateways: readonly Program[];
  readonly #plane: Plane;
  readonly #calls: ClientCall[] = [];
  readonly #running: Promise<void[]>;
  #stopped = false;

  constructor(gateways: readonly Program[], plane: Plane) {
    this.#gateways = gateways;
    this.#plane = plane;
    this.#running = Promise.all(
      Array.from({ length: CALLERS }, () => this.#call()),
    );
  }

  /** Lets the last calls end. */
  async stop(): Promise<ClientCall[]> {
    this.#stopped = true;
    await this.#running;
    return this.#calls;
  }

  async #call(): Promise<void> {
    while (!this.#stopped) {
      const call = await callOne(anyOf(this.#gateways), this.#plane);
      this.#calls.push(call);
      // As many again as an eager program would.
      await delay(call.status === undefined ? 50 : 10);
    }
  }
}

async function callOne(gateway: Program, plane: Plane): Promise<ClientCall> {
  const sentAt = Date.now();
  const mark = randomUUID();
  const { model, secret, credential } = plane.ask();
  const kills = gateway.killedAt.length;
  const call = { mark, gateway: gateway.name, model, credential, sentAt };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let status: number | undefined;
  let requestId: string | undefined;
  try {
    const answer = await fetch(
      `http://127.0.0.1:${gateway.port}/v1/chat/completions`,
      {
        method: 'POST',
        signal,
        headers: {
          authorization: `Bearer ${secret}`,
          'x-modelhub-trace': mark,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          model,
          max_tokens: 16,
          stream: Math.random() < 0.3,
          messages: [{ role: 'user', content: mark }],
        }),
      },
    );
    status = answer.status;
    requestId = answer.headers.get('x-request-id') ?? undefined;
    const text = await answer.text();
    const whole = !text.includes('"error"');
    const endedAt = Date.now();
    return { ...call, endedAt, status, requestId, whole, stuck: false };
  } catch {
    const stuck = signal.aborted && gateway.killedAt.length === kills;
    const endedAt = Date.now();
    return { ...call, endedAt, status, requestId, whole: false, stuck };
  }
}
