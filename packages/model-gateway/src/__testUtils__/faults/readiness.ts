import { setTimeout as delay } from 'node:timers/promises';
import type { StreamEvent } from './judge';
import type { Program } from './Program';

interface Readiness {
  ready: boolean;
  connected: boolean;
  usage: { spoolSegments: number; spoolBytes: number };
}

const LOOK_MS = 100;

async function readinessOf({ port }: Program): Promise<Readiness | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(2_000),
    });
    return (await answer.json()) as Readiness;
  } catch {
    return undefined;
  }
}

/** @throws Error that names those that are not ready in time */
export async function untilReady(
  gateways: readonly Program[],
  limitMs: number,
): Promise<void> {
  const end = Date.now() + limitMs;
  for (const gateway of gateways) {
    for (;;) {
      const now = await readinessOf(gateway);
      if (now?.ready && now.connected) {
        break;
      }
      if (Date.now() > end) {
        throw new Error(`${gateway.name} does not get ready: it is stuck`);
      }
      await delay(50);
    }
  }
}

/** @returns a sentence for each that still has records to send after a while */
export async function untilAtRest(
  gateways: readonly Program[],
): Promise<string[]> {
  const end = Date.now() + 30_000;
  const restless = new Set(gateways);
  while (restless.size > 0 && Date.now() < end) {
    for (const gateway of restless) {
      const now = await readinessOf(gateway);
      if (now?.usage.spoolSegments === 0) {
        restless.delete(gateway);
      }
    }
    await delay(200);
  }
  return [...restless].map(
    ({ name }) => `${name} still has usage records that were not taken`,
  );
}

/** Writes down when gateways say that they follow the control plane. */
export class Following {
  readonly events: StreamEvent[] = [];
  readonly #gateways: readonly Program[];
  #running: Promise<unknown> | undefined;
  #stopped = false;

  constructor(gateways: readonly Program[]) {
    this.#gateways = gateways;
  }

  start(): void {
    this.#running = Promise.all(this.#gateways.map(it => this.#look(it)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #look(gateway: Program): Promise<void> {
    const { name } = gateway;
    let seenAt: number | undefined;
    while (!this.#stopped) {
      const asked = Date.now();
      const now = await readinessOf(gateway);
      if (now?.connected) {
        if (seenAt === undefined) {
          this.events.push({ at: Date.now(), gateway: name, event: 'open' });
        }
        seenAt = asked;
      } else if (seenAt !== undefined) {
        // It may have lost it right after it was asked the last time.
        this.events.push({ at: seenAt, gateway: name, event: 'close' });
        seenAt = undefined;
      }
      await delay(LOOK_MS);
    }
  }
}
