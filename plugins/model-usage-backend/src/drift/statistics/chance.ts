import { choose, strataOf } from './permute';

/** Enough to know what chance does on average. */
export const FIRST_ROUND = 200;

/** So many that look as different show that chance does it. */
export const ENOUGH_EXCEED = 10;

/** A change is larger than the weeks of the reference differ among themselves, by this factor. */
export const SPREADS = 2;

export const MOST_ROUNDS = 100_000;

/** How far two sets of counts over the same groups are from each other. */
export type Distance = (
  before: ArrayLike<number>,
  now: ArrayLike<number>,
) => number;

export interface Sums {
  now: Float64Array;
  before: Float64Array;
}

export const emptySums = (groups: number): Sums => ({
  now: new Float64Array(groups),
  before: new Float64Array(groups),
});

export function fill(
  rows: Float64Array[],
  total: Float64Array,
  chosen: number[],
  sums: Sums,
): Sums {
  sums.now.fill(0);
  for (const place of chosen) {
    const row = rows[place];
    for (let n = 0; n < row.length; n += 1) sums.now[n] += row[n];
  }
  for (let n = 0; n < total.length; n += 1) {
    sums.before[n] = total[n] - sums.now[n];
  }
  return sums;
}

export function totals(rows: Float64Array[], groups: number): Float64Array {
  const total = new Float64Array(groups);
  for (const row of rows) row.forEach((count, n) => (total[n] += count));
  return total;
}

/** How far each week of the reference is from its others. */
export function weeksOf(
  rows: Float64Array[],
  days: number[],
  total: Float64Array,
  distance: Distance,
): number[] {
  const weeks = new Map<number, number[]>();
  days.forEach((day, place) => {
    const week = Math.floor((day - days[0]) / 7);
    weeks.set(week, [...(weeks.get(week) ?? []), place]);
  });
  if (weeks.size < 2) return [];
  const sums = emptySums(total.length);
  return [...weeks.values()].map(places => {
    const { before, now } = fill(rows, total, places, sums);
    return totalOfRow(now) > 0 && totalOfRow(before) > 0
      ? distance(before, now)
      : 0;
  });
}

const meanOf = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

/**
 * Days that follow each other may be more alike than days that are dealt out: a
 * team that is busy stays so for a while. By how much weeks of the reference
 * differ more than as many days of it at random, at least 1.
 */
export function stickinessOf(
  rows: Float64Array[],
  days: number[],
  total: Float64Array,
  weeks: number[],
  random: () => number,
  distance: Distance,
): number {
  const size = Math.max(1, Math.round(days.length / Math.max(1, weeks.length)));
  const strata = strataOf(days, days.length - size);
  const sums = emptySums(total.length);
  const chosen: number[] = new Array(size).fill(0);
  const dealt = Array.from({ length: FIRST_ROUND }, () => {
    choose(strata, random, chosen);
    const { before, now } = fill(rows, total, chosen, sums);
    return distance(before, now);
  });
  return Math.max(1, meanOf(weeks) / Math.max(meanOf(dealt), 1e-9));
}

/**
 * Fewer calls differ more by themselves. Where there are fewer than in as many
 * days that are dealt out, chance does more than those show; at least 1.
 */
export function thinnessOf(
  referenceCalls: number,
  calls: number,
  shareOfDays: number,
): number {
  const all = referenceCalls + calls;
  const usual = 1 / (all * shareOfDays) + 1 / (all * (1 - shareOfDays));
  return Math.max(1, (1 / calls + 1 / referenceCalls) / usual);
}

export function totalOfRow(row: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < row.length; n += 1) sum += row[n];
  return sum;
}
