import type { TraceAnswer, TraceStep } from '@modelhub/governance-protocol';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ControlPlaneLink } from '../usage/ControlPlaneLink';

/** A call waits no longer for the control plane, in milliseconds. */
const PATIENCE_MS = 1_000;
/** A portal without usage backend is asked again after so long. */
const ABSENT_MS = 60_000;

/** What all gateways together have done in a trace. */
export interface SharedTraces {
  /** @returns nothing where nobody can tell: then it must not be taken for allowed */
  step(step: TraceStep): Promise<TraceAnswer | undefined>;
}

/** Asks the usage backend of the portal. */
export class ControlPlaneTraces implements SharedTraces {
  readonly #link: Pick<ControlPlaneLink, 'post' | 'isStarted'>;
  readonly #logger: GatewayLogger;
  /** Monotonic, in milliseconds. */
  readonly #now: () => number;
  #absentUntil = 0;
  #isConnected = true;

  constructor(options: {
    link: Pick<ControlPlaneLink, 'post' | 'isStarted'>;
    logger: GatewayLogger;
    now: () => number;
  }) {
    this.#link = options.link;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  async step(step: TraceStep): Promise<TraceAnswer | undefined> {
    if (this.#now() < this.#absentUntil) {
      return { calls: 0, risk: 0 };
    }
    const leaving = new AbortController();
    try {
      const answer = await Promise.race([
        this.#ask(step, leaving.signal),
        delay(PATIENCE_MS, undefined, { signal: leaving.signal }).then(() => {
          throw new Error(`No answer within ${PATIENCE_MS} ms`);
        }),
      ]);
      this.#isConnected = true;
      return answer;
    } catch (error) {
      if (this.#isConnected) {
        this.#logger.warn(
          'Calls of agents are refused: the control plane does not say what was done in their traces',
          { reason: (error as Error).message },
        );
      }
      this.#isConnected = false;
      return undefined;
    } finally {
      leaving.abort();
    }
  }

  async #ask(step: TraceStep, signal: AbortSignal): Promise<TraceAnswer> {
    const send = () => this.#link.post('/traces', JSON.stringify(step), signal);
    let { status, body } = await send();
    if (status === 404 && (await this.#link.isStarted(signal))) {
      // One that was starting a moment ago has the route now.
      ({ status, body } = await send());
      if (status === 404) {
        // Gateways of a portal without usage backend count each for themselves.
        this.#absentUntil = this.#now() + ABSENT_MS;
        return { calls: 0, risk: 0 };
      }
    }
    if (status !== 200 || !isAnswer(body)) {
      throw new Error(`It answered ${status}`);
    }
    return body;
  }
}

function isAnswer(body: unknown): body is TraceAnswer {
  const { calls, risk } = (body ?? {}) as Partial<TraceAnswer>;
  return Number.isFinite(calls) && Number.isFinite(risk);
}
