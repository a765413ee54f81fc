/** A series as `/api/v1/query_range` answers it. */
export interface Series {
  metric: Record<string, string>;
  /** Seconds since 1970 and a number as text. */
  values: Array<[seconds: number, value: string]>;
}

/**
 * How much a counter rose up to each moment after `after`. As with
 * Prometheus' own `increase`, what a counter showed when it was first seen is
 * not counted, and one that fell has begun again at 0.
 */
export function increasesOf(
  { values }: Series,
  after: number,
): Map<number, number> {
  const rises = new Map<number, number>();
  let before: number | undefined;
  for (const [seconds, text] of values) {
    const value = Number(text);
    if (!Number.isFinite(value)) continue;
    if (before !== undefined && seconds > after) {
      const rise = value >= before ? value - before : value;
      if (rise > 0) rises.set(seconds, rise);
    }
    before = value;
  }
  return rises;
}

/** Stands for all that lies between two bounds. */
function middleOf(lower: number, upper: number): number {
  if (upper === Infinity) return lower;
  return lower > 0 ? Math.sqrt(lower * upper) : upper / 2;
}

const boundOf = (series: Series) =>
  series.metric.le === '+Inf' ? Infinity : Number(series.metric.le);

/**
 * How many durations fell between the bounds of a histogram, up to each moment
 * after `after`: milliseconds, true to half a bucket, with how many.
 *
 * @param buckets - of one histogram, in seconds
 */
export function durationsOf(
  buckets: Series[],
  after: number,
): Map<number, Array<[ms: number, calls: number]>> {
  const sorted = buckets
    .map(it => ({ bound: boundOf(it), rises: increasesOf(it, after) }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  const moments = new Set(sorted.flatMap(({ rises }) => [...rises.keys()]));
  const found = new Map<number, Array<[number, number]>>();
  for (const moment of moments) {
    const durations: Array<[number, number]> = [];
    let below = 0;
    let lower = 0;
    for (const { bound, rises } of sorted) {
      const upTo = rises.get(moment) ?? 0;
      const calls = Math.round(upTo - below);
      if (calls > 0) durations.push([middleOf(lower, bound) * 1_000, calls]);
      below = Math.max(below, upTo);
      lower = bound;
    }
    found.set(moment, durations);
  }
  return found;
}

/** The buckets of each histogram, which differ in `le` alone. */
export function histogramsOf(series: Series[]): Series[][] {
  const histograms = new Map<string, Series[]>();
  for (const it of series) {
    const { le: _, ...labels } = it.metric;
    const name = JSON.stringify(Object.entries(labels).sort());
    histograms.set(name, [...(histograms.get(name) ?? []), it]);
  }
  return [...histograms.values()];
}
