import { randomUUID } from 'node:crypto';
import { tokenOf } from '../harness';

/** An answer of the portal. */
export interface Answer<T> {
  status: number;
  body: T;
}

/** Settings of one call. */
export interface CallOptions {
  body?: object;
  /** Default: a new one. */
  idempotencyKey?: string;
}

/** One person's calls to one backend, without a browser. */
export class Api {
  static async as(backend: { url: string }, user: string): Promise<Api> {
    return new Api(backend.url, await tokenOf(backend, user));
  }

  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Calls any plugin; the path begins with its id. */
  async send<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#url}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(method !== 'GET' && {
          'idempotency-key': options.idempotencyKey ?? randomUUID(),
        }),
        ...(options.body && { 'content-type': 'application/json' }),
      },
      ...(options.body && { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : {}) as T,
    };
  }

  /** Calls and expects success. */
  async call<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options?: CallOptions,
  ): Promise<T> {
    const { status, body } = await this.send<T>(method, path, options);
    if (status >= 300) {
      throw new Error(
        `${method} ${path} answered ${status}: ${JSON.stringify(body)}`,
      );
    }
    return body;
  }

  /** Reads a file. */
  async text(path: string): Promise<string> {
    const response = await fetch(`${this.#url}/api/${path}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`GET ${path} answered ${response.status}: ${text}`);
    }
    return text;
  }
}
