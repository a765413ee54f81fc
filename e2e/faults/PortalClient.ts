import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer than every replica is away at the same time. */
const PATIENCE_MS = 300_000;
const TOKEN_MS = 20 * 60_000;

/** What a person asked for was refused, and will be again. */
export class Refused extends Error {
  constructor(readonly status: number, what: string, body: string) {
    super(`${what} was answered ${status}: ${body.slice(0, 400)}`);
  }
}

/**
 * People who ask a portal whose replicas are killed: the same request with the
 * same idempotency key, until some replica answers.
 */
export class PortalClient {
  readonly #urls: readonly string[];
  readonly #tokens = new Map<string, { token: string; until: number }>();
  #preferred = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  /** @throws Refused for an answer from 400 to 499; Error when nobody answers */
  async call<T>(
    person: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<T> {
    const key = randomUUID();
    const end = Date.now() + PATIENCE_MS;
    let last = 'nothing';
    while (Date.now() < end) {
      const url = this.#urls[this.#preferred % this.#urls.length];
      try {
        const answer = await fetch(`${url}/api/${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await this.#tokenOf(person, url)}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: body && JSON.stringify(body),
          signal: AbortSignal.timeout(10_000),
        });
        const text = await answer.text();
        if (answer.ok) {
          return (text === '' ? undefined : JSON.parse(text)) as T;
        }
        // A replica that is starting does not know its routes yet.
        const isStarting = answer.status === 404 && text === '';
        if (answer.status < 500 && !isStarting) {
          throw new Refused(answer.status, `${method} ${path}`, text);
        }
        last = `${answer.status} ${text.slice(0, 200)}`;
      } catch (error) {
        if (error instanceof Refused) {
          throw error;
        }
        last = String(error);
      }
      this.#preferred += 1;
      await delay(100);
    }
    throw new Error(
      `${method} ${path} was not answered for ${PATIENCE_MS} ms, at last: ${last}`,
    );
  }

  /** Whether a replica takes requests. */
  static async isUp(url: string): Promise<boolean> {
    try {
      const { ok } = await fetch(`${url}/.backstage/health/v1/readiness`, {
        signal: AbortSignal.timeout(2_000),
      });
      return ok;
    } catch {
      return false;
    }
  }

  async #tokenOf(person: string, url: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known && Date.now() < known.until) {
      return known.token;
    }
    const answer = await fetch(`${url}/api/auth/persona/refresh`, {
      headers: { 'x-modelhub-persona': `user:default/${person}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) {
      throw new Error(`${person} could not sign in: ${answer.status}`);
    }
    const { backstageIdentity } = (await answer.json()) as {
      backstageIdentity: { token: string };
    };
    const { token } = backstageIdentity;
    this.#tokens.set(person, { token, until: Date.now() + TOKEN_MS });
    return token;
  }
}
