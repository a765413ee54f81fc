import type { Tier } from '../generated/model-governance';
import type { LicenceSummary } from './licenceSummary';
import type { LicenceDuty, LicenceLimit, LicenceOccasion } from './types';

/**
 * What a purpose does with a model beyond asking it: people outside see what it
 * makes, others call it through us, weights are handed on, another model is made
 * from it, its output trains another model, it decides about people without a
 * person, it gives medical advice, it serves the police.
 *
 * @public
 */
export const PURPOSE_USES = [
  'product',
  'hosting',
  'redistribution',
  'fine-tuning',
  'training-on-output',
  'automated-decisions',
  'medical-advice',
  'law-enforcement',
] as const;

/**
 * One of {@link PURPOSE_USES}.
 *
 * @public
 */
export type PurposeUse = (typeof PURPOSE_USES)[number];

/**
 * Whether something counts for a use: it does, it would `if` (nobody says), or
 * it does not here.
 *
 * @public
 */
export type LicenceApplies = 'here' | 'if' | 'not-here';

/**
 * What is known of a use when a licence is held against it.
 *
 * @public
 */
export type LicenceUse = {
  /** Absent when nobody says what is done with the model. */
  uses?: readonly PurposeUse[];
  tier?: Tier;
  /** Where the company is based: `eu`. Absent when nobody says. */
  companyRegions?: readonly string[];
  /** US dollars. Absent when nobody says. */
  companyAnnualRevenueUsd?: number;
  /** The model takes or makes more than text. */
  isMultimodal?: boolean;
};

/**
 * What a licence asks for, and where it ends, for one use.
 *
 * @public
 */
export type LicenceDemands = {
  duties: Array<LicenceDuty & { applies: LicenceApplies }>;
  limits: Array<LicenceLimit & { applies: LicenceApplies; licence: string }>;
};

const OCCASIONS: Record<Exclude<LicenceOccasion, 'use'>, PurposeUse[]> = {
  product: ['product', 'hosting'],
  distribute: ['redistribution', 'hosting'],
  derive: ['fine-tuning', 'training-on-output'],
};

const among = (
  known: readonly PurposeUse[] | undefined,
  wanted: PurposeUse[],
): LicenceApplies => {
  if (known === undefined) return 'if';
  return wanted.some(use => known.includes(use)) ? 'here' : 'not-here';
};

/**
 * Holds a licence against a use. What reaches customers is a product, whatever
 * the purpose says. No legal advice.
 *
 * @public
 */
export function licenceDemands(
  summary: LicenceSummary,
  use: LicenceUse,
): LicenceDemands {
  const isProduct = use.tier === 'customer-facing';
  const known =
    use.uses && (isProduct ? [...use.uses, 'product' as const] : use.uses);
  const dutyApplies = (when: LicenceOccasion): LicenceApplies => {
    if (when === 'use') return 'here';
    if (when === 'product' && isProduct) return 'here';
    return among(known, OCCASIONS[when]);
  };
  return {
    duties: summary.duties.map(duty => ({
      ...duty,
      applies: dutyApplies(duty.when),
    })),
    limits: summary.licences.flatMap(({ name, limits = [] }) =>
      limits.map(limit => ({
        ...limit,
        licence: name,
        applies: weakest([
          limit.use ? among(known, [limit.use]) : 'here',
          regionApplies(limit, use),
          revenueApplies(limit, use),
          limit.multimodalOnly && !use.isMultimodal ? 'not-here' : 'here',
        ]),
      })),
    ),
  };
}

/** All conditions have to hold. */
function weakest(all: LicenceApplies[]): LicenceApplies {
  if (all.includes('not-here')) return 'not-here';
  return all.includes('if') ? 'if' : 'here';
}

function regionApplies(
  { companyRegions: excluded }: LicenceLimit,
  { companyRegions: own }: LicenceUse,
): LicenceApplies {
  if (!excluded) return 'here';
  if (!own) return 'if';
  const lower = own.map(region => region.toLocaleLowerCase('en-US'));
  return excluded.some(region => lower.includes(region)) ? 'here' : 'not-here';
}

function revenueApplies(
  { revenueUsd }: LicenceLimit,
  { companyAnnualRevenueUsd: own }: LicenceUse,
): LicenceApplies {
  if (revenueUsd === undefined) return 'here';
  if (own === undefined) return 'if';
  return own > revenueUsd ? 'here' : 'not-here';
}
