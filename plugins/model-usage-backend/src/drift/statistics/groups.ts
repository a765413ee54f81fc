/** How often each value of a feature came on one UTC day. */
export interface DayCounts {
  /** Days since 1970. */
  day: number;
  counts: ReadonlyMap<string, number>;
}

/** Values of a feature, put together into groups that are compared. */
export interface Groups {
  /** Group of a value. */
  of: ReadonlyMap<string, number>;
  count: number;
}

/** Values in an order are put into so many groups of about the same size. */
const MOST_GROUPS = 10;

/** A category with a smaller share of all calls is not compared by itself. */
const LEAST_SHARE = 0.01;

const OTHER = 'other';

export function sumOf(days: Iterable<DayCounts>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { counts } of days) {
    for (const [value, n] of counts) {
      sums.set(value, (sums.get(value) ?? 0) + n);
    }
  }
  return sums;
}

export function totalOf(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const n of counts.values()) total += n;
  return total;
}

/** Numbered values from the smallest on. */
export function inOrder(values: Iterable<string>): string[] {
  return [...values].sort((a, b) => Number(a) - Number(b));
}

/**
 * Groups of values that have an order, by the quantiles of all calls together.
 * Which calls are old and which are new must not matter here: a permutation of
 * days has to find the same groups.
 */
export function quantileGroups(pooled: ReadonlyMap<string, number>): Groups {
  const total = totalOf(pooled);
  const of = new Map<string, number>();
  let before = 0;
  let last = -1;
  let group = -1;
  for (const value of inOrder(pooled.keys())) {
    const quantile = Math.min(
      MOST_GROUPS - 1,
      Math.floor((before / total) * MOST_GROUPS),
    );
    if (quantile !== last) {
      group += 1;
      last = quantile;
    }
    of.set(value, group);
    before += pooled.get(value) ?? 0;
  }
  return { of, count: group + 1 };
}

/** One group for each value. */
export function eachGroup(pooled: ReadonlyMap<string, number>): Groups {
  const values = inOrder(pooled.keys());
  return {
    of: new Map(values.map((value, n) => [value, n])),
    count: values.length,
  };
}

/** One group for each category that is not rare, and one for those that are. */
export function categoryGroups(pooled: ReadonlyMap<string, number>): Groups {
  const least = totalOf(pooled) * LEAST_SHARE;
  const kept = [...pooled]
    .filter(([value, n]) => value !== OTHER && n >= least)
    .map(([value]) => value)
    .sort();
  const of = new Map(kept.map((value, n) => [value, n]));
  for (const value of pooled.keys()) {
    if (!of.has(value)) of.set(value, kept.length);
  }
  const hasRest = of.size > kept.length;
  return { of, count: kept.length + (hasRest ? 1 : 0) };
}

/** Counts of each day by group. */
export function byGroup(days: DayCounts[], groups: Groups): Float64Array[] {
  return days.map(({ counts }) => {
    const row = new Float64Array(groups.count);
    for (const [value, n] of counts) {
      const group = groups.of.get(value);
      if (group !== undefined) row[group] += n;
    }
    return row;
  });
}
