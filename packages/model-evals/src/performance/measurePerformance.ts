import {
  PERFORMANCE_SUITE,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { endpointProblem, shownAddress } from '../endpoint/address';
import { closedLoop, openLoop, type Driver } from './load';
import { metricsOf, sliceOf } from './metrics';
import { promptOf } from './prompt';
import { Requester } from './Requester';
import {
  PerformanceError,
  systemPerformanceClock,
  type FailedRequest,
  type Load,
  type PerformanceOptions,
  type RequestSample,
} from './types';

const DEFAULTS = {
  requests: 50,
  warmUp: 3,
  promptTokens: 256,
  outputTokens: 128,
  timeoutMs: 120_000,
  maxInFlight: 512,
  confidence: 0.95,
  resamples: 1000,
  seed: 1,
};

const TOOL = { name: '@modelhub/evals', version: '0.1.0' };

/** Reasons of failures that are listed, each with how often. */
const MOST_REASONS = 10;

/**
 * Measures how fast an OpenAI-compatible endpoint answers: time to first token,
 * time between tokens, tokens a second, latency of whole requests and the share
 * of errors, under one load after the other, with confidence intervals. The
 * requests are streamed chat completions.
 *
 * An abort keeps what was measured and marks the run `partial`.
 *
 * @throws PerformanceError when nothing could be measured
 * @public
 */
export async function measurePerformance(
  options: PerformanceOptions,
): Promise<EvaluationRun> {
  const settings = { ...DEFAULTS, ...withoutUndefined(options) };
  const loads: Load[] = options.loads ?? [{ kind: 'closed', concurrency: 1 }];
  check(settings, loads);
  const clock = options.clock ?? systemPerformanceClock;
  const signal = options.signal ?? new AbortController().signal;
  const tool = options.tool ?? TOOL;
  const requester = Requester.create({
    ...settings,
    extraBody: options.extraBody ?? {},
    clock,
    tool,
  });
  const startedAt = new Date();
  let prompts = 0;
  const done = { requestsDone: 0, errors: 0 };
  const tell = (load: Load, phase: 'warm-up' | 'measuring') =>
    options.onProgress?.({
      phase,
      load,
      requests: settings.requests * loads.length,
      ...done,
    });
  const nextPrompt = () => {
    prompts += 1;
    return promptOf(settings.promptTokens, settings.seed * 1_000_003 + prompts);
  };
  const run = (driver: Driver, load: Load, requests: number) =>
    load.kind === 'closed'
      ? closedLoop(driver, { concurrency: load.concurrency, requests })
      : openLoop(driver, {
          requestsPerSecond: load.requestsPerSecond,
          requests,
          maxInFlight: settings.maxInFlight,
        });
  const driverOf = (taking: (sample: RequestSample) => void): Driver => ({
    clock,
    signal,
    request: async dueAt => {
      const sample = await requester.request(nextPrompt(), { dueAt, signal });
      if (sample) taking(sample);
      return sample;
    },
  });

  await requester.learn(nextPrompt(), signal);
  const measured: Array<{ load: Load; samples: RequestSample[] }> = [];
  for (const load of loads) {
    if (signal.aborted) break;
    tell(load, 'warm-up');
    await run(
      driverOf(() => {}),
      load,
      settings.warmUp,
    );
    const samples: RequestSample[] = [];
    measured.push({ load, samples });
    tell(load, 'measuring');
    await run(
      driverOf(sample => {
        samples.push(sample);
        done.requestsDone += 1;
        if (!sample.isAnswered) done.errors += 1;
        tell(load, 'measuring');
      }),
      load,
      settings.requests,
    );
  }

  const metrics = measured.flatMap(({ load, samples }) =>
    metricsOf(load, samples, settings),
  );
  if (metrics.length === 0) {
    throw new PerformanceError(
      'It was stopped before the first request was answered; nothing was measured.',
    );
  }
  const all = measured.flatMap(({ samples }) => samples);
  return {
    suite: { name: PERFORMANCE_SUITE, version: '1' },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(
      Math.max(Date.now(), startedAt.getTime()),
    ).toISOString(),
    target: { ...options.target, endpoint: shownAddress(options.endpoint) },
    settings: {
      model: settings.model,
      loads: loads.map(sliceOf),
      requests: settings.requests,
      warmUp: settings.warmUp,
      promptTokens: settings.promptTokens,
      outputTokens: settings.outputTokens,
      timeoutMs: settings.timeoutMs,
      confidence: settings.confidence,
      resamples: settings.resamples,
      seed: settings.seed,
      ...(options.extraBody && { extraBody: options.extraBody }),
      ...countsOf(all),
    },
    metrics,
    tool,
    ...(signal.aborted && { partial: true }),
  };
}

/** What is known only after the answers. */
function countsOf(samples: RequestSample[]): Record<string, unknown> {
  const answered = samples.flatMap(it => (it.isAnswered ? [it] : []));
  const failed = samples.flatMap(it => (it.isAnswered ? [] : [it]));
  const mean = (values: Array<number | undefined>) => {
    const known = values.flatMap(it => it ?? []);
    return known.length > 0
      ? Math.round(known.reduce((sum, it) => sum + it, 0) / known.length)
      : undefined;
  };
  const counts = {
    tokensCountedBy: answered.some(it => it.outputTokens !== undefined)
      ? 'server'
      : 'pieces of the stream',
    meanPromptTokens: mean(answered.map(it => it.promptTokens)),
    meanOutputTokens: mean(
      answered.map(it => it.outputTokens ?? it.pieces.length),
    ),
    failures: failed.length > 0 ? failuresOf(failed) : undefined,
  };
  return withoutUndefined(counts);
}

function failuresOf(failed: FailedRequest[]) {
  const byReason = new Map<string, { count: number; example: string }>();
  for (const { reason, message } of failed) {
    const known = byReason.get(reason);
    byReason.set(reason, {
      count: (known?.count ?? 0) + 1,
      example: known?.example ?? message.slice(0, 300),
    });
  }
  return [...byReason]
    .map(([reason, rest]) => ({ reason, ...rest }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_REASONS);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, it]) => it !== undefined),
  ) as T;
}

function check(
  settings: typeof DEFAULTS & PerformanceOptions,
  loads: Load[],
): void {
  const wrong = (message: string) => {
    throw new PerformanceError(message);
  };
  const addressProblem = endpointProblem(settings.endpoint);
  if (addressProblem) wrong(addressProblem);
  if (loads.length === 0) wrong('Give at least one load');
  for (const load of loads) {
    if (
      load.kind === 'closed'
        ? !Number.isSafeInteger(load.concurrency) || load.concurrency < 1
        : !(load.requestsPerSecond > 0)
    ) {
      wrong('A concurrency is a whole number from 1 on, a rate is above 0');
    }
  }
  for (const name of [
    'requests',
    'promptTokens',
    'outputTokens',
    'timeoutMs',
    'maxInFlight',
    'resamples',
  ] as const) {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < 1) {
      wrong(`${name} must be a whole number from 1 on`);
    }
  }
  if (!(settings.confidence > 0.5 && settings.confidence < 1)) {
    wrong('confidence must lie between 0.5 and 1');
  }
}
