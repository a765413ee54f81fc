import { Agent, request } from 'undici';
import type { GatewayIdentity } from '../controlPlane/GatewayIdentity';
import type { Connector } from '../tls';
import type { ControlPlaneLink } from './AskDesk';

const API = '/api/model-governance';

/** Asks the governance backend, with a proof of this gateway for each request. */
export class ProvenLink implements ControlPlaneLink {
  readonly #urls: readonly string[];
  readonly #identity: () => GatewayIdentity | undefined;
  readonly #now: () => Date;
  readonly #agent: Agent;
  #preferred = 0;

  constructor(options: {
    urls: readonly string[];
    identity: () => GatewayIdentity | undefined;
    connect?: Connector['connect'];
    now: () => Date;
  }) {
    this.#urls = options.urls;
    this.#identity = options.identity;
    this.#now = options.now;
    this.#agent = new Agent({
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
      connect: options.connect,
    });
  }

  async request(
    method: 'GET' | 'POST' | 'DELETE',
    route: string,
    options: { body?: object; signal?: AbortSignal } = {},
  ): Promise<{ status: number; body: unknown }> {
    const identity = this.#identity();
    if (!identity) {
      throw new Error('This gateway is not enrolled yet');
    }
    const path = `${API}${route}`;
    const url = this.#urls[this.#preferred % this.#urls.length];
    const { body, signal } = options;
    try {
      const answer = await request(`${url}${path}`, {
        method,
        dispatcher: this.#agent,
        signal,
        headers: {
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
          authorization: identity.authorization(
            method,
            path.split('?', 1)[0],
            this.#now(),
          ),
        },
        body: body && JSON.stringify(body),
      });
      if (answer.statusCode >= 500) {
        this.#preferred += 1;
      }
      const text = await answer.body.text();
      return { status: answer.statusCode, body: parsed(text) };
    } catch (error) {
      // The next time another replica.
      this.#preferred += signal?.aborted ? 0 : 1;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
