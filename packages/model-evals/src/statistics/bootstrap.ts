import { normalProbability, normalQuantile } from './normal';
import { randomOf } from './random';
import {
  affordableResamples,
  meanAndError,
  quantileOf,
  studentisedMeans,
} from './samples';
import { shareInterval } from './shares';
import type { CountedStatistic, ResamplingOptions } from './types';

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
  const { length: count } = items;
  const sample = items.slice();
  return resampled(
    {
      count,
      value: statistic(items),
      draw(random) {
        for (let i = 0; i < count; i++) {
          sample[i] = items[Math.floor(random() * count)];
        }
        return statistic(sample);
      },
      without: (part, parts) =>
        statistic(items.filter((_, i) => i % parts !== part)),
    },
    options,
  )(options.confidence);
}

/** Items drawn anew are counted by their kinds. */
function countedSampling({ kinds, size, of }: CountedStatistic): Sampling {
  const { length: count } = kinds;
  const whole = new Float64Array(size);
  for (let i = 0; i < count; i++) whole[kinds[i]] += 1;
  const counts = new Float64Array(size);
  return {
    count,
    value: of(whole),
    draw(random) {
      counts.fill(0);
      for (let i = 0; i < count; i++) {
        counts[kinds[Math.floor(random() * count)]] += 1;
      }
      return of(counts);
    },
    without(part, parts) {
      counts.set(whole);
      for (let i = part; i < count; i += parts) counts[kinds[i]] -= 1;
      return of(counts);
    },
  };
}

/**
 * As {@link bootstrapInterval}, to the last digit, of a number that is made of
 * counts. Samples are drawn once for all levels.
 */
export function countedIntervals(
  statistic: CountedStatistic,
  options: Omit<IntervalOptions, 'confidence'> = {},
): IntervalAt {
  return resampled(countedSampling(statistic), options);
}

/** A number that is made of items, and the same of others of them. */
interface Sampling {
  /** How many items. */
  count: number;
  value: number | undefined;
  /** Of as many items, drawn with replacement. */
  draw(random: () => number): number | undefined;
  /** When one of so many parts is left out. */
  without(part: number, parts: number): number | undefined;
}

type IntervalAt = (confidence?: number) => [number, number] | undefined;

function resampled(
  sampling: Sampling,
  options: Omit<IntervalOptions, 'confidence'>,
): IntervalAt {
  const { resamples = 2000, seed = 1, range } = options;
  const { count, value } = sampling;
  if (count === 0 || value === undefined) return () => undefined;
  const unseen: IntervalAt = (confidence = 0.95) =>
    range && unseenInterval(value, count, range, confidence);
  if (count < LEAST_SAMPLES) return unseen;
  const drawn = drawnValues(
    sampling,
    affordableResamples(resamples, count),
    randomOf(seed),
  );
  if (drawn.length * 2 < Math.min(resamples, 200)) return () => undefined;
  if (drawn[0] === drawn[drawn.length - 1]) return unseen;
  const below = drawn.filter(it => it < value).length;
  const same = drawn.filter(it => it === value).length;
  // Half of the ties, and never all of one side: a bias is never infinite.
  const share = (below + same / 2 + 0.5) / (drawn.length + 1);
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(sampling);
  const at = (tail: number) => {
    const shifted = bias + normalQuantile(tail);
    return quantileOf(
      drawn,
      normalProbability(bias + shifted / (1 - acceleration * shifted)),
    );
  };
  return (confidence = 0.95) => {
    const tail = (1 - confidence) / 2;
    return [Math.min(at(tail), value), Math.max(at(1 - tail), value)];
  };
}

/** Ascending; samples that say nothing are left out. */
function drawnValues(
  { draw }: Sampling,
  resamples: number,
  random: () => number,
): Float64Array {
  const drawn: number[] = [];
  for (let n = 0; n < resamples; n++) {
    const value = draw(random);
    if (value !== undefined && Number.isFinite(value)) drawn.push(value);
  }
  return Float64Array.from(drawn).sort();
}

/**
 * How the statistic's spread changes with its value, by leaving items out: one
 * at a time, or as many as make 400 parts.
 */
function accelerationOf({ count, without }: Sampling): number {
  const parts = Math.min(count, MOST_LEFT_OUT);
  const values: number[] = [];
  for (let part = 0; part < parts; part++) {
    const value = without(part, parts);
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
