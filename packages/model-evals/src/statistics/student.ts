/**
 * How often Student's t with so many degrees of freedom is this or less: the
 * incomplete beta function by its continued fraction (Lentz's method, as in
 * Numerical Recipes 6.4).
 */
export function studentProbability(t: number, freedom: number): number {
  if (t === -Infinity) return 0;
  if (t === Infinity) return 1;
  const beyond =
    incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
  return t > 0 ? 1 - beyond : beyond;
}

/** The t that Student's stays below so often. */
export function studentQuantile(below: number, freedom: number): number {
  let low = -1;
  let high = 1;
  while (studentProbability(low, freedom) > below) low *= 2;
  while (studentProbability(high, freedom) < below) high *= 2;
  for (let n = 0; n < 60 && high - low > 1e-9; n++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, freedom) < below) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// Looked up once, for these run very often.
const { abs } = Math;

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function of a positive number, by Lanczos (1964). */
export function logGamma(value: number): number {
  if (value < 0.5) {
    return Math.log(Math.PI / Math.sin(Math.PI * value)) - logGamma(1 - value);
  }
  const x = value - 1;
  const series = LANCZOS.reduce(
    (sum, it, index) => sum + it / (x + index + 1),
    0.99999999999980993,
  );
  const shifted = x + 7.5;
  return (
    0.5 * Math.log(2 * Math.PI) +
    (x + 0.5) * Math.log(shifted) -
    shifted +
    Math.log(series)
  );
}

function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(
    logGamma(a + b) -
      logGamma(a) -
      logGamma(b) +
      a * Math.log(x) +
      b * Math.log(1 - x),
  );
  const tiny = 1e-300;
  const kept = (value: number) => (abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    fraction *= c * d;
    if (abs(c * d - 1) < 1e-15) break;
  }
  return (front * fraction) / a;
}
