import { normalProbability, normalQuantile } from './normal';
import { randomOf } from './random';
import {
  affordableResamples,
  meanAndError,
  quantileOf,
  studentisedMeans,
} from './samples';
import { shareInterval } from './shares';
import type { ResamplingOptions } from './types';

/** @public */
export interface IntervalOptions extends ResamplingOptions {
  /** The least and the most that the statistic can be: `[0, 1]` of a ratio. */
  range?: [number, number];
}

const LEAST_SAMPLES = 2;
const MOST_LEFT_OUT = 400;

/**
 * Confidence interval of a mean. Of values that are all 0 or 1, and in a range
 * of 0 to 1, it is Wilson's; of others a studentised bootstrap (Efron and
 * Tibshirani 1993, 12.5), which covers lopsided values and small samples where a
 * percentile bootstrap is too narrow. Within a range it is never wider than a
 * share's would be, and values that are all the same still leave the doubt that
 * another one was not met. Undefined where nothing can be said: of one value,
 * and of values that are all the same and have no range.
 *
 * @public
 */
export function meanInterval(
  values: number[],
  options: IntervalOptions = {},
): [number, number] | undefined {
  const { confidence = 0.95, resamples = 2000, seed = 1, range } = options;
  const count = values.length;
  if (count === 0) return undefined;
  const { mean, error } = meanAndError(values);
  // By the values' own extremes, should they lie outside what was said.
  const bounds =
    range && values.every(it => it >= range[0] && it <= range[1])
      ? range
      : undefined;
  const asShare = bounds && shareOfRange(mean, count, bounds, confidence);
  if (bounds && values.every(it => bounds.includes(it))) return asShare;
  if (error === 0) {
    return bounds && unseenInterval(mean, count, bounds, confidence);
  }
  const drawn = studentisedMeans(
    values,
    affordableResamples(resamples, count),
    randomOf(seed),
  );
  const tail = (1 - confidence) / 2;
  const low = mean - quantileOf(drawn, 1 - tail) * error;
  const high = mean - quantileOf(drawn, tail) * error;
  if (asShare) {
    return [Math.max(low, asShare[0]), Math.min(high, asShare[1])];
  }
  return Number.isFinite(low) && Number.isFinite(high)
    ? [Math.min(low, mean), Math.max(high, mean)]
    : undefined;
}

/** As if each value were so many hits of one: the widest that a mean can be. */
function shareOfRange(
  mean: number,
  count: number,
  [least, most]: [number, number],
  confidence: number,
): [number, number] {
  const width = most - least;
  const [low, high] = shareInterval(
    (count * (mean - least)) / width,
    count,
    confidence,
  );
  return [least + low * width, least + high * width];
}

/**
 * All items say the same. As many others as could have stayed unseen by chance
 * (the share whose interval begins at 0) may lie at either end of the range.
 */
function unseenInterval(
  value: number,
  count: number,
  [least, most]: [number, number],
  confidence: number,
): [number, number] {
  const [, unseen] = shareInterval(0, count, confidence);
  return [value - unseen * (value - least), value + unseen * (most - value)];
}

/**
 * Confidence interval of any number that is made of many items, F1 or BLEU of a
 * corpus: a bias-corrected and accelerated bootstrap over items (Efron 1987;
 * Efron and Tibshirani 1993, 14.3). `statistic` may be undefined of a sample
 * that says nothing (no positives); such samples do not count, and there is no
 * interval where they are the most. Nor is there one of a single item, or where
 * every sample says the same and no `range` tells what else there could be.
 *
 * @param items - what is drawn, with replacement
 * @param statistic - pure; called some 2,000 times
 * @public
 */
export function bootstrapInterval<T>(
  items: T[],
  statistic: (items: T[]) => number | undefined,
  options: IntervalOptions = {},
): [number, number] | undefined {
  const { confidence = 0.95, resamples = 2000, seed = 1, range } = options;
  const count = items.length;
  const value = statistic(items);
  if (count === 0 || value === undefined) return undefined;
  if (count < LEAST_SAMPLES) {
    return range && unseenInterval(value, count, range, confidence);
  }
  const drawn = resample(
    items,
    statistic,
    affordableResamples(resamples, count),
    randomOf(seed),
  );
  if (drawn.length * 2 < Math.min(resamples, 200)) return undefined;
  if (drawn[0] === drawn[drawn.length - 1]) {
    return range && unseenInterval(value, count, range, confidence);
  }
  const below = drawn.filter(it => it < value).length;
  const same = drawn.filter(it => it === value).length;
  // Half of the ties, and never all of one side: a bias is never infinite.
  const share = (below + same / 2 + 0.5) / (drawn.length + 1);
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(items, statistic);
  const at = (tail: number) => {
    const shifted = bias + normalQuantile(tail);
    return quantileOf(
      drawn,
      normalProbability(bias + shifted / (1 - acceleration * shifted)),
    );
  };
  const tail = (1 - confidence) / 2;
  return [Math.min(at(tail), value), Math.max(at(1 - tail), value)];
}

function resample<T>(
  items: T[],
  statistic: (items: T[]) => number | undefined,
  resamples: number,
  random: () => number,
): Float64Array {
  const drawn: number[] = [];
  const sample = items.slice();
  for (let n = 0; n < resamples; n++) {
    for (let i = 0; i < sample.length; i++) {
      sample[i] = items[Math.floor(random() * items.length)];
    }
    const value = statistic(sample);
    if (value !== undefined && Number.isFinite(value)) drawn.push(value);
  }
  return Float64Array.from(drawn).sort();
}

/**
 * How the statistic's spread changes with its value, by leaving items out: one
 * at a time, or as many as make 400 parts.
 */
function accelerationOf<T>(
  items: T[],
  statistic: (items: T[]) => number | undefined,
): number {
  const parts = Math.min(items.length, MOST_LEFT_OUT);
  const values: number[] = [];
  for (let part = 0; part < parts; part++) {
    const value = statistic(items.filter((_, i) => i % parts !== part));
    if (value !== undefined && Number.isFinite(value)) values.push(value);
  }
  const mean = values.reduce((sum, it) => sum + it, 0) / values.length;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
