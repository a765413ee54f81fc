// Looked up once: this runs some hundred thousand times for one comparison.
const { abs, log, max } = Math;

/** Added to each group, so that one that is empty on one side has a logarithm. */
const PRIOR = 0.5;

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let n = 0; n < counts.length; n += 1) total += counts[n];
  return total;
}

/**
 * The population stability index of two sets of counts over the same groups:
 * Σ (now − before) · ln(now ÷ before) over the shares of the groups. 0 where
 * nothing changed; 0.1 is usually read as some change and 0.2 as a large one.
 */
export function psi(before: ArrayLike<number>, now: ArrayLike<number>): number {
  const groups = before.length;
  const a = sum(before) + PRIOR * groups;
  const b = sum(now) + PRIOR * groups;
  let index = 0;
  for (let n = 0; n < groups; n += 1) {
    const p = (before[n] + PRIOR) / a;
    const q = (now[n] + PRIOR) / b;
    index += (q - p) * log(q / p);
  }
  return index;
}

/**
 * The distance of Kolmogorov and Smirnov: the greatest difference of the two
 * distribution functions, from 0 to 1. Groups have to be in their order.
 */
export function ks(before: ArrayLike<number>, now: ArrayLike<number>): number {
  const a = sum(before);
  const b = sum(now);
  if (a === 0 || b === 0) return 0;
  let [below, beneath, distance] = [0, 0, 0];
  for (let n = 0; n < before.length; n += 1) {
    below += before[n] / a;
    beneath += now[n] / b;
    distance = max(distance, abs(below - beneath));
  }
  return distance;
}
