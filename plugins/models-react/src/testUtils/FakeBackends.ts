import type { JsonObject } from '@backstage/types';

/**
 * What a fake backend was asked.
 *
 * @public
 */
export interface Received {
  method: string;
  /**
   * Plugin, path and query, e.g. `model-usage/spending?kind=team`; of one plugin
   * from the slash on, e.g. `/approvals?limit=20`.
   */
  path: string;
  idempotencyKey?: string;
  body?: JsonObject;
}

/**
 * Answers one route: what it returns is sent as JSON, unless it is a response.
 *
 * @public
 */
export type Handler = (request: Received) => object | Promise<object>;

/**
 * An error as backends send it.
 *
 * @public
 */
export function failure(
  status: number,
  name: string,
  message: string,
): Response {
  return new Response(
    JSON.stringify({
      error: { name, message },
      response: { statusCode: status },
    }),
    { status, headers: { 'content-type': 'application/json' } },
  );
}

const BASE = 'http://backend/api/';

/**
 * The other end of the real clients: answers by `METHOD plugin/path`, for one
 * plugin by `METHOD /path`, and remembers what was sent. A route that no test
 * expects fails the call.
 *
 * @public
 */
export class FakeBackends {
  readonly received: Received[] = [];
  readonly #routes = new Map<string, Handler>();
  readonly #base: string;

  /** @param options - `plugin` is the only one there is, where there is only one */
  constructor(options: { plugin?: string } = {}) {
    this.#base = `${BASE}${options.plugin ?? ''}`;
  }

  on(route: string, answer: Handler | object): this {
    this.#routes.set(
      route,
      typeof answer === 'function' ? (answer as Handler) : () => answer,
    );
    return this;
  }

  sent(route: string): Received[] {
    return this.received.filter(
      one => `${one.method} ${one.path.split('?')[0]}` === route,
    );
  }

  readonly discoveryApi = {
    getBaseUrl: async (pluginId: string) => `${BASE}${pluginId}`,
  };

  readonly fetchApi = {
    fetch: async (
      input: RequestInfo | URL,
      init: RequestInit = {},
    ): Promise<Response> => {
      const path = String(input).replace(this.#base, '');
      const request: Received = {
        method: init.method ?? 'GET',
        path,
        idempotencyKey:
          new Headers(init.headers).get('idempotency-key') ?? undefined,
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      };
      this.received.push(request);
      const handler = this.#routes.get(
        `${request.method} ${path.split('?')[0]}`,
      );
      if (!handler) {
        return failure(500, 'Error', `Unexpected ${request.method} ${path}`);
      }
      const answer = await handler(request);
      return answer instanceof Response
        ? answer
        : new Response(JSON.stringify(answer), {
            headers: { 'content-type': 'application/json' },
          });
    },
  };
}
