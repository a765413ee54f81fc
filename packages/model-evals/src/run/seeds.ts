import { createHash } from 'node:crypto';

/**
 * A seed of 31 bits for one purpose within a run, the same each time. It hangs
 * on the case's id and not on its place, so that a pack that grows asks its
 * earlier cases as before.
 */
export function seedOf(
  seed: number,
  ...purpose: Array<string | number>
): number {
  const hash = createHash('sha256').update(JSON.stringify([seed, ...purpose]));
  return hash.digest().readUInt32BE(0) >>> 1;
}
