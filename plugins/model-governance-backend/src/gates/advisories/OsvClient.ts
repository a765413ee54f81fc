import { z } from 'zod';
import { SourceError, type AdvisoryHttp } from './AdvisoryHttp';
import { readAdvisory, type OsvAdvisory } from './osv';

/** A package as OSV's API takes it. */
export interface OsvPackage {
  ecosystem: string;
  name: string;
}

/** What OSV knows of a package: ids with the time of their last change. */
export type OsvIds = Array<{ id: string; modified?: string }>;

/** More queries than this the API refuses in one batch. */
const BATCH = 1000;
/** An answer that has more pages than this goes in circles. */
const MAX_PAGES = 100;

const token = z.string().nullish();
const batchAnswer = z.object({
  results: z.array(
    z
      .object({
        vulns: z
          .array(z.object({ id: z.string(), modified: z.string().optional() }))
          .nullish(),
        next_page_token: token,
      })
      .nullable(),
  ),
});
const queryAnswer = z.object({
  vulns: z.array(z.unknown()).nullish(),
  next_page_token: token,
});

/**
 * The API of https://osv.dev. Asks for packages without a version, so that one
 * answer serves all of them; which versions are meant is judged here.
 */
export class OsvClient {
  static create(options: { http: AdvisoryHttp; endpoint: string }): OsvClient {
    return new OsvClient(options.http, options.endpoint.replace(/\/$/, ''));
  }

  readonly #http: AdvisoryHttp;
  readonly #endpoint: string;

  private constructor(http: AdvisoryHttp, endpoint: string) {
    this.#http = http;
    this.#endpoint = endpoint;
  }

  /** Whole advisories on one package. `POST /v1/query`. */
  async query(about: OsvPackage, signal: AbortSignal): Promise<OsvAdvisory[]> {
    const found: OsvAdvisory[] = [];
    let page: string | undefined;
    for (let n = 0; n < MAX_PAGES; n++) {
      const answer = await this.#post(
        '/v1/query',
        { package: about, ...(page && { page_token: page }) },
        queryAnswer,
        signal,
      );
      for (const vuln of answer.vulns ?? []) {
        found.push(this.#advisory(vuln, about.name));
      }
      page = answer.next_page_token || undefined;
      if (!page) return found;
    }
    throw this.#endless(about.name);
  }

  /** Ids by package, in the order of the question. `POST /v1/querybatch`. */
  async queryBatch(
    packages: OsvPackage[],
    signal: AbortSignal,
  ): Promise<OsvIds[]> {
    const found = packages.map((): OsvIds => []);
    let open: Array<{ at: number; page?: string }> = packages.map((_, at) => ({
      at,
    }));
    for (let n = 0; open.length > 0; n++) {
      if (n >= MAX_PAGES * Math.ceil(packages.length / BATCH)) {
        throw this.#endless(packages[open[0].at].name);
      }
      const asked = open.slice(0, BATCH);
      const { results } = await this.#post(
        '/v1/querybatch',
        {
          queries: asked.map(({ at, page }) => ({
            package: packages[at],
            ...(page && { page_token: page }),
          })),
        },
        batchAnswer,
        signal,
      );
      if (results.length !== asked.length) {
        throw new SourceError(
          `${this.#endpoint} answered ${results.length} of ${
            asked.length
          } queries`,
        );
      }
      const more = asked.flatMap(({ at }, index) => {
        found[at].push(...(results[index]?.vulns ?? []));
        const page = results[index]?.next_page_token;
        return page ? [{ at, page }] : [];
      });
      open = [...more, ...open.slice(BATCH)];
    }
    return found;
  }

  /** One advisory. `GET /v1/vulns/{id}`. */
  async advisory(id: string, signal: AbortSignal): Promise<OsvAdvisory> {
    const address = `${this.#endpoint}/v1/vulns/${encodeURIComponent(id)}`;
    const text = await this.#http.text(address, { signal });
    return this.#advisory(this.#json(text), id);
  }

  async #post<T>(
    path: string,
    body: object,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const text = await this.#http.text(`${this.#endpoint}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    const answer = schema.safeParse(this.#json(text));
    if (!answer.success) {
      throw new SourceError(
        `${
          this.#endpoint
        }${path} answered in a form that OSV's API does not have`,
      );
    }
    return answer.data;
  }

  #json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw new SourceError(
        `${this.#endpoint} answered with something else than JSON`,
      );
    }
  }

  #advisory(value: unknown, name: string): OsvAdvisory {
    try {
      return readAdvisory(value, `What ${this.#endpoint} says of ${name}`);
    } catch (error) {
      throw new SourceError((error as Error).message);
    }
  }

  #endless(name: string): SourceError {
    return new SourceError(
      `${this.#endpoint} has more than ${MAX_PAGES} pages on ${name}`,
    );
  }
}
