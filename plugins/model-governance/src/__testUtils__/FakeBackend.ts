import type { JsonObject, JsonValue } from '@backstage/types';

export interface Received {
  method: string;
  /** Path and query below the plugin's base address. */
  path: string;
  idempotencyKey?: string;
  body?: JsonObject;
}

type Answer = JsonValue | object | Response;
type Handler = (request: Received) => Answer | Promise<Answer>;

/** An error as the backend sends it. */
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

/**
 * The other end of the real client: answers by `METHOD /path` and remembers what
 * was sent. A route that no test expects fails the call.
 */
export class FakeBackend {
  readonly received: Received[] = [];
  readonly #routes = new Map<string, Handler>();

  on(route: string, handler: Handler | Answer): this {
    this.#routes.set(
      route,
      typeof handler === 'function' ? (handler as Handler) : () => handler,
    );
    return this;
  }

  sent(route: string): Received[] {
    return this.received.filter(
      one => `${one.method} ${one.path.split('?')[0]}` === route,
    );
  }

  readonly discoveryApi = {
    getBaseUrl: async () => 'http://backend/api/model-governance',
  };

  readonly fetchApi = {
    fetch: async (
      input: RequestInfo | URL,
      init: RequestInit = {},
    ): Promise<Response> => {
      const path = String(input).replace(
        'http://backend/api/model-governance',
        '',
      );
      const headers = new Headers(init.headers);
      const request: Received = {
        method: init.method ?? 'GET',
        path,
        idempotencyKey: headers.get('idempotency-key') ?? undefined,
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
