import { ks, psi } from './distances';
import {
  byGroup,
  categoryGroups,
  eachGroup,
  quantileGroups,
  sumOf,
  totalOf,
  type DayCounts,
} from './groups';
import { arrangements, choose, strataOf } from './permute';
import { randomFrom } from './random';

/** What a comparison needs to be worth anything. */
export interface Needs {
  /** Calls of the reference window, and of the new one. */
  referenceCalls: number;
  calls: number;
  /** Days with calls. */
  referenceDays: number;
  days: number;
}

export const NEEDS: Needs = {
  referenceCalls: 500,
  calls: 200,
  referenceDays: 14,
  days: 3,
};

export interface CompareOptions {
  /** Whether the values are numbers, so that their order means something. */
  ordered: boolean;
  /** From which index of stability on a change is large enough to matter. */
  leastPsi: number;
  /** How often chance alone may look like this: of one feature at one check. */
  level: number;
  seed: number;
  needs?: Needs;
}

/** What a comparison of two windows says of one feature. */
export interface Comparison {
  /**
   * `steady`: nothing that matters; `changed`: large, and more than chance and
   * the reference's own weeks explain; `unsure`: large, and it may be chance;
   * `too-few`: not enough to tell.
   */
  state: 'steady' | 'changed' | 'unsure' | 'too-few';
  referenceCalls: number;
  calls: number;
  /** Absent for `too-few`. */
  psi?: number;
  /** Of values with an order. */
  ks?: number;
  /** What `psi` is on average where the same days are dealt out at random. */
  byChance?: number;
  /** The greatest index of one week of the reference against its others. */
  ownSpread?: number;
  /** How likely chance alone is to look like this. Only where the change is large. */
  p?: number;
}

/** Enough to know what chance does on average. */
const FIRST_ROUND = 200;

/** So many that look as different show that chance does it. */
const ENOUGH_EXCEED = 10;

/** A change is larger than the weeks of the reference differ among themselves, by this factor. */
const SPREADS = 2;

const MOST_ROUNDS = 100_000;

interface Sums {
  now: Float64Array;
  before: Float64Array;
}

const emptySums = (groups: number): Sums => ({
  now: new Float64Array(groups),
  before: new Float64Array(groups),
});

function fill(
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

function totals(rows: Float64Array[], groups: number): Float64Array {
  const total = new Float64Array(groups);
  for (const row of rows) row.forEach((count, n) => (total[n] += count));
  return total;
}

/** Indices of stability of each week of the reference against its others. */
function weeksOf(
  rows: Float64Array[],
  days: number[],
  total: Float64Array,
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
    return totalOfRow(now) > 0 && totalOfRow(before) > 0 ? psi(before, now) : 0;
  });
}

const meanOf = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

/**
 * Days that follow each other may be more alike than days that are dealt out: a
 * team that is busy stays so for a while. By how much weeks of the reference
 * differ more than as many days of it at random, at least 1.
 */
function stickinessOf(
  rows: Float64Array[],
  days: number[],
  total: Float64Array,
  weeks: number[],
  random: () => number,
): number {
  const size = Math.max(1, Math.round(days.length / Math.max(1, weeks.length)));
  const strata = strataOf(days, days.length - size);
  const sums = emptySums(total.length);
  const chosen: number[] = new Array(size).fill(0);
  const dealt = Array.from({ length: FIRST_ROUND }, () => {
    choose(strata, random, chosen);
    const { before, now } = fill(rows, total, chosen, sums);
    return psi(before, now);
  });
  return Math.max(1, meanOf(weeks) / Math.max(meanOf(dealt), 1e-9));
}

/**
 * Fewer calls differ more by themselves. Where there are fewer than in as many
 * days that are dealt out, chance does more than those show; at least 1.
 */
function thinnessOf(
  referenceCalls: number,
  calls: number,
  shareOfDays: number,
): number {
  const all = referenceCalls + calls;
  const usual = 1 / (all * shareOfDays) + 1 / (all * (1 - shareOfDays));
  return Math.max(1, (1 / calls + 1 / referenceCalls) / usual);
}

function totalOfRow(row: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < row.length; n += 1) sum += row[n];
  return sum;
}

const hasCalls = ({ counts }: DayCounts) => totalOf(counts) > 0;

