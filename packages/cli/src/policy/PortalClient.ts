import type { ProposedFile } from '@modelhub/policies';
import { UnableError } from '../exitCodes';

/** What `POST /policies/replay` answers, as far as it is used. */
export interface Replay {
  version: string;
  baseVersion: string;
  approvals: {
    looked: number;
    ends: number;
    stricter: number;
    looser: number;
    unchanged: number;
    unknown: number;
    items: Array<{
      entityRef: string;
      version: string;
      tier: string;
      purpose: string;
      profile: string;
      effect: string;
      reasons: Array<{ code: string; message: string }>;
    }>;
  };
  calls: {
    known: boolean;
    looked: number;
    wouldBeRefused: number;
    from: string;
    to: string;
    byModel: Array<{
      gatewayId: string;
      profile: string;
      purpose: string;
      tier: string;
      calls: number;
      reason: string;
      lastAt: string;
    }>;
  };
}

const TIMEOUT_MS = 120_000;

/** Asks a portal. Whatever it does not answer is told as what to do. */
export class PortalClient {
  static create(options: { portal: string; token: string }): PortalClient {
    if (!/^https?:\/\//.test(options.portal)) {
      throw new UnableError(
        `--portal '${options.portal}' is no address; give it as https://portal.example`,
      );
    }
    return new PortalClient(options.portal.replace(/\/+$/, ''), options.token);
  }

  readonly #portal: string;
  readonly #token: string;

  private constructor(portal: string, token: string) {
    this.#portal = portal;
    this.#token = token;
  }

  /** Names of the policy files in force. */
  async files(): Promise<string[]> {
    const { layers } = await this.#ask<{
      layers: Array<{ file?: string }>;
    }>('/policies');
    return layers.flatMap(({ file }) => file ?? []);
  }

  async replay(files: ProposedFile[], days: number): Promise<Replay> {
    return this.#ask<Replay>('/policies/replay', { files, days });
  }

  /** Whatever a path of the governance API answers. */
  async get<T>(path: string): Promise<T> {
    return this.#ask<T>(path);
  }

  async #ask<T>(path: string, body?: object): Promise<T> {
    const url = `${this.#portal}/api/model-governance${path}`;
    let answer: Response;
    try {
      answer = await fetch(url, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      const { message, cause } = error as Error;
      throw new UnableError(
        `${this.#portal} does not answer: ${
          (cause as Error | undefined)?.message || message
        }`,
      );
    }
    const content: unknown = await answer.json().catch(() => undefined);
    if (answer.ok && content) return content as T;
    const said = (content as { error?: { message?: string } } | undefined)
      ?.error?.message;
    throw new UnableError(
      answer.status === 401
        ? `The portal does not know this token (401). Get a new one and set MODELHUB_TOKEN.`
        : `The portal answered ${answer.status}${said ? `: ${said}` : ''}`,
    );
  }
}
