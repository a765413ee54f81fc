import type { Tier } from './types';

/**
 * The tiers, least demanding first.
 *
 * @public
 */
export const TIERS: readonly Tier[] = [
  'sandbox',
  'internal',
  'customer-facing',
  'regulated',
];

/**
 * The place of a tier in {@link TIERS}; -1 for anything else.
 *
 * @public
 */
export function tierRank(tier: Tier): number {
  return TIERS.indexOf(tier);
}

/**
 * Whether an approval at one tier covers calls at another: its own and those
 * below.
 *
 * @public
 */
export function tierCovers(approved: Tier, asked: Tier): boolean {
  const rank = tierRank(asked);
  return rank >= 0 && tierRank(approved) >= rank;
}
