import type { GatewayLogger } from '../telemetry/Logger';
import { setTimeout as delay } from 'node:timers/promises';

/** What a person is asked. Nothing of a prompt is in it. */
export interface AskRequest {
  id: string;
  keyId: string;
  /** Who called with a token of the organisation. */
  caller?: { entityRef: string; issuer: string; profile: string };
  /** Absent for calls without a trace. */
  trace?: string;
  model: string;
  tools: Array<{
    name: string;
    /** Lower-case hex SHA-256 of what the caller says about the tool. */
    descriptionHash: string;
    risk: number;
  }>;
  /** For how long the call waits. */
  seconds: number;
}

/** How it came out. */
export type AskOutcome =
  | {
      outcome: 'allowed';
      /** The tools may be offered in the rest of the trace until then; this call only, without. */
      until?: string;
    }
  | { outcome: 'denied'; reason?: string; until?: string }
  | { outcome: 'unanswered' | 'unreachable' | 'too-many' };

/** Asks a person. */
export interface AskDesk {
  /** Never rejects. When `signal` aborts, the question is withdrawn. */
  ask(request: AskRequest, signal: AbortSignal): Promise<AskOutcome>;
}

/** A request to the control plane with the proof of this gateway. */
export interface ControlPlaneLink {
  /** @throws when it cannot be reached */
  request(
    method: 'GET' | 'POST' | 'DELETE',
    route: string,
    options?: { body?: object; signal?: AbortSignal },
  ): Promise<{ status: number; body: unknown }>;
}

/** What the control plane says about a question. */
interface AskStatus {
  state: 'waiting' | 'allowed' | 'denied' | 'withdrawn' | 'expired';
  until?: string;
  reason?: string;
}

/** How long the control plane holds a request that has no news, in seconds. */
const LONGEST_POLL = 8;
const RETRY_MS = 500;

/** Asks in the portal, and waits there for the answer. */
export class ControlPlaneAsks implements AskDesk {
  readonly #link: ControlPlaneLink;
  readonly #logger: GatewayLogger;
  readonly #retryMs: number;

  constructor(options: {
    link: ControlPlaneLink;
    logger: GatewayLogger;
    retryMs?: number;
  }) {
    this.#link = options.link;
    this.#logger = options.logger;
    this.#retryMs = options.retryMs ?? RETRY_MS;
  }

  async ask(request: AskRequest, signal: AbortSignal): Promise<AskOutcome> {
    const ending = AbortSignal.any([
      signal,
      AbortSignal.timeout(request.seconds * 1000),
    ]);
    let asked = false;
    while (!ending.aborted) {
      try {
        const answer: { status: number; body: unknown } = asked
          ? await this.#link.request(
              'GET',
              `/asks/${request.id}?wait=${LONGEST_POLL}`,
              { signal: ending },
            )
          : await this.#link.request('POST', '/asks', {
              body: request,
              signal: ending,
            });
        const outcome = this.#outcomeOf(answer);
        if (outcome) {
          return outcome;
        }
        if (answer.status < 300) {
          asked = true;
        } else {
          await this.#pause(ending);
        }
      } catch (error) {
        if (!ending.aborted) {
          this.#logger.warn('A question could not be asked', {
            ask: request.id,
            reason: (error as Error).message,
          });
          await this.#pause(ending);
        }
      }
    }
    return this.#withdraw(request.id, asked);
  }

  #outcomeOf({ status, body }: { status: number; body: unknown }) {
    if (status >= 500) {
      return undefined;
    }
    if (status === 429) {
      return { outcome: 'too-many' as const };
    }
    if (status >= 300) {
      this.#logger.warn('A question was refused', { status });
      return { outcome: 'unreachable' as const };
    }
    return settled(body as AskStatus);
  }

  /** Somebody may have decided in the last moment. */
  async #withdraw(id: string, asked: boolean): Promise<AskOutcome> {
    try {
      const { status, body } = await this.#link.request(
        'DELETE',
        `/asks/${id}`,
        { signal: AbortSignal.timeout(5_000) },
      );
      const outcome = status < 300 ? settled(body as AskStatus) : undefined;
      return outcome ?? { outcome: asked ? 'unanswered' : 'unreachable' };
    } catch {
      return { outcome: asked ? 'unanswered' : 'unreachable' };
    }
  }

  async #pause(signal: AbortSignal): Promise<void> {
    await delay(this.#retryMs, undefined, { signal }).catch(() => {});
  }
}

function settled(status: AskStatus): AskOutcome | undefined {
  switch (status.state) {
    case 'waiting':
      return undefined;
    case 'allowed':
      return { outcome: 'allowed', until: status.until };
    case 'denied':
      return {
        outcome: 'denied',
        reason: status.reason,
        until: status.until,
      };
    default:
      return { outcome: 'unanswered' };
  }
}
