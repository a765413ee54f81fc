import type { MetricStatistic } from '@modelhub/governance-protocol';
import { randomOf } from '../statistics/random';
import { shareInterval } from '../statistics/shares';

/** Values of one request: its latency, or the gaps within its answer. */
export type Sampled = number[];

export interface Estimate {
  statistic: MetricStatistic;
  value: number;
  samples: number;
  interval?: [number, number];
}

export interface EstimateOptions {
  confidence: number;
  resamples: number;
  seed: number;
}

const SHARES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** Draws that one metric may take, so that long answers do not take minutes. */
const MOST_STEPS = 50_000_000;

/** A list of values with the request that each came from. */
interface Pooled {
  /** Ascending. */
  values: number[];
  owners: number[];
}

function pool(groups: Sampled[]): Pooled {
  const all = groups.flatMap((values, owner) =>
    values.map(value => ({ value, owner })),
  );
  all.sort((a, b) => a.value - b.value);
  return {
    values: all.map(({ value }) => value),
    owners: all.map(({ owner }) => owner),
  };
}

/**
 * Median, high percentiles, mean and maximum, with intervals. A percentile is
 * the smallest value that so large a share does not exceed (nearest rank), and
 * is left out where fewer than one value would lie beyond it. Intervals are the
 * percentiles of a bootstrap over requests: gaps within one answer hang
 * together, and are drawn together.
 */
export function estimate(
  groups: Sampled[],
  options: EstimateOptions,
): Estimate[] {
  const filled = groups.filter(values => values.length > 0);
  const pooled = pool(filled);
  const count = pooled.values.length;
  if (count === 0) return [];
  const shares = Object.entries(SHARES).filter(
    ([name, part]) => name === 'p50' || count * (1 - part) >= 1 - 1e-9,
  ) as Array<[keyof typeof SHARES, number]>;
  const once = new Uint32Array(filled.length).fill(1);
  const point = summary(pooled, once, shares);
  const spread = bootstrap(filled.length, pooled, shares, options);
  const statistics: MetricStatistic[] = [
    ...shares.map(([name]) => name),
    'mean',
  ];
  return [
    ...statistics.map((statistic, index) => ({
      statistic,
      value: point[index],
      samples: count,
      ...(spread && {
        interval: within(spread[index], point[index], options.confidence),
      }),
    })),
    // What is largest in a sample says little about what is larger outside it.
    {
      statistic: 'max' as const,
      value: pooled.values[count - 1],
      samples: count,
    },
  ];
}

/** The percentiles and the mean when each request counts so many times. */
function summary(
  { values, owners }: Pooled,
  weights: Uint32Array,
  shares: Array<[string, number]>,
): number[] {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights[owners[i]];
    total += weight;
    sum += weight * values[i];
  }
  const found: number[] = [];
  let seen = 0;
  for (let i = 0; i < values.length && found.length < shares.length; i++) {
    seen += weights[owners[i]];
    // A hair less, for shares of counts are not exact.
    while (
      found.length < shares.length &&
      seen >= shares[found.length][1] * total - 1e-9
    ) {
      found.push(values[i]);
    }
  }
  return [...found, sum / total];
}

/** For each statistic what it is in samples drawn anew; none of one request. */
function bootstrap(
  requests: number,
  pooled: Pooled,
  shares: Array<[string, number]>,
  options: EstimateOptions,
): number[][] | undefined {
  if (requests < 2) return undefined;
  const affordable = Math.floor(MOST_STEPS / pooled.values.length);
  const resamples = Math.max(100, Math.min(options.resamples, affordable));
  const random = randomOf(options.seed);
  const drawn: number[][] = [...shares, 'mean'].map(() => []);
  for (let n = 0; n < resamples; n++) {
    const weights = new Uint32Array(requests);
    for (let i = 0; i < requests; i++) {
      weights[Math.floor(random() * requests)] += 1;
    }
    summary(pooled, weights, shares).forEach((value, index) =>
      drawn[index].push(value),
    );
  }
  return drawn;
}

function within(
  drawn: number[],
  point: number,
  confidence: number,
): [number, number] {
  const sorted = [...drawn].sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  const at = (part: number) =>
    sorted[
      Math.min(sorted.length - 1, Math.max(0, Math.round(part * sorted.length)))
    ];
  // An interval holds what it is about, also where the sample is lopsided.
  return [Math.min(at(tail), point), Math.max(at(1 - tail), point)];
}

/** A share with its interval. */
export function share(
  hits: number,
  samples: number,
  confidence: number,
): Estimate {
  return {
    statistic: 'rate',
    value: hits / samples,
    samples,
    interval: shareInterval(hits, samples, confidence),
  };
}
