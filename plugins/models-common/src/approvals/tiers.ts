import type { Tier } from '../generated/model-governance';

/**
 * Tiers from least to most demanding.
 *
 * @public
 */
export const tiers: Tier[] = [
  'sandbox',
  'internal',
  'customer-facing',
  'regulated',
];

/**
 * Whether an approval at `approved` also covers use at `wanted`.
 *
 * @public
 */
export function tierCovers(approved: Tier, wanted: Tier): boolean {
  return tiers.indexOf(approved) >= tiers.indexOf(wanted);
}
