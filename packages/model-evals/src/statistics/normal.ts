const CENTRE = [
  [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2,
    1.38357751867269e2, -3.066479806614716e1, 2.506628277459239,
  ],
  [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2,
    6.680131188771972e1, -1.328068155288572e1, 1,
  ],
];
const TAIL = [
  [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838,
    -2.549732539343734, 4.374664141464968, 2.938163982698783,
  ],
  [
    7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996,
    3.754408661907416, 1,
  ],
];
const BEYOND = [
  [
    3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383,
    112.079291497871, 221.213596169931, 220.206867912376,
  ],
  [
    8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461,
    296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752,
  ],
];
const TAIL_BELOW = 0.02425;

function polynomial(coefficients: number[], at: number): number {
  let sum = 0;
  for (const it of coefficients) sum = sum * at + it;
  return sum;
}

/**
 * The value that a normally distributed one stays below so often, in standard
 * deviations from the mean: Acklam's approximation (2003), relative error
 * below 1.2e-9. Infinite for 0 and 1.
 */
export function normalQuantile(below: number): number {
  if (below <= 0) return -Infinity;
  if (below >= 1) return Infinity;
  if (below > 1 - TAIL_BELOW) return -normalQuantile(1 - below);
  if (below < TAIL_BELOW) {
    const at = Math.sqrt(-2 * Math.log(below));
    return polynomial(TAIL[0], at) / polynomial(TAIL[1], at);
  }
  const off = below - 0.5;
  const square = off * off;
  return (polynomial(CENTRE[0], square) * off) / polynomial(CENTRE[1], square);
}

/**
 * How often a normally distributed value stays below so many standard
 * deviations: Hart's approximation as West (2005) gives it, to double precision.
 */
export function normalProbability(deviations: number): number {
  const z = Math.abs(deviations);
  let beyond = 0;
  if (z < 37) {
    const density = Math.exp((-z * z) / 2);
    if (z < 7.07106781186547) {
      const above = polynomial(BEYOND[0], z);
      const below = polynomial(BEYOND[1], z);
      beyond = (density * above) / below;
    } else {
      const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
      beyond = density / fraction / 2.506628274631;
    }
  }
  return deviations > 0 ? 1 - beyond : beyond;
}
