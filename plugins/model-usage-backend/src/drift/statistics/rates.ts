import {
  emptySums,
  ENOUGH_EXCEED,
  fill,
  FIRST_ROUND,
  MOST_ROUNDS,
  SPREADS,
  stickinessOf,
  thinnessOf,
  totalOfRow,
  totals,
  weeksOf,
} from './chance';
import { totalOf, type DayCounts } from './groups';
import { choose, strataOf } from './permute';
import { randomFrom } from './random';

/** What is seldom, and matters when it comes more often. */
export interface Rate {
  /** The value whose share of the calls is the rate. */
  value: string;
  /** From how much more on a change is large enough to matter, as a share of the calls. */
  leastDifference: number;
  /** And from which factor on. */
  leastFactor: number;
}

/** What a comparison of two rates says. */
export interface RateFinding {
  state: 'steady' | 'changed' | 'unsure';
  /** How likely chance alone is to look like this. Only where the change is large. */
  p?: number;
}

const rateOf = (counts: ArrayLike<number>) =>
  counts[0] / Math.max(1, counts[0] + counts[1]);

/** The square of the difference of two rates: its mean is a variance. */
const squared = (before: ArrayLike<number>, now: ArrayLike<number>) =>
  (rateOf(now) - rateOf(before)) ** 2;

/** By how much the rate rose, in terms of its deviation, as in the test of two proportions. */
function score(before: ArrayLike<number>, now: ArrayLike<number>): number {
  const a = before[0] + before[1];
  const b = now[0] + now[1];
  return a > 0 && b > 0
    ? (rateOf(now) - rateOf(before)) / Math.sqrt(1 / a + 1 / b)
    : 0;
}

/**
 * The test of two proportions, in one direction: whether it is more. Chance is
 * measured on whole days, as for the other distances. Of something seldom, a
 * few per cent more are a small change of the distribution, and a large one for
 * people.
 *
 * @param days - with calls; those from `firstNow` on are the new ones
 * @param options - `level`: how often chance alone may look like this
 * @returns undefined when it is not more than before
 */
export function compareRates(
  days: DayCounts[],
  firstNow: number,
  options: { rate: Rate; level: number; seed: number },
): RateFinding | undefined {
  const { level, seed } = options;
  const { value, leastDifference, leastFactor } = options.rate;
  const rows = days.map(({ counts }) => {
    const some = counts.get(value) ?? 0;
    return Float64Array.of(some, totalOf(counts) - some);
  });
  const total = totals(rows, 2);
  const sums = emptySums(2);
  const chosen = rows.slice(firstNow).map((_, n) => firstNow + n);
  fill(rows, total, chosen, sums);
  const found = squared(sums.before, sums.now);
  const foundScore = score(sums.before, sums.now);
  const [was, is] = [rateOf(sums.before), rateOf(sums.now)];
  if (is <= was) return undefined;
  if (is - was < leastDifference || is < leastFactor * was) {
    return { state: 'steady' };
  }

  const random = randomFrom(seed);
  const reference = rows.slice(0, firstNow);
  const referenceTotal = totals(reference, 2);
  const referenceDays = days.slice(0, firstNow).map(({ day }) => day);
  const weeks = weeksOf(reference, referenceDays, referenceTotal, squared);
  const thinness = thinnessOf(
    totalOfRow(sums.before),
    totalOfRow(sums.now),
    chosen.length / days.length,
  );
  // Among few calls, some more by chance are more than among many.
  const mark = foundScore / Math.sqrt(thinness);
  const factor =
    thinness *
    stickinessOf(
      reference,
      referenceDays,
      referenceTotal,
      weeks,
      random,
      squared,
    );

  const strata = strataOf(
    days.map(({ day }) => day),
    firstNow,
  );
  const rounds = Math.min(MOST_ROUNDS, Math.ceil(2 / level));
  let [round, exceeded, sum] = [0, 0, 0];
  while (round < rounds) {
    round += 1;
    choose(strata, random, chosen);
    fill(rows, total, chosen, sums);
    if (score(sums.before, sums.now) >= mark) exceeded += 1;
    if (round <= FIRST_ROUND) sum += squared(sums.before, sums.now);
    if (round >= FIRST_ROUND && exceeded >= ENOUGH_EXCEED) break;
  }
  const byChance = (factor * sum) / Math.min(round, FIRST_ROUND);
  const p = (exceeded + 1) / (round + 1);
  const isLarge =
    found - byChance >= leastDifference ** 2 &&
    found > SPREADS * Math.max(0, ...weeks);
  return { state: isLarge && p <= level ? 'changed' : 'unsure', p };
}
