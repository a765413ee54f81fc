import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { Access } from '../AccessRules';
import { ArtifactError } from '../ArtifactSource';
import { readAll } from './body';

/** How patient a client is. */
export interface HttpPatience {
  /** For headers, and between two pieces of a body. */
  timeoutMs: number;
  /** How often a request is sent again after a failure that may pass. */
  retries: number;
  /** Wait before the first retry; doubles each time. */
  retryDelayMs: number;
  /** What a body has to come with at least, so that a slow one ends. */
  minBytesPerSecond: number;
}

export const DEFAULT_PATIENCE: HttpPatience = {
  timeoutMs: 30_000,
  retries: 4,
  retryDelayMs: 500,
  minBytesPerSecond: 16 * 1024,
};

/** A server that asks for more is left alone. */
const LONGEST_WAIT_MS = 60_000;
const MOST_REDIRECTS = 5;
const LARGEST_ANSWER = 64 * 1024 * 1024;

export interface HttpRequest {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Bytes that are expected; sets how long the answer may take. */
  expects?: number;
}

/** An answer whose body is still to be read. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string | undefined>;
  /** Where it came from after redirects. */
  url: URL;
  body: AsyncIterable<Buffer>;
  /** Ends the answer without reading on. */
  discard(): void;
}

/** A failure that may pass. */
class PassingError extends Error {
  constructor(message: string, readonly retryAfterMs?: number) {
    super(message);
  }
}

/**
 * Speaks HTTP within the access rules: every hop of a redirect and every address
 * is checked, credentials stay with their origin, and TLS is never left.
 */
export class HttpClient {
  readonly #access: Access;
  readonly #patience: HttpPatience;
  readonly #agent: Agent;

  constructor(access: Access, patience: HttpPatience) {
    this.#access = access;
    this.#patience = patience;
    this.#agent = new Agent({
      connect: { lookup: access.lookup, timeout: patience.timeoutMs },
      headersTimeout: patience.timeoutMs,
      bodyTimeout: patience.timeoutMs,
      connections: 8,
    });
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /**
   * Sends a GET and gives the answer to `use`, again where that fails in a way
   * that may pass. `use` has to read or discard the body.
   */
  async get<T>(
    url: URL,
    options: HttpRequest,
    use: (response: HttpResponse) => Promise<T>,
  ): Promise<T> {
    const { signal } = options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(url, options, use);
      } catch (error) {
        signal?.throwIfAborted();
        const wait = this.#waitAfter(error, attempt);
        if (wait === undefined) throw asArtifactError(error, url);
        await delay(wait, undefined, { signal });
      }
    }
  }

  /** A small answer, read whole. */
  async getWhole(
    url: URL,
    options: HttpRequest = {},
  ): Promise<{ response: HttpResponse; body: Buffer }> {
    return this.get(url, options, async response => ({
      response,
      body: await readAll(response.body, LARGEST_ANSWER),
    }));
  }

  async #attempt<T>(
    url: URL,
    options: HttpRequest,
    use: (response: HttpResponse) => Promise<T>,
  ): Promise<T> {
    const { timeoutMs, minBytesPerSecond } = this.#patience;
    const limit =
      2 * timeoutMs + ((options.expects ?? 0) / minBytesPerSecond) * 1000;
    const stop = new AbortController();
    const timer = setTimeout(
      () => stop.abort(new PassingError('the answer takes too long')),
      limit,
    );
    const signal = options.signal
      ? AbortSignal.any([options.signal, stop.signal])
      : stop.signal;
    try {
      const response = await this.#follow(url, options.headers ?? {}, signal);
      try {
        throwIfPassing(response);
        return await use(response);
      } finally {
        response.discard();
      }
    } catch (error) {
      if (stop.signal.aborted) throw stop.signal.reason;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #follow(
    start: URL,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    let url = start;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      this.#access.checkUrl(url);
      const answer = await request(url, {
        dispatcher: this.#agent,
        headers: {
          'user-agent': 'modelhub-scanner',
          'accept-encoding': 'identity',
          ...(url.origin === start.origin ? headers : withoutSecrets(headers)),
        },
        signal,
      });
      // A body that is destroyed tells it by an event, which nobody waits for.
      answer.body.on('error', () => {});
      const { location } = answer.headers;
      if (answer.statusCode < 301 || answer.statusCode > 308 || !location) {
        return toResponse(answer, url);
      }
      // Read, so that the connection can be used again.
      await answer.body.dump({ limit: 64 * 1024, signal });
      const next = nextUrl(url, location);
      if (url.protocol === 'https:' && next.protocol !== 'https:') {
        throw new ArtifactError(
          'not-allowed',
          `${url.host} redirects to ${next.protocol}, which leaves TLS; this is never followed`,
        );
      }
      url = next;
    }
    throw new ArtifactError(
      'unsupported',
      `${start.host} redirects more than ${MOST_REDIRECTS} times`,
    );
  }

  #waitAfter(error: unknown, attempt: number): number | undefined {
    if (attempt >= this.#patience.retries || !isPassing(error)) {
      return undefined;
    }
    const told = error instanceof PassingError ? error.retryAfterMs : undefined;
    if (told !== undefined) return told <= LONGEST_WAIT_MS ? told : undefined;
    const full = this.#patience.retryDelayMs * 2 ** attempt;
    return Math.min(LONGEST_WAIT_MS, full / 2 + (Math.random() * full) / 2);
  }
}

/** Says that the answer was incomplete, so that it is asked for again. */
export function incomplete(message: string): Error {
  return new PassingError(message);
}

function toResponse(answer: Dispatcher.ResponseData, url: URL): HttpResponse {
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    url,
    body: answer.body,
    discard: () => {
      answer.body.destroy();
    },
  };
}

function nextUrl(url: URL, location: string | string[]): URL {
  const target = Array.isArray(location) ? location[0] : location;
  const next = URL.canParse(target, url) ? new URL(target, url) : undefined;
  if (!next) {
    throw new ArtifactError(
      'unsupported',
      `${url.host} redirects to what is no URL`,
    );
  }
  next.username = '';
  next.password = '';
  return next;
}

function withoutSecrets(
  headers: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !['authorization', 'cookie'].includes(name.toLowerCase()),
    ),
  );
}

function throwIfPassing({ status, headers, url }: HttpResponse): void {
  if (![408, 425, 429, 500, 502, 503, 504].includes(status)) return;
  throw new PassingError(
    `${url.host} answers ${status}`,
    retryAfter(headers['retry-after']),
  );
}

/** Seconds or a date. */
function retryAfter(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

const PASSING_CODES = [
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
];

function isPassing(error: unknown): boolean {
  return (
    error instanceof PassingError ||
    PASSING_CODES.includes(String((error as NodeJS.ErrnoException).code)) ||
    (error instanceof AggregateError && error.errors.some(isPassing))
  );
}

function asArtifactError(error: unknown, url: URL): ArtifactError {
  if (error instanceof ArtifactError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (isPassing(error)) {
    const told = message || code;
    return new ArtifactError(
      'unavailable',
      `${url.host} cannot be read now (${told}); try again later`,
      { cause: error },
    );
  }
  return new ArtifactError(
    code === 'ENOTFOUND' ? 'not-found' : 'unsupported',
    code === 'ENOTFOUND'
      ? `There is no host ${url.hostname}`
      : `${url.host} cannot be read: ${message}`,
    { cause: error },
  );
}
