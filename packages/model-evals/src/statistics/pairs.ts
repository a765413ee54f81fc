import { binaryInterval, binaryPValue, type BinaryPairs } from './binaryPairs';
import { randomOf } from './random';
import {
  affordableResamples,
  meanAndError,
  quantileOf,
  studentisedMeans,
} from './samples';
import { studentProbability, studentQuantile } from './student';
import type { ResamplingOptions } from './types';

/** Differences of pairs, and what can be said of their mean. */
export interface PairedDifference {
  difference: number;
  interval: [number, number];
  /** How likely so low a mean is if the true one were `atLeast` or more. */
  below(atLeast: number): number;
  /** How likely so high a mean is if the true one were `atMost` or less. */
  above(atMost: number): number;
}

/** With fewer, a mean of other values than 0 and 1 is not judged. */
export const LEAST_PAIRS = 10;

/**
 * The difference of paired scores that are 0 or 1: exact.
 */
function ofBinary(
  table: BinaryPairs,
  { confidence = 0.95 }: ResamplingOptions,
): PairedDifference {
  return {
    difference: (table.gains - table.losses) / table.pairs,
    interval: binaryInterval(table, confidence),
    below: atLeast => binaryPValue(table, atLeast),
    above: atMost =>
      binaryPValue(
        { ...table, gains: table.losses, losses: table.gains },
        -atMost,
      ),
  };
}

/** Skewness beyond which a distribution counts as highly skewed (Bulmer 1979). */
const HIGHLY_LOPSIDED = 1;

function skewOf(values: number[], mean: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  return (cubes * Math.sqrt(values.length)) / squares ** 1.5;
}

/**
 * Student's p-value of the values and one more like the largest, or the
 * smallest, of them: one that was about to be drawn.
 */
function withOneMore(
  values: number[],
  extreme: (a: number, b: number) => number,
): (from: number) => number {
  const all = [...values, values.reduce((a, b) => extreme(a, b))];
  const { mean, error } = meanAndError(all);
  return from => studentProbability((mean - from) / error, all.length - 1);
}

/**
 * The difference of other paired scores, by a studentised bootstrap over pairs
 * and by Student's t, of which the more careful one counts: the bootstrap knows
 * lopsided differences, where t takes a few large gains that were not drawn for
 * a loss; t knows that with many ties only a few pairs tell, of which samples
 * drawn anew know too little. Where the differences are highly lopsided, t is
 * also asked with one more pair like the one that speaks against most.
 */
function ofValues(
  values: number[],
  options: ResamplingOptions,
  range: [number, number],
): PairedDifference {
  const { confidence = 0.95, resamples = 2000, seed = 1 } = options;
  const count = values.length;
  const isJudged = count >= LEAST_PAIRS;
  const { mean, error } = meanAndError(values);
  if (error === 0) return ofSame(mean, count, range, confidence);
  const drawn = studentisedMeans(
    values,
    affordableResamples(resamples, count),
    randomOf(seed),
  );
  const away = (from: number) => (mean - from) / error;
  const skew = skewOf(values, mean);
  const withGain =
    skew > HIGHLY_LOPSIDED ? withOneMore(values, Math.max) : undefined;
  const withLoss =
    skew < -HIGHLY_LOPSIDED ? withOneMore(values, Math.min) : undefined;
  const tail = (1 - confidence) / 2;
  const t = studentQuantile(1 - tail, count - 1);
  // Samples that have no spread lie infinitely far away.
  const [least, most] = range;
  return {
    difference: mean,
    interval: [
      Math.max(least, mean - Math.max(t, quantileOf(drawn, 1 - tail)) * error),
      Math.min(most, mean + Math.max(t, -quantileOf(drawn, tail)) * error),
    ],
    below: atLeast =>
      isJudged
        ? Math.max(
            studentProbability(away(atLeast), count - 1),
            shareOf(drawn, it => it <= away(atLeast)),
            withGain?.(atLeast) ?? 0,
          )
        : 1,
    above: atMost =>
      isJudged
        ? Math.max(
            studentProbability(-away(atMost), count - 1),
            shareOf(drawn, it => it >= away(atMost)),
            1 - (withLoss?.(atMost) ?? 1),
          )
        : 1,
  };
}

/**
 * All pairs differ by the same. As many others as could have stayed unseen may
 * differ by as much as there is room for: if they were so many that the mean
 * would be another one, how likely is it that none was drawn?
 */
function ofSame(
  value: number,
  count: number,
  [least, most]: [number, number],
  confidence: number,
): PairedDifference {
  const unseen = 1 - ((1 - confidence) / 2) ** (1 / count);
  const none = (share: number) => (1 - Math.min(1, share)) ** count;
  return {
    difference: value,
    interval: [
      value - unseen * (value - least),
      value + unseen * (most - value),
    ],
    below: atLeast =>
      value < atLeast ? none((atLeast - value) / (most - value)) : 1,
    above: atMost =>
      value > atMost ? none((value - atMost) / (value - least)) : 1,
  };
}

/** One more than were counted, so that it is never 0 (Davison and Hinkley 4.11). */
function shareOf(drawn: Float64Array, fits: (it: number) => boolean): number {
  let count = 1;
  for (const it of drawn) if (fits(it)) count += 1;
  return count / (drawn.length + 1);
}

/** Parts that are left out in turn, one case each where there are no more. */
const MOST_PARTS = 400;

const isBit = (value: number) => value === 0 || value === 1;

/**
 * Compares two lists of scores of the same cases. Differences are candidate
 * minus incumbent.
 */
export function comparePairs(
  candidate: number[],
  incumbent: number[],
  options: ResamplingOptions,
  /** How far apart two scores can be at most. */
  span: number,
): PairedDifference {
  const differences = candidate.map((value, i) => value - incumbent[i]);
  if (candidate.every(isBit) && incumbent.every(isBit)) {
    return ofBinary(
      {
        pairs: differences.length,
        gains: differences.filter(it => it > 0).length,
        losses: differences.filter(it => it < 0).length,
      },
      options,
    );
  }
  return ofValues(differences, options, [-span, span]);
}

/**
 * Compares two numbers that are made of all cases at once, as F1 is, by what
 * each case adds to them (jackknife pseudo-values, Efron and Tibshirani 1993,
 * 11.5): their mean is the difference, but for a bias of the order of 1/n.
 */
export function compareAggregates(
  count: number,
  /** The difference when these cases are left out; none where undefined. */
  difference: (without?: Set<number>) => number | undefined,
  /** How far apart two values can be at most. */
  span: number,
  options: ResamplingOptions,
): PairedDifference | undefined {
  const whole = difference();
  if (whole === undefined) return undefined;
  const parts = Math.min(count, MOST_PARTS);
  const values: number[] = [];
  for (let part = 0; part < parts; part++) {
    const out = new Set<number>();
    for (let i = part; i < count; i += parts) out.add(i);
    const rest = difference(out);
    if (rest === undefined) return undefined;
    values.push(parts * whole - (parts - 1) * rest);
  }
  const off = values.reduce((sum, it) => sum + it, 0) / parts - whole;
  return ofValues(
    values.map(it => it - off),
    options,
    [-span, span],
  );
}
