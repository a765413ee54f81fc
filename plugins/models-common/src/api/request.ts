import { ResponseError } from '@backstage/errors';

/**
 * What a client needs: where a plugin lives, and a way to call it. The
 * frontend's `discoveryApi` and `fetchApi` and the backend's
 * `coreServices.discovery` fit.
 *
 * @public
 */
export interface ApiClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
}

/**
 * @public
 */
export interface ApiRequestOptions {
  /** Backstage token; the frontend's `fetchApi` adds the user's by itself. */
  token?: string;
  signal?: AbortSignal;
}

type QueryValue = string | number | boolean | string[] | undefined;

/** A key for one logical call. */
export function randomKey(): string {
  return globalThis.crypto.randomUUID();
}

/** Everything but letters, digits and -._~, as validators of OpenAPI want it. */
const encode = (value: string | number | boolean) =>
  encodeURIComponent(value).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Spaces become %20: validators of OpenAPI refuse the + of URLSearchParams. */
export function queryString(query: Record<string, QueryValue>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter(item => item !== undefined)
      .map(item => `${encode(name)}=${encode(item)}`),
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** The one place where a generated client meets HTTP. */
export function createApiRequest(pluginId: string, options: ApiClientOptions) {
  const call = options.fetchApi?.fetch ?? fetch;
  return async (
    method: string,
    path: string,
    input: {
      query?: Record<string, QueryValue>;
      body?: unknown;
      idempotencyKey?: string;
    },
    { token, signal }: ApiRequestOptions = {},
  ): Promise<Response> => {
    const baseUrl = await options.discoveryApi.getBaseUrl(pluginId);
    const headers: Record<string, string> = {};
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    if (token) headers.authorization = `Bearer ${token}`;
    if (input.idempotencyKey) {
      headers['idempotency-key'] = input.idempotencyKey;
    }
    const response = await call(
      `${baseUrl}${path}${queryString(input.query ?? {})}`,
      {
        method,
        headers,
        signal,
        body: input.body === undefined ? undefined : JSON.stringify(input.body),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  };
}
