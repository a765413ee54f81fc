/** A power of two; so many milliseconds are remembered. */
const SLOTS = 64;

const times: number[] = new Array(SLOTS).fill(-1);
const texts: string[] = new Array(SLOTS).fill('');

/**
 * A moment as ISO 8601 has it. Many calls come in the same millisecond, and each
 * is written down several times.
 */
export function isoTime(time: number): string {
  const slot = time % SLOTS;
  if (times[slot] !== time) {
    texts[slot] = new Date(time).toISOString();
    times[slot] = time;
  }
  return texts[slot];
}
