import {
  emptySums,
  ENOUGH_EXCEED,
  fill,
  FIRST_ROUND,
  MOST_ROUNDS,
  SPREADS,
  stickinessOf,
  thinnessOf,
  totals,
  weeksOf,
} from './chance';
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
import { compareRates, type Rate } from './rates';

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
  /** Of a feature that is about how often something happens. */
  rate?: Rate;
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

const hasCalls = ({ counts }: DayCounts) => totalOf(counts) > 0;

/** How much of the level is for a rate that rises; the rest is for one that falls. */
const FOR_RISE = 0.8;

/**
 * Compares the days of a new window with those of a reference, for one feature:
 * the distributions, or where it is about how often something happens, and that
 * is more than before, the rates.
 */
export function compare(
  reference: DayCounts[],
  now: DayCounts[],
  options: CompareOptions,
): Comparison {
  const { rate, level, seed } = options;
  if (!rate) return compareDistributions(reference, now, options);
  const forFall = 1 - FOR_RISE;
  const found = compareDistributions(reference, now, {
    ...options,
    level: forFall * level,
  });
  if (found.state === 'too-few') return found;
  const before = reference.filter(hasCalls);
  const days = [...before, ...now.filter(hasCalls)];
  const rise = compareRates(days, before.length, {
    rate,
    level: FOR_RISE * level,
    seed,
  });
  const { state, p } = rise ?? found;
  return {
    ...found,
    state,
    p: p && Math.min(1, p / (rise ? FOR_RISE : forFall)),
  };
}

/**
 * Calls are not independent: those of one caller and one day are alike, and
 * weekends differ. So chance is measured on whole days, dealt out again at
 * random among the old and the new ones, work days and weekends by themselves;
 * and a change has to be large, larger than what chance does, and larger than
 * what the weeks of the reference differ by among themselves.
 */
function compareDistributions(
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
  const weeks = weeksOf(referenceRows, referenceDays, referenceTotal, psi);
  const ownSpread = Math.max(0, ...weeks);
  // What chance does is taken for so many times as large.
  const factor =
    stickinessOf(
      referenceRows,
      referenceDays,
      referenceTotal,
      weeks,
      random,
      psi,
    ) * thinnessOf(referenceCalls, calls, after.length / days.length);

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
