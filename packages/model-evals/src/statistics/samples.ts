// Looked up once, for these run millions of times.
const { abs, floor, sqrt } = Math;

/** Draws that one interval may take, so that long results do not take minutes. */
const MOST_STEPS = 50_000_000;

/** How many samples to draw of so many items. */
export function affordableResamples(wanted: number, items: number): number {
  return Math.max(200, Math.min(wanted, Math.floor(MOST_STEPS / items)));
}

/** Mean and its standard error; the error is 0 where all are the same. */
export function meanAndError(values: ArrayLike<number>): {
  mean: number;
  error: number;
} {
  const count = values.length;
  let sum = 0;
  let isConstant = true;
  for (let i = 0; i < count; i++) {
    sum += values[i];
    if (values[i] !== values[0]) isConstant = false;
  }
  if (isConstant) return { mean: values[0], error: 0 };
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i] - mean) ** 2;
  return { mean, error: Math.sqrt(squares / (count - 1) / count) };
}

/** The value that so large a share of the ascending ones does not exceed. */
export function quantileOf(ascending: Float64Array, share: number): number {
  const at = Math.round(share * (ascending.length - 1));
  return ascending[Math.min(ascending.length - 1, Math.max(0, at))];
}

/**
 * What Student's t of the mean is in samples drawn anew, ascending: how far a
 * sample's mean lies from the one it was drawn of, in its own standard errors.
 * A sample whose values are all the same lies infinitely far away.
 */
export function studentisedMeans(
  values: ArrayLike<number>,
  resamples: number,
  random: () => number,
): Float64Array {
  const count = values.length;
  const { mean } = meanAndError(values);
  // Around the mean, so that squares do not drown what they differ by.
  const off = Float64Array.from(values, value => value - mean);
  const scale = off.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const drawn = new Float64Array(resamples);
  for (let n = 0; n < resamples; n++) {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const value = off[floor(random() * count)];
      sum += value;
      squares += value * value;
    }
    const away = sum / count;
    const variance = squares / count - away * away;
    const error = variance > 0 ? sqrt(variance / (count - 1)) : 0;
    if (error > scale * 1e-9) drawn[n] = away / error;
    else if (abs(away) <= scale * 1e-9) drawn[n] = 0;
    else drawn[n] = away < 0 ? -Infinity : Infinity;
  }
  return drawn.sort();
}
