import {
  costMicros,
  type EnforcementMode,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import type { Calendar } from '../calendar';
import { TASKS, type SimulatedVersion } from '../models';
import type { Stream, YearPlan } from '../plan';
import { Random } from '../random';
import type { YearStory } from '../story';
import { Contents } from './Contents';
import { Incidents, type Trouble } from './incidents';

/** Days in which a new version takes over from the one before it. */
const ROLLOUT_DAYS = 4;

/** Bytes of a token of text, about. */
const BYTES_PER_TOKEN = 4.2;

/** Refused calls that came together, on average; programs try again at once. */
const TRIES = { refused: 14, limited: 9, exhausted: 11, unavailable: 6 };

/** Part of the calls that pass a limit of their key. */
const LIMITED = 0.003;

/** A record and when it began, for sorting. */
export interface TimedRecord {
  at: number;
  record: UsageRecord;
}

const tenths = (ms: number) => Math.round(ms * 10) / 10;

/** What all records of a stream on a day have in common. */
interface Day {
  stream: Stream;
  day: number;
  mode: EnforcementMode;
  versions: SimulatedVersion[];
  random: Random;
}

/** Makes the records of a stream on a day, as a gateway would report them. */
export class RecordMaker {
  static create(options: {
    seed: string;
    calendar: Calendar;
    story: YearStory;
    plan: YearPlan;
    /** Ids of keys by the names of the plan, where they are others. */
    keyIds: Record<string, string>;
  }): RecordMaker {
    return new RecordMaker(options);
  }

  readonly #seed: string;
  readonly #calendar: Calendar;
  readonly #plan: YearPlan;
  readonly #incidents: Incidents;
  readonly #contents: Contents;
  readonly #keyIds: Record<string, string>;
  readonly #grants = new Map<number, string>();

  private constructor(options: Parameters<typeof RecordMaker.create>[0]) {
    const { seed, calendar, story, plan } = options;
    this.#seed = seed;
    this.#calendar = calendar;
    this.#plan = plan;
    this.#keyIds = options.keyIds;
    this.#incidents = Incidents.create({ story, ...calendar });
    this.#contents = Contents.create({ seed, story });
  }

  /** Adds them to a list, in no order. Their calls are those of the plan. */
  add(list: TimedRecord[], streamIndex: number, dayIndex: number): void {
    let left = this.#plan.callsOf(streamIndex, dayIndex);
    if (left === 0) return;
    const stream = this.#plan.streams[streamIndex];
    const day: Day = {
      stream,
      day: dayIndex,
      mode:
        stream.team.modes.filter(it => it.fromDay <= dayIndex).pop()?.mode ??
        'enforce',
      versions: this.#versionsOf(stream, dayIndex),
      random: Random.of(this.#seed, 'calls', streamIndex, dayIndex),
    };
    const isExhausted = this.#plan.isExhausted(streamIndex, dayIndex);
    while (left > 0) {
      left -= this.#addOne(list, day, left, isExhausted);
    }
  }

  /** @returns how many calls the record stands for */
  #addOne(
    list: TimedRecord[],
    day: Day,
    left: number,
    isExhausted: boolean,
  ): number {
    const { stream, random } = day;
    const at = this.#calendar.momentOf(
      day.day,
      stream.key.rhythm,
      random.next(),
    );
    const refuse = (status: number, code: string, tries: number) => {
      const calls = Math.min(left, random.geometric(tries));
      list.push({ at, record: this.#refusal(day, at, status, code, calls) });
      return calls;
    };
    if (this.#incidents.isGatewayDown(at)) {
      return refuse(503, 'snapshot_expired', TRIES.unavailable);
    }
    if (stream.kind === 'refused') {
      return refuse(403, 'model_not_approved', TRIES.refused);
    }
    if (isExhausted) {
      return refuse(429, 'insufficient_quota', TRIES.exhausted);
    }
    // One beginning of a burst stands for many calls.
    if (random.chance(LIMITED / TRIES.limited)) {
      return refuse(429, 'rate_limit_exceeded', TRIES.limited);
    }
    list.push({ at, record: this.#call(day, at) });
    return 1;
  }

  #refusal(
    day: Day,
    at: number,
    status: number,
    code: string,
    calls: number,
  ): UsageRecord {
    const { stream, random } = day;
    const { input } = TASKS[stream.model.task];
    const promptBytes = Math.round(
      random.between(0.6, 1.6) * input.median * BYTES_PER_TOKEN,
    );
    const until = Math.min(
      at + Math.round((calls - 1) * random.between(120, 900)),
      this.#calendar.until - 1,
    );
    return {
      ...this.#caller(day, at),
      status,
      code,
      streamed: false,
      attempts: 0,
      latencyMs: tenths(random.logNormal(1.2, 0.4)),
      promptBytes: (200 + promptBytes) * calls,
      responseBytes: 0,
      ...(calls > 1 && { calls, until: new Date(until).toISOString() }),
    };
  }

  #call(day: Day, at: number): UsageRecord {
    const { stream, random } = day;
    const { model, key } = stream;
    const task = TASKS[model.task];
    const version = this.#versionAt(day, at);
    const lengthFactor = this.#contents.lengthFactorOf(stream, day.day);
    const inputTokens = Math.round(
      random.logNormal(
        task.input.median * stream.promptFactor * lengthFactor,
        task.input.sigma,
      ),
    );
    const promptBytes =
      model.task === 'automatic-speech-recognition'
        ? Math.round(random.logNormal(900_000, 0.9))
        : Math.round(180 + inputTokens * BYTES_PER_TOKEN);
    const common = {
      ...this.#caller(day, at),
      version: version.name,
      ...(stream.kind === 'uncovered'
        ? { uncovered: 'not-approved' as const }
        : { grantId: this.#grantOf(stream) }),
      provider: model.hosted ? model.provider : 'model-foundry',
      providerModel: model.hosted
        ? `${model.name}`
        : `${model.id}@${version.name}`,
      streamed: random.chance(task.streamed),
      promptBytes,
    };
    const trouble = this.#incidents.troubleOf(model.id, at);
    const failed = failureOf(trouble, random);
    if (failed) {
      return {
        ...common,
        status: failed.status,
        code: failed.code,
        attempts: failed.status >= 500 ? 2 : 1,
        latencyMs: tenths(random.logNormal(failed.medianMs, 0.3)),
        responseBytes: 180,
      };
    }
    const outputTokens =
      task.output.median === 0
        ? 0
        : Math.max(
            1,
            Math.round(random.logNormal(task.output.median, task.output.sigma)),
          );
    const isCached = random.next() < stream.cacheHits;
    const isCounted = model.task !== 'automatic-speech-recognition';
    const usage = isCounted ? { inputTokens, outputTokens } : undefined;
    const responseBytes = Math.round(
      320 + (task.output.median === 0 ? 8192 : outputTokens * 4.6),
    );
    if (isCached) {
      return {
        ...common,
        status: 200,
        attempts: 0,
        cacheHit: true,
        ...usage,
        latencyMs: tenths(random.logNormal(3, 0.4)),
        responseBytes,
      };
    }
    const { firstTokenMs, perTokenMs } = model.speed;
    const load = 1 + 0.35 * this.#calendar.loadAt(at, key.rhythm) ** 2;
    const slowness =
      version.slowness * trouble.slowness * load * random.logNormal(1, 0.16);
    const firstByteMs =
      (firstTokenMs + inputTokens * perTokenMs * 0.012) * slowness;
    const latencyMs = firstByteMs + outputTokens * perTokenMs * slowness;
    const cachedInputTokens =
      stream.cachedInput > 0
        ? Math.round(
            inputTokens *
              Math.min(0.95, stream.cachedInput * random.between(0.6, 1.4)),
          )
        : undefined;
    const cost =
      usage && model.pricing
        ? costMicros(model.pricing, { ...usage, cachedInputTokens })
        : undefined;
    return {
      ...common,
      status: 200,
      attempts: 1,
      ...usage,
      ...(usage && cachedInputTokens !== undefined && { cachedInputTokens }),
      ...(cost !== undefined && {
        costMicros: cost,
        currency: model.pricing?.currency,
      }),
      latencyMs: tenths(latencyMs),
      ...(common.streamed && { firstByteMs: tenths(firstByteMs) }),
      responseBytes,
      ...this.#contents.signalsOf(stream, day.day, random),
    };
  }

  #caller({ stream, mode, random }: Day, at: number) {
    const { key, model } = stream;
    return {
      id: random.uuid(at),
      at: new Date(at).toISOString(),
      route: TASKS[model.task].route,
      keyId: this.#keyIds[key.id] ?? key.id,
      profile: key.profile,
      purpose: key.purpose,
      tier: key.tier,
      team: key.owner,
      model: model.id,
      mode,
    };
  }

  /** Those that may answer on a day: the last one, and the one before it while it takes over. */
  #versionsOf({ model, pinned }: Stream, day: number): SimulatedVersion[] {
    const { versions } = model;
    const fixed = versions.find(it => it.name === pinned);
    if (fixed) return [fixed];
    const last = Math.max(
      0,
      versions.map(it => it.fromDay <= day).lastIndexOf(true),
    );
    const isTakingOver =
      last > 0 && day < versions[last].fromDay + ROLLOUT_DAYS;
    return isTakingOver
      ? [versions[last - 1], versions[last]]
      : [versions[last]];
  }

  #versionAt({ versions, random, day }: Day, at: number): SimulatedVersion {
    if (versions.length === 1) return versions[0];
    const [before, next] = versions;
    const since =
      day - next.fromDay + (at - this.#calendar.beginOf(day)) / 86_400_000;
    return random.chance(since / ROLLOUT_DAYS) ? next : before;
  }

  /** The approval that covers a stream. */
  #grantOf(stream: Stream): string {
    const known = this.#grants.get(stream.index);
    if (known !== undefined) return known;
    const grant = Random.of(
      this.#seed,
      'grant',
      stream.key.id,
      stream.model.id,
    ).uuid(this.#calendar.beginOf(stream.fromDay));
    this.#grants.set(stream.index, grant);
    return grant;
  }
}

function failureOf(
  trouble: Trouble,
  random: Random,
): { status: number; code: string; medianMs: number } | undefined {
  const at = random.next();
  const { serverErrors, throttled, clientErrors } = trouble;
  if (at < serverErrors) {
    return random.chance(0.3)
      ? { status: 504, code: 'upstream_timeout', medianMs: 30_000 }
      : { status: 502, code: 'upstream_error', medianMs: 420 };
  }
  if (at < serverErrors + throttled) {
    return { status: 429, code: 'upstream_error', medianMs: 90 };
  }
  if (at < serverErrors + throttled + clientErrors) {
    return { status: 400, code: 'upstream_error', medianMs: 60 };
  }
  return undefined;
}
