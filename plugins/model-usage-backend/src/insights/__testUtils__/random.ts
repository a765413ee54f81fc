/** The same numbers for the same seed, evenly between 0 and 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller). */
export function normals(seed: number): () => number {
  const random = seeded(seed);
  return () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** What a day has of a usual day, Monday first. */
const WEEK = [1.2, 1.3, 1.25, 1.2, 1.05, 0.55, 0.45];

/**
 * Amounts of days: a level, the rhythm of the week and noise.
 *
 * @param options - `change` from the first day to the last, 0.3 for +30 %;
 * `noise` is the deviation of a day's logarithm; `memory` how much of it stays
 * for the next day
 */
export function simulatedDays(options: {
  days: number;
  level: number;
  noise: number;
  normal: () => number;
  change?: number;
  memory?: number;
}): number[] {
  const { days, level, noise, normal, change = 0, memory = 0 } = options;
  const slope = Math.log(1 + change) / (days - 1);
  const fresh = noise * Math.sqrt(1 - memory * memory);
  let deviation = noise * normal();
  return Array.from({ length: days }, (_, day) => {
    if (day > 0) deviation = memory * deviation + fresh * normal();
    const expected =
      level *
      WEEK[day % 7] *
      Math.exp(slope * day + deviation - (noise * noise) / 2);
    // Counts of independent calls deviate by their root.
    return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()));
  });
}
