import { ResponseError } from '@backstage/errors';
import type {
  ReportedUsage,
  UsagePull,
  UsageSource,
} from '@modelhub/backstage-plugin-models-node';
import {
  CONVENTIONS,
  errorClassOf,
  type Convention,
  type ConventionName,
} from './conventions';
import {
  durationsOf,
  histogramsOf,
  increasesOf,
  type Series,
} from './increases';

const MINUTE_MS = 60_000;

/** Asked for at a time, so that answers stay small. */
const WINDOW_MS = 60 * MINUTE_MS;

/** So far back a counter is looked at to know from where it rose. */
const LOOK_BACK_MS = 15 * MINUTE_MS;

/** Samples come in, and are seen, with some delay. */
const SETTLE_MS = 2 * MINUTE_MS;

export interface PrometheusOptions {
  id: string;
  /** What comes before `/api/v1`. */
  baseUrl: string;
  /** Sent as a bearer token. */
  token?: string;
  conventions: ConventionName[];
  /** Names of models in labels and the gateway ids that they stand for. */
  models: Record<string, string>;
  /** How far back to begin. */
  sinceDays: number;
}

interface Answer {
  status?: string;
  error?: string;
  data?: { resultType?: string; result?: Series[] };
}

type Minute = Required<
  Pick<
    ReportedUsage,
    | 'calls'
    | 'clientErrors'
    | 'throttled'
    | 'serverErrors'
    | 'inputTokens'
    | 'outputTokens'
    | 'latency'
    | 'ttft'
  >
>;

/** Sums of single minutes of models. */
class Minutes {
  readonly #models = new Map<string, Map<number, Minute>>();

  at(model: string, seconds: number): Minute {
    const minutes = this.#models.get(model) ?? new Map<number, Minute>();
    this.#models.set(model, minutes);
    const minute = minutes.get(seconds) ?? {
      calls: 0,
      clientErrors: 0,
      throttled: 0,
      serverErrors: 0,
      inputTokens: 0,
      outputTokens: 0,
      latency: [],
      ttft: [],
    };
    minutes.set(seconds, minute);
    return minute;
  }

  items(): ReportedUsage[] {
    return [...this.#models].flatMap(([model, minutes]) =>
      [...minutes].map(([seconds, minute]) => ({
        ...minute,
        id: `${model} ${seconds}`,
        // It rose in the minute before.
        at: new Date(seconds * 1_000 - MINUTE_MS).toISOString(),
        model,
      })),
    );
  }
}

/**
 * Counters and histograms of model servers that Prometheus keeps, minute by
 * minute. They tell nothing of who called.
 */
export class PrometheusSource implements UsageSource {
  static create(options: PrometheusOptions): PrometheusSource {
    return new PrometheusSource(options);
  }

  readonly frequency = { minutes: 1 };
  readonly #options: PrometheusOptions;

  private constructor(options: PrometheusOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  upTo(cursor: string): Date {
    return new Date(Number(cursor));
  }

  /** The cursor is the end of the last minute that was counted, in milliseconds. */
  async pull(
    cursor: string | undefined,
    { now, signal }: { now: Date; signal: AbortSignal },
  ): Promise<UsagePull> {
    const wholeMinute = (at: number) => Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const settled = wholeMinute(now.getTime() - SETTLE_MS);
    const { sinceDays, conventions } = this.#options;
    const from =
      cursor === undefined
        ? wholeMinute(settled - sinceDays * 24 * 60 * MINUTE_MS)
        : Number(cursor);
    const to = Math.min(from + WINDOW_MS, settled);
    if (to <= from) return { items: [], cursor: String(from), more: false };
    const minutes = new Minutes();
    for (const name of conventions) {
      await this.#count(CONVENTIONS[name], { from, to, signal, minutes });
    }
    return {
      items: minutes.items(),
      cursor: String(to),
      more: to < settled,
    };
  }

  async #count(
    convention: Convention,
    window: { from: number; to: number; signal: AbortSignal; minutes: Minutes },
  ): Promise<void> {
    const { from, minutes } = window;
    const after = from / 1_000;
    const series = async (query: string) => {
      const found = await this.#series(query, window);
      return found.flatMap(it => {
        const label = convention.modelLabels.find(name => it.metric[name]);
        if (label === undefined) return [];
        const name = it.metric[label];
        return [{ it, model: this.#options.models[name] ?? name }];
      });
    };
    for (const { it, model } of await series(convention.calls)) {
      const error = it.metric[convention.errorLabel ?? ''];
      for (const [seconds, rise] of increasesOf(it, after)) {
        const minute = minutes.at(model, seconds);
        minute.calls += Math.round(rise);
        if (error) minute[errorClassOf(error)] += Math.round(rise);
      }
    }
    for (const kind of ['inputTokens', 'outputTokens'] as const) {
      for (const { it, model } of await series(convention[kind])) {
        for (const [seconds, rise] of increasesOf(it, after)) {
          minutes.at(model, seconds)[kind] += Math.round(rise);
        }
      }
    }
    for (const kind of ['latency', 'ttft'] as const) {
      const found = await series(`${convention[kind]}_bucket`);
      const good = found.filter(
        ({ it }) => !it.metric[convention.errorLabel ?? ''],
      );
      const modelOf = new Map(good.map(({ it, model }) => [it, model]));
      for (const buckets of histogramsOf([...modelOf.keys()])) {
        const model = modelOf.get(buckets[0]) ?? '';
        for (const [seconds, durations] of durationsOf(buckets, after)) {
          minutes.at(model, seconds)[kind].push(...durations);
        }
      }
    }
  }

  async #series(
    query: string,
    { from, to, signal }: { from: number; to: number; signal: AbortSignal },
  ): Promise<Series[]> {
    const { baseUrl, token } = this.#options;
    const parameters = new URLSearchParams({
      query,
      start: String((from - LOOK_BACK_MS) / 1_000),
      end: String(to / 1_000),
      step: '60',
    });
    const response = await fetch(
      `${baseUrl.replace(/\/+$/, '')}/api/v1/query_range?${parameters}`,
      {
        headers:
          token === undefined ? {} : { authorization: `Bearer ${token}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(MINUTE_MS)]),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const { status, error, data } = (await response.json()) as Answer;
    if (status !== 'success' || !Array.isArray(data?.result)) {
      throw new Error(
        `Prometheus does not answer ${query}: ${
          error ?? 'the answer has no result'
        }. Does baseUrl lead to what comes before /api/v1?`,
      );
    }
    return data.result;
  }
}
