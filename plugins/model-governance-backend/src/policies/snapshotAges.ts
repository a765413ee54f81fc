import type { Tier } from '@modelhub/backstage-plugin-models-common';
import type { SnapshotTier } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { PolicyLayers } from '@modelhub/policies';

/** Oldest snapshot by which a gateway may decide, in seconds. */
export type SnapshotAges = Partial<Record<Tier, number>>;

/**
 * What each tier takes. A gateway does not know whose request an approval was,
 * so the strictest layer of a tier counts for all of it.
 */
export function snapshotAgesOf({
  organisation,
  lower,
}: PolicyLayers): SnapshotAges {
  const ages: SnapshotAges = {};
  for (const { policy } of [...organisation.values(), ...lower]) {
    const { tier, snapshotMaxAgeSeconds: age, exception } = policy;
    if (age !== undefined && !exception) {
      ages[tier] = Math.min(age, ages[tier] ?? age);
    }
  }
  return ages;
}

/** Those of the policies that are in force, as every replica reads them. */
export async function readSnapshotAges(
  tx: Knex.Transaction,
): Promise<SnapshotTier[]> {
  const row = await tx('policy_in_force').first('snapshot_ages');
  const ages: SnapshotAges = JSON.parse(row?.snapshot_ages ?? '{}');
  return Object.entries(ages).map(([id, maxAgeSeconds]) => ({
    id: id as Tier,
    maxAgeSeconds,
  }));
}
