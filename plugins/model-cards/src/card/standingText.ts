import {
  Approval,
  Grant,
  ModelLifecycle,
  Refusal,
  Standing,
  Tier,
  tierCovers,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import { tierText } from '@modelhub/backstage-plugin-models-react';

/** The first sentence of a model's page: where it may be used today. */
export function standingHeadline(
  standing: Standing,
  lifecycle: ModelLifecycle,
): { text: string; tone: 'good' | 'bad' | 'neutral' } {
  if (lifecycle === 'retired') {
    return { text: 'Retired: may no longer be used', tone: 'bad' };
  }
  const reached = tiers.filter(tier =>
    standing.grants.some(grant => tierCovers(grant.tier, tier)),
  );
  const highest = reached[reached.length - 1];
  if (highest) {
    return {
      text: `May be used today, up to ${tierText(highest).label.toLowerCase()}`,
      tone: 'good',
    };
  }
  const onHold = holdOf(standing);
  if (onHold) return { text: onHold.message, tone: 'bad' };
  return standing.heldApprovals.length
    ? { text: 'Suspended: calls are refused', tone: 'bad' }
    : { text: 'Not approved for any use yet', tone: 'neutral' };
}

/** The hold on the model or on a version that leaves nothing to use, and why. */
export function holdOf(standing: Standing): Refusal | undefined {
  // A version may be on hold while another is only not asked for yet.
  const nothingElse =
    standing.heldApprovals.length > 0 || standing.nextStep.kind === 'none';
  return standing.grants.length === 0 && nothingElse
    ? standing.problems.find(({ code }) => code === 'on-hold')
    : undefined;
}

/** What one purpose and profile may do at one tier. */
export type StandingCell =
  | { kind: 'approved'; grants: Grant[] }
  | { kind: 'covered'; by: Tier }
  | { kind: 'suspended' }
  | { kind: 'none' };

export interface StandingRow {
  purpose: string;
  profile: string;
  cells: Record<Tier, StandingCell>;
}

function cellOf(grants: Grant[], held: Approval[], tier: Tier): StandingCell {
  const own = grants.filter(grant => grant.tier === tier);
  if (own.length) return { kind: 'approved', grants: own };
  const cover = grants.find(grant => tierCovers(grant.tier, tier));
  if (cover) return { kind: 'covered', by: cover.tier };
  return held.some(approval => approval.tier === tier)
    ? { kind: 'suspended' }
    : { kind: 'none' };
}

/**
 * Where a model may be used, for each purpose and profile that has a live or a
 * suspended approval. An approval at a tier covers the tiers below it.
 */
export function standingRows(standing: Standing): StandingRow[] {
  const scopes = new Map<string, { purpose: string; profile: string }>();
  for (const { purpose, profile } of [
    ...standing.grants,
    ...standing.heldApprovals,
  ]) {
    scopes.set(JSON.stringify([purpose, profile]), { purpose, profile });
  }
  return [...scopes.values()]
    .sort(
      (a, b) =>
        a.purpose.localeCompare(b.purpose) ||
        a.profile.localeCompare(b.profile),
    )
    .map(({ purpose, profile }) => {
      const inScope = (item: { purpose: string; profile: string }) =>
        item.purpose === purpose && item.profile === profile;
      const grants = standing.grants.filter(inScope);
      const held = standing.heldApprovals.filter(inScope);
      return {
        purpose,
        profile,
        cells: Object.fromEntries(
          tiers.map(tier => [tier, cellOf(grants, held, tier)]),
        ) as Record<Tier, StandingCell>,
      };
    });
}
