import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** How long a sign-in is used, in milliseconds; it is good for an hour. */
const SIGN_IN_MS = 30 * 60_000;

/** Attempts of a request, and the pause after the first one. */
const TRIES = 8;
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/** What a portal answered. @public */
export interface Answer {
  status: number;
  body: unknown;
}

/** An answer that is no success. @public */
export class PortalError extends Error {
  constructor(what: string, readonly answer: Answer) {
    super(
      `${what} was answered ${answer.status}: ${JSON.stringify(
        answer.body,
      )?.slice(0, 500)}`,
    );
    this.name = 'PortalError';
  }
}

/**
 * A portal whose demo sign-in lets one be anybody. Tries again when it is busy.
 *
 * @public
 */
export class Portal {
  static create(options: { url: string; connections: number }): Portal {
    return new Portal(options.url.replace(/\/$/, ''), options.connections);
  }

  readonly #url: string;
  readonly #agent: Agent;
  readonly #tokens = new Map<string, { token: string; until: number }>();

  private constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({
      connections,
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
    });
  }

  /** @throws PortalError for what is no success, after it was tried again where that may help */
  async call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: {
      headers?: () => Record<string, string>;
      body?: string;
      signal?: AbortSignal;
      /** More answers that another attempt with new headers may change. */
      tryAgainAfter?: readonly number[];
    } = {},
  ): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#ask(method, path, options).catch(
        (error: Error): Answer => ({ status: 0, body: error.message }),
      );
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const mayHelp =
        answer.status === 0 ||
        answer.status === 429 ||
        answer.status >= 500 ||
        options.tryAgainAfter?.includes(answer.status);
      if (!mayHelp || tries === TRIES || options.signal?.aborted) {
        throw new PortalError(`${method} ${path}`, answer);
      }
      await delay(
        Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (tries - 1)),
        undefined,
        { signal: options.signal },
      );
    }
  }

  /** As a person: a command is done once by its name. */
  async as(
    person: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    name?: string,
  ): Promise<unknown> {
    const token = await this.#tokenOf(person);
    return this.call(method, path, {
      headers: () => ({
        authorization: `Bearer ${token}`,
        ...(name && { 'idempotency-key': name }),
      }),
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #tokenOf(person: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known && known.until > Date.now()) return known.token;
    const answer = (await this.call('GET', '/api/auth/persona/refresh', {
      headers: () => ({ 'x-modelhub-persona': person }),
    })) as { backstageIdentity: { token: string } };
    const { token } = answer.backstageIdentity;
    this.#tokens.set(person, { token, until: Date.now() + SIGN_IN_MS });
    return token;
  }

  async #ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: Parameters<Portal['call']>[2] = {},
  ): Promise<Answer> {
    const answer = await request(`${this.#url}${path}`, {
      dispatcher: this.#agent,
      method,
      headers: {
        ...(options.body !== undefined && {
          'content-type': 'application/json',
        }),
        ...options.headers?.(),
      },
      body: options.body,
      signal: options.signal,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
