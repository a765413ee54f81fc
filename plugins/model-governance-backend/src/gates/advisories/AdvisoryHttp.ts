import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import { setTimeout as delay } from 'node:timers/promises';

/** The largest answer that is read; OSV's own limit is the same. */
const MAX_BYTES = 32 * 1024 * 1024;
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const ANSWER_MS = 20_000;

/** A source of advisories that gave no answer which can be used. */
export class SourceError extends ServiceUnavailableError {}

export interface AdvisoryHttpOptions {
  allowedHosts: string[];
  plainHosts: string[];
  /** Before the second attempt; doubles after each. */
  firstWaitMs?: number;
}

/** Speaks to hosts that the configuration names, with patience for busy ones. */
export class AdvisoryHttp {
  static create(options: AdvisoryHttpOptions): AdvisoryHttp {
    return new AdvisoryHttp(options);
  }

  readonly #options: AdvisoryHttpOptions;

  private constructor(options: AdvisoryHttpOptions) {
    this.#options = options;
  }

  /**
   * What a host answers with 200, as text.
   *
   * @throws SourceError when it does not, or is not to be asked
   */
  async text(
    address: string,
    request: {
      method?: 'GET' | 'POST';
      body?: string;
      headers?: Record<string, string>;
      signal: AbortSignal;
    },
  ): Promise<string> {
    const url = this.#allowed(address);
    let wait = this.#options.firstWaitMs ?? FIRST_WAIT_MS;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(url, request);
      if (typeof answer.text === 'string') return answer.text;
      if (!answer.again || attempt === ATTEMPTS) {
        throw new SourceError(
          `${url.host} gave no answer that can be used: ${answer.problem}`,
        );
      }
      const asked = answer.afterMs ?? 0;
      if (asked > LONGEST_WAIT_MS) {
        throw new SourceError(
          `${url.host} asks to come back in ${Math.ceil(asked / 1000)} s: ${
            answer.problem
          }`,
        );
      }
      await delay(Math.max(wait, asked), undefined, { signal: request.signal });
      wait *= 2;
    }
  }

  #allowed(address: string): URL {
    const { allowedHosts, plainHosts } = this.#options;
    const url = new URL(address);
    const listed = (hosts: string[]) =>
      hosts.some(host => host === url.host || host === url.hostname);
    if (!listed(allowedHosts)) {
      throw new SourceError(
        `${url.host} is not among the hosts in modelGovernance.advisories.allowedHosts`,
      );
    }
    const isPlain = url.protocol === 'http:' && listed(plainHosts);
    if (url.protocol !== 'https:' && !isPlain) {
      throw new SourceError(
        `${url.host} is not to be spoken to over ${url.protocol.slice(
          0,
          -1,
        )}; use https, or list it in modelGovernance.advisories.plainHosts`,
      );
    }
    return url;
  }

  async #once(
    url: URL,
    request: {
      method?: string;
      body?: string;
      headers?: Record<string, string>;
      signal: AbortSignal;
    },
  ): Promise<{
    text?: string;
    problem?: string;
    again?: boolean;
    afterMs?: number;
  }> {
    const late = AbortSignal.timeout(ANSWER_MS);
    try {
      const response = await fetch(url, {
        method: request.method ?? 'GET',
        body: request.body,
        headers: { accept: 'application/json', ...request.headers },
        // Another host would have to be allowed too.
        redirect: 'manual',
        signal: AbortSignal.any([request.signal, late]),
      });
      const text = await bounded(response);
      if (response.status === 200) return { text };
      const again = response.status === 429 || response.status >= 500;
      return {
        problem: `${response.status}${reasonIn(text)}`,
        again,
        afterMs: retryAfter(response.headers.get('retry-after')),
      };
    } catch (error) {
      if (request.signal.aborted || error instanceof SourceError) throw error;
      return {
        problem: late.aborted
          ? `nothing within ${ANSWER_MS / 1000} s`
          : stringifyError((error as Error).cause ?? error),
        again: true,
      };
    }
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) {
      throw new SourceError(
        `The answer of ${new URL(response.url).host} is larger than 32 MiB`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** osv.dev explains itself as gRPC does: `{"code":3,"message":"…"}`. */
function reasonIn(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? `, ${message.slice(0, 200)}` : '';
  } catch {
    return '';
  }
}

function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
