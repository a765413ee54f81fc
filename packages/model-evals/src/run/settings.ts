import { endpointProblem, shownAddress } from '../endpoint/address';
import { digestOf } from '../pack/digest';
import { PACK_LIMITS } from '../pack/limits';
import type { PackRequest } from '../pack/types';
import { asksOf, scorerOf as knownScorerOf } from '../scorers';
import { RunError, type ModelEndpoint, type RunPackOptions } from './types';

const DEFAULTS = {
  concurrency: 4,
  retries: 5,
  backoffMs: 500,
  timeoutMs: 120_000,
  longestWaitMs: 120_000,
  seed: 1,
  confidence: 0.95,
  resamples: 1000,
  tool: { name: '@modelhub/evals', version: '0.1.0' },
};

const REQUEST_DEFAULTS = { temperature: 0, maxTokens: 512, samples: 1 };

/** The options with all defaults, checked. */
export type RunSettings = ReturnType<typeof settle>;

/** @throws RunError that says what to change */
export function settle(options: RunPackOptions) {
  const settings = {
    ...DEFAULTS,
    scorerOf: knownScorerOf,
    ...(Object.fromEntries(
      Object.entries(options).filter(([, it]) => it !== undefined),
    ) as RunPackOptions),
  };
  const { pack } = options;
  const request: PackRequest & typeof REQUEST_DEFAULTS = {
    ...REQUEST_DEFAULTS,
    ...pack.request,
    ...(options.samples !== undefined && { samples: options.samples }),
  };
  check(settings, request);
  const cases = pack.cases.slice(0, options.limit);
  const who = ({ model, digest }: ModelEndpoint) => ({ model, digest });
  const inputDigest = digestOf({
    pack: pack.digest,
    ...who(options),
    request,
    seed: settings.seed,
    judge: options.judge && who(options.judge),
    embeddings: options.embeddings && who(options.embeddings),
  });
  return { ...settings, request, cases, inputDigest };
}

function check(
  settings: typeof DEFAULTS & RunPackOptions,
  { samples, temperature }: typeof REQUEST_DEFAULTS,
): void {
  const wrong = (message: string) => {
    throw new RunError(message);
  };
  const { judge, embeddings, prices, pack } = settings;
  for (const it of [settings, judge, embeddings]) {
    const problem = it && endpointProblem(it.endpoint);
    if (problem) wrong(problem);
    if (it && !it.model) wrong('Name the model, as the endpoint calls it');
  }
  const whole = (
    name:
      | 'concurrency'
      | 'retries'
      | 'timeoutMs'
      | 'longestWaitMs'
      | 'resamples'
      | 'limit',
    least: number,
    most: number,
  ) => {
    const value = settings[name];
    if (
      value !== undefined &&
      !(Number.isSafeInteger(value) && value >= least && value <= most)
    ) {
      wrong(`${name} must be a whole number of ${least} to ${most}`);
    }
  };
  whole('concurrency', 1, 1000);
  whole('retries', 0, 100);
  whole('timeoutMs', 1, 86_400_000);
  whole('longestWaitMs', 0, 86_400_000);
  whole('resamples', 100, 100_000);
  whole('limit', 1, PACK_LIMITS.cases);
  if (
    !(
      Number.isSafeInteger(samples) &&
      samples >= 1 &&
      samples <= PACK_LIMITS.samples
    )
  ) {
    wrong(`samples must be a whole number of 1 to ${PACK_LIMITS.samples}`);
  }
  if (samples > 1 && temperature === 0 && pack.task !== 'retrieval') {
    wrong(
      `${pack.name} asks at temperature 0, where every sample is the same; leave samples out, or take a pack that asks at a higher one`,
    );
  }
  if (!(settings.confidence > 0.5 && settings.confidence < 1)) {
    wrong('confidence must lie between 0.5 and 1');
  }
  if (prices && !(prices.inputPerMTok >= 0 && prices.outputPerMTok >= 0)) {
    wrong('Prices are numbers from 0 on, per million tokens');
  }
  const lookup = settings.scorerOf ?? knownScorerOf;
  for (const { name, type, params } of pack.scorers) {
    const scorer = lookup(type);
    if (!scorer) wrong(`No scorer is called '${type}', which ${name} wants`);
    const asks = asksOf(scorer, params);
    if (asks === 'judge' && !judge) {
      wrong(
        `${pack.name} asks a judge for ${name}: say which model judges (--judge-model, and --judge-endpoint where it is not the same)`,
      );
    }
    if (asks === 'embeddings' && !embeddings) {
      wrong(
        `${pack.name} compares meanings for ${name}: say which model embeds (--embed-model, and --embed-endpoint where it is not the same)`,
      );
    }
  }
}

/** What of the options goes into a result: everything but keys. */
export function shownSettings(settings: RunSettings): Record<string, unknown> {
  const { request, judge, embeddings, prices } = settings;
  const { extraBody, system, template, ...parameters } = request;
  const who = (it: ModelEndpoint) => ({
    endpoint: shownAddress(it.endpoint),
    model: it.model,
    ...(it.digest && { digest: it.digest }),
  });
  return {
    model: settings.model,
    ...(settings.digest && { modelDigest: settings.digest }),
    task: settings.pack.task,
    ...parameters,
    ...(extraBody && { extraBody }),
    seed: settings.seed,
    concurrency: settings.concurrency,
    retries: settings.retries,
    timeoutMs: settings.timeoutMs,
    confidence: settings.confidence,
    resamples: settings.resamples,
    ...(settings.limit !== undefined && { limit: settings.limit }),
    ...(judge && { judge: who(judge) }),
    ...(embeddings && { embeddings: who(embeddings) }),
    ...(prices && { prices: { currency: 'USD', ...prices } }),
  };
}

/**
 * `sha256:…` over pack, model and parameters: two runs that have the same asked
 * the same. A run's journal is found by it.
 *
 * @throws RunError that says what to change
 * @public
 */
export function runInputDigest(options: RunPackOptions): string {
  return settle(options).inputDigest;
}
