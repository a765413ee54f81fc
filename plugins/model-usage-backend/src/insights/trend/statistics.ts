/** @param values - at least one; sorted here */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * P(Z > z) of the standard normal distribution, to 1.2e-7 relative
 * (Chebyshev fit of erfc, Numerical Recipes, section 6.2).
 */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807,
    -1.13520398, 1.48851587, -0.82215223, 0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const half = (t * Math.exp(-x * x + series)) / 2;
  return z >= 0 ? half : 1 - half;
}

/** How many times each value comes. */
function tiesOf(values: number[]): number[] {
  const counts = new Map<number, number>();
  values.forEach(it => counts.set(it, (counts.get(it) ?? 0) + 1));
  return [...counts.values()];
}

/** What a Kendall test of one series tells: pairs that rise less those that fall. */
export interface Kendall {
  s: number;
  /** Of `s` where nothing rises or falls; ties are taken off. */
  variance: number;
}

/** Mann (1945), Kendall (1975); variance with ties. */
export function kendall(values: number[]): Kendall {
  const n = values.length;
  let s = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      s += Math.sign(values[j] - values[i]);
    }
  }
  const term = (it: number) => it * (it - 1) * (2 * it + 5);
  const ties = tiesOf(values).reduce((sum, it) => sum + term(it), 0);
  return { s, variance: (term(n) - ties) / 18 };
}

/** Two-sided, with the correction for continuity. */
export function kendallP({ s, variance }: Kendall): number {
  if (variance <= 0 || s === 0) return 1;
  return Math.min(1, 2 * upperTail((Math.abs(s) - 1) / Math.sqrt(variance)));
}

/**
 * A level that changed at one day looks like memory too; a greater bound would
 * hide it.
 */
const MOST_INFLATION = 2.5;

/**
 * By how much the variance of a sum grows because days go with the day before:
 * (1 + r) / (1 - r) of the first autocorrelation, corrected for the bias of
 * short series (Kendall, 1954). Never less than 1.
 *
 * @param residuals - of days in order, without trend
 */
export function inflationOf(residuals: number[]): number {
  const n = residuals.length;
  const mean = residuals.reduce((sum, it) => sum + it, 0) / n;
  let products = 0;
  let squares = 0;
  residuals.forEach((it, day) => {
    squares += (it - mean) ** 2;
    if (day > 0) products += (it - mean) * (residuals[day - 1] - mean);
  });
  if (squares === 0) return 1;
  const r = Math.max(0, ((products / squares) * n + 1) / (n - 4));
  return r >= 1 ? MOST_INFLATION : Math.min(MOST_INFLATION, (1 + r) / (1 - r));
}
