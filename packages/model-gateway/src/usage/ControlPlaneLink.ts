import { Agent, request } from 'undici';
import type { GatewayIdentity } from '../controlPlane/GatewayIdentity';
import type { Connector } from '../tls';

const API = '/api/model-usage';

/** Where a Backstage backend tells whether it has started. */
const READINESS = '/.backstage/health/v1/readiness';

/** Answers of more bytes than this are not read. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** What the control plane said; its body is JSON, or nothing. */
export interface LinkAnswer {
  status: number;
  body: unknown;
}

/** Sends what a gateway has to say to the usage backend, with a proof of its own. */
export class ControlPlaneLink {
  readonly #urls: string[];
  readonly #identity: () => GatewayIdentity | undefined;
  readonly #now: () => Date;
  readonly #agent: Agent;
  #preferred = 0;

  constructor(options: {
    urls: string[];
    identity: () => GatewayIdentity | undefined;
    now: () => Date;
    /** How connections are opened. */
    connect?: Connector['connect'];
  }) {
    this.#urls = options.urls;
    this.#identity = options.identity;
    this.#now = options.now;
    this.#agent = new Agent({
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
      connect: options.connect ?? { timeout: 3_000 },
    });
  }

  /** Whether this gateway is enrolled, so that it can prove who it is. */
  get isReady(): boolean {
    return this.#identity() !== undefined;
  }

  /**
   * Asks one replica after the other until one answers; begins with the one
   * that did the last time.
   *
   * @throws when nobody answers
   */
  async post(
    route: '/batches' | '/leases' | '/traces' | '/feedback',
    body: string,
    signal?: AbortSignal,
  ): Promise<LinkAnswer> {
    for (let tries = 1; ; tries++) {
      const url = this.#urls[this.#preferred % this.#urls.length];
      const isLast = tries >= this.#urls.length || signal?.aborted;
      try {
        const answer = await this.#ask(url, route, body, signal);
        if (answer.status < 500 || isLast) {
          return answer;
        }
      } catch (error) {
        if (isLast) {
          this.#preferred += 1;
          throw error;
        }
      }
      this.#preferred += 1;
    }
  }

  /** Whether the replica that is asked next says that all its plugins are there. */
  async isStarted(signal?: AbortSignal): Promise<boolean> {
    const url = this.#urls[this.#preferred % this.#urls.length];
    const answer = await request(`${url}${READINESS}`, {
      dispatcher: this.#agent,
      signal,
    });
    await answer.body.dump();
    return answer.statusCode === 200;
  }

  async #ask(
    url: string,
    route: string,
    body: string,
    signal: AbortSignal | undefined,
  ): Promise<LinkAnswer> {
    const identity = this.#identity();
    if (!identity) {
      throw new Error('This gateway is not enrolled yet');
    }
    const path = `${API}${route}`;
    const answer = await request(`${url}${path}`, {
      method: 'POST',
      dispatcher: this.#agent,
      signal,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: identity.authorization('POST', path, this.#now()),
      },
      body,
    });
    const text = await textOf(answer.body);
    return { status: answer.statusCode, body: parse(text) };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LONGEST_ANSWER) {
      throw new Error('The control plane sent an answer that does not end');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