/**
 * Compares the days of a new window with those of a reference, for one feature.
 *
 * Calls are not independent: those of one caller and one day are alike, and
 * weekends differ. So chance is measured on whole days, dealt out again at
 * random among the old and the new ones, work days and weekends by themselves;
 * and a change has to be large, larger than what chance does, and larger than
 * what the weeks of the reference differ by among themselves.
 */
export function compare(
  reference: DayCounts[],
  now: DayCounts[],
  options: CompareOptions,
): Comparison {
  const { ordered, leastPsi, level, seed, needs = NEEDS } = options;
  const before = reference.filter(hasCalls);
  const after = now.filter(hasCalls);
  const referenceCalls = totalOf(sumOf(before));
  const calls = totalOf(sumOf(after));
  const days = [...before, ...after];
  const strata = strataOf(
    days.map(({ day }) => day),
    before.length,
  );
  // An ordered feature is tested in two ways.
  const perTest = ordered ? level / 2 : level;
  if (
    referenceCalls < needs.referenceCalls ||
    calls < needs.calls ||
    before.length < needs.referenceDays ||
    after.length < needs.days ||
    arrangements(strata) * perTest < 1
  ) {
    return { state: 'too-few', referenceCalls, calls };
  }
  const pooled = sumOf(days);
  const groups = ordered ? quantileGroups(pooled) : categoryGroups(pooled);
  const rows = byGroup(days, groups);
  const total = totals(rows, groups.count);
  const sums = emptySums(groups.count);
  const isNew = after.map((_, n) => before.length + n);
  fill(rows, total, isNew, sums);
  const found = psi(sums.before, sums.now);

  const each = ordered ? eachGroup(pooled) : undefined;
  const fine = each && {
    rows: byGroup(days, each),
    total: totals(byGroup(days, each), each.count),
    sums: emptySums(each.count),
  };
  const distance =
    fine &&
    ks(fill(fine.rows, fine.total, isNew, fine.sums).before, fine.sums.now);
  const result = {
    referenceCalls,
    calls,
    psi: found,
    ...(distance !== undefined && { ks: distance }),
  };
  if (found < leastPsi) return { ...result, state: 'steady' };

  const random = randomFrom(seed);
  const referenceRows = rows.slice(0, before.length);
  const referenceTotal = totals(referenceRows, groups.count);
  const referenceDays = before.map(({ day }) => day);
  const weeks = weeksOf(referenceRows, referenceDays, referenceTotal);
  const ownSpread = Math.max(0, ...weeks);
  // What chance does is taken for so many times as large.
  const factor =
    stickinessOf(referenceRows, referenceDays, referenceTotal, weeks, random) *
    thinnessOf(referenceCalls, calls, after.length / days.length);

  const rounds = Math.min(MOST_ROUNDS, Math.ceil(2 / perTest));
  const chosen: number[] = new Array(isNew.length).fill(0);
  let [round, asPsi, asKs, psiSum] = [0, 0, 0, 0];
  let byChance = 0;
  while (round < rounds) {
    round += 1;
    choose(strata, random, chosen);
    const dealt = fill(rows, total, chosen, sums);
    const index = psi(dealt.before, dealt.now);
    if (index >= found) asPsi += 1;
    if (fine && distance !== undefined) {
      const other = fill(fine.rows, fine.total, chosen, fine.sums);
      const far = ks(other.before, other.now);
      if (far >= distance) asKs += 1;
    }
    if (round <= FIRST_ROUND) {
      psiSum += index;
      byChance = (factor * psiSum) / round;
      if (round === FIRST_ROUND && found - byChance < leastPsi) break;
    }
    const enough = fine ? Math.min(asPsi, asKs) : asPsi;
    if (round >= FIRST_ROUND && enough >= ENOUGH_EXCEED) break;
  }
  const likely = (exceeded: number) => (exceeded + 1) / (round + 1);
  const p = fine
    ? Math.min(1, 2 * Math.min(likely(asPsi), likely(asKs)))
    : likely(asPsi);
  const isLarge = found - byChance >= leastPsi && found > SPREADS * ownSpread;
  return {
    ...result,
    state: isLarge && p <= level ? 'changed' : 'unsure',
    byChance,
    ownSpread,
    p,
  };
}
