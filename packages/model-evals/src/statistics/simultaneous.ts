import { normalProbability, normalQuantile } from './normal';

/** A value of a group with intervals at any number of deviations. */
export interface GroupEstimate {
  group: string;
  value: number;
  /** At so many standard deviations to each side. */
  interval(deviations: number): [number, number];
}

/** A difference of two groups, the one with more first. */
export interface LargestGap {
  value: number;
  interval: [number, number];
  between: [string, string];
}

/** The same few are asked for again and again. */
const KNOWN = new Map<string, number>();

/**
 * How many standard errors the difference of any two of so many groups stays
 * within so often: Tukey's range of normal values, divided by the root of 2.
 */
export function rangeDeviations(groups: number, confidence: number): number {
  if (groups <= 2) return normalQuantile((1 + confidence) / 2);
  const key = `${groups} ${confidence}`;
  const found = KNOWN.get(key) ?? solveRange(groups, confidence) / Math.SQRT2;
  if (KNOWN.size > 1000) KNOWN.clear();
  KNOWN.set(key, found);
  return found;
}

function solveRange(groups: number, confidence: number): number {
  let [low, high] = [0, 20];
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2;
    if (rangeProbability(groups, middle) < confidence) low = middle;
    else high = middle;
  }
  return low;
}

/** That the range of so many normal values is this at most, by Simpson's rule. */
function rangeProbability(groups: number, range: number): number {
  const steps = 400;
  const width = 16 / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step++) {
    const z = -8 + step * width;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const within = normalProbability(z) - normalProbability(z - range);
    let weight = step % 2 === 0 ? 2 : 4;
    if (step === 0 || step === steps) weight = 1;
    sum += weight * density * within ** (groups - 1);
  }
  return (groups * sum * width) / 3;
}

/**
 * The largest difference between any two groups, with an interval that holds
 * the true largest difference as often as it says. The largest of several
 * differences is too large by chance alone, and a bootstrap of it never comes
 * near 0; so all differences get intervals that hold at the same time (Tukey's,
 * made of the groups' own by Zou and Donner 2008, as Newcombe does with
 * Wilson's), and the largest lies between the largest of their lower and of
 * their upper ends.
 */
export function largestGap(
  estimates: GroupEstimate[],
  confidence: number,
): LargestGap | undefined {
  if (estimates.length < 2) return undefined;
  const deviations = rangeDeviations(estimates.length, confidence);
  const groups = estimates.map(it => ({
    ...it,
    ends: it.interval(deviations),
  }));
  let [low, high] = [0, 0];
  let found: LargestGap | undefined;
  for (const more of groups) {
    for (const less of groups) {
      if (more === less) continue;
      const value = more.value - less.value;
      low = Math.max(
        low,
        value -
          Math.hypot(more.value - more.ends[0], less.ends[1] - less.value),
      );
      high = Math.max(
        high,
        value +
          Math.hypot(more.ends[1] - more.value, less.value - less.ends[0]),
      );
      if (value >= 0 && (!found || value > found.value)) {
        found = {
          value,
          interval: [0, 0],
          between: [more.group, less.group],
        };
      }
    }
  }
  return found && { ...found, interval: [low, high] };
}
