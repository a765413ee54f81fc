import { normalQuantile } from './normal';

/**
 * Interval of a share by Wilson (1927), which is right for shares of 0 and 1
 * too, where a bootstrap knows no doubt. `hits` need not be whole: of values
 * between 0 and 1 their sum does, and the interval is then rather too wide.
 *
 * @public
 */
export function shareInterval(
  hits: number,
  samples: number,
  confidence: number = 0.95,
): [number, number] {
  const z = normalQuantile((1 + confidence) / 2);
  const p = hits / samples;
  const z2 = (z * z) / samples;
  const middle = (p + z2 / 2) / (1 + z2);
  const half =
    (z / (1 + z2)) * Math.sqrt((p * (1 - p)) / samples + z2 / (4 * samples));
  return [
    hits === 0 ? 0 : Math.max(0, middle - half),
    hits === samples ? 1 : Math.min(1, middle + half),
  ];
}
