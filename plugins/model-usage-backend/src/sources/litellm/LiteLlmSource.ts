import { ResponseError } from '@backstage/errors';
import type {
  ReportedUsage,
  UsagePull,
  UsageSource,
} from '@modelhub/backstage-plugin-models-node';
import { reportedOf, type SpendLog } from './spendLog';

/** LiteLLM gives no more rows at once. */
const PAGE_SIZE = 100;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** So much is asked for at a time, so that pages stay few. */
const WINDOW_MS = HOUR_MS;

/** A call is in the log after its end, under its beginning: so far back is asked again. */
const OVERLAP_MS = HOUR_MS;

/** Rows are written in groups; what is younger is asked for next time. */
const SETTLE_MS = MINUTE_MS;

/** Where the pages of a part of a window are asked for. */
interface Part {
  from: number;
  to: number;
  page: number;
  /** Of the window; parts are shorter where LiteLLM would not count further. */
  end: number;
}

interface Position {
  /** Everything before was asked for once. */
  done: number;
  part?: Part;
}

interface Page {
  data: SpendLog[];
  total_pages: number;
  total_is_capped?: boolean;
}

/** LiteLLM takes no other form, and means UTC. */
const momentOf = (at: number) =>
  new Date(at).toISOString().slice(0, 19).replace('T', ' ');

const answerOf = (
  items: ReportedUsage[],
  position: Position,
  more: boolean,
): UsagePull => ({ items, cursor: JSON.stringify(position), more });

export interface LiteLlmOptions {
  id: string;
  /** Without a path. */
  baseUrl: string;
  /** A key of an administrator. */
  apiKey: string;
  /** Names of LiteLLM and the gateway ids that they stand for. */
  models: Record<string, string>;
  /** Ids or aliases of teams and the entity refs that they stand for. */
  teams: Record<string, string>;
  /** How far back to begin. */
  sinceDays: number;
}

/**
 * Spend logs of LiteLLM, call by call. Windows overlap, because a call is
 * written down after its end; a call that comes again is known by its id.
 */
export class LiteLlmSource implements UsageSource {
  static create(options: LiteLlmOptions): LiteLlmSource {
    return new LiteLlmSource(options);
  }

  readonly frequency = { minutes: 1 };
  readonly #options: LiteLlmOptions;

  private constructor(options: LiteLlmOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  upTo(cursor: string): Date {
    const { done }: Position = JSON.parse(cursor);
    return new Date(done);
  }

  async pull(
    cursor: string | undefined,
    { now, signal }: { now: Date; signal: AbortSignal },
  ): Promise<UsagePull> {
    // Seconds are all that LiteLLM understands.
    const settled = Math.floor((now.getTime() - SETTLE_MS) / 1_000) * 1_000;
    const position = this.#positionOf(cursor, settled);
    const { part, done } = position;
    if (!part) return answerOf([], position, false);
    const page = await this.#page(part, signal);
    const { from, to, end } = part;
    const half = Math.floor((to - from) / 2_000) * 1_000;
    if (page.total_is_capped && half > 0) {
      return answerOf([], { done, part: { ...part, to: from + half } }, true);
    }
    const items = page.data.flatMap(it => reportedOf(it, this.#options) ?? []);
    if (part.page < page.total_pages) {
      const next = { ...part, page: part.page + 1 };
      return answerOf(items, { done, part: next }, true);
    }
    if (to < end) {
      const longer = Math.min(end, to + 2 * (to - from));
      const next = { from: to, to: longer, page: 1, end };
      return answerOf(items, { done, part: next }, true);
    }
    return answerOf(items, { done: end }, end < settled);
  }

  /** In the middle of a window, or at the begin of the next one. */
  #positionOf(cursor: string | undefined, settled: number): Position {
    const begin = settled - this.#options.sinceDays * 24 * HOUR_MS;
    const position: Position =
      cursor === undefined ? { done: begin } : JSON.parse(cursor);
    const { done, part } = position;
    const end = Math.min(done + WINDOW_MS, settled);
    if (part || end <= done) return position;
    const from = cursor === undefined ? done : done - OVERLAP_MS;
    return { done, part: { from, to: end, page: 1, end } };
  }

  async #page({ from, to, page }: Part, signal: AbortSignal): Promise<Page> {
    const { baseUrl, apiKey } = this.#options;
    const query = new URLSearchParams({
      start_date: momentOf(from),
      end_date: momentOf(to),
      page: String(page),
      page_size: String(PAGE_SIZE),
    });
    const response = await fetch(
      `${baseUrl.replace(/\/+$/, '')}/spend/logs/v2?${query}`,
      {
        headers: { authorization: `Bearer ${apiKey}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(MINUTE_MS)]),
      },
    );
    if (response.status === 401 || response.status === 403) {
      throw new Error(
        `LiteLLM does not show its spend logs to this key (${response.status}). Set 'apiKey' to one of an administrator.`,
      );
    }
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const body: unknown = await response.json();
    const { data, total_pages: pages } = (body ?? {}) as Partial<Page>;
    if (!Array.isArray(data) || typeof pages !== 'number') {
      throw new Error(
        'LiteLLM did not answer with pages of spend logs. Is it 1.60 or newer, and does baseUrl lead to it?',
      );
    }
    return body as Page;
  }
}
