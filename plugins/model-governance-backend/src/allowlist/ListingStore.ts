import { gatewayIdKey } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { ModelListing } from './CatalogModels';

interface ListingRow {
  entity_ref: string;
  gateway_id: string;
  gateway_key: string;
  provider: string;
  lifecycle: ModelListing['lifecycle'];
  successor: string | null;
  terms: string | null;
  claimed_at: string;
  missing_since: string | null;
  updated_at: string;
}

/** A listing, with what the snapshot does not tell. */
export interface ListingRecord extends ModelListing {
  missingSince?: string;
}

export async function readListings(
  knex: Knex,
  entityRefs?: string[],
): Promise<ListingRecord[]> {
  const query = knex<ListingRow>('allowlist_models');
  if (entityRefs) query.whereIn('entity_ref', entityRefs);
  const rows: ListingRow[] = await query.select();
  return rows.map(row => ({
    entityRef: row.entity_ref,
    gatewayId: row.gateway_id,
    provider: row.provider,
    lifecycle: row.lifecycle,
    successor: row.successor ?? undefined,
    terms: row.terms === null ? undefined : JSON.parse(row.terms),
    claimedAt: row.claimed_at,
    missingSince: row.missing_since ?? undefined,
  }));
}

/** Models that claim the id, however each of them spells it, as of the last run of the job. */
export async function listedClaimants(
  knex: Knex,
  gatewayId: string,
): Promise<string[]> {
  return knex<ListingRow>('allowlist_models')
    .where({ gateway_key: gatewayIdKey(gatewayId) })
    .orderBy('entity_ref')
    .pluck('entity_ref');
}

/** At most a batch of listings at one time: databases bound the parameters of a statement. */
export async function writeListings(
  tx: Knex.Transaction,
  listings: ModelListing[],
  now: string,
): Promise<void> {
  if (listings.length === 0) return;
  await tx<ListingRow>('allowlist_models')
    .insert(
      listings.map(listing => ({
        entity_ref: listing.entityRef,
        gateway_id: listing.gatewayId,
        gateway_key: gatewayIdKey(listing.gatewayId),
        provider: listing.provider,
        lifecycle: listing.lifecycle,
        successor: listing.successor ?? null,
        terms:
          listing.terms === undefined ? null : JSON.stringify(listing.terms),
        claimed_at: listing.claimedAt,
        missing_since: null,
        updated_at: now,
      })),
    )
    .onConflict('entity_ref')
    .merge();
}

export async function deleteListings(
  tx: Knex.Transaction,
  entityRefs: string[],
): Promise<void> {
  await tx('allowlist_models').whereIn('entity_ref', entityRefs).delete();
}

/** Notes that models are gone, or back when there is no moment. */
export async function markMissing(
  knex: Knex,
  entityRefs: string[],
  since: string | undefined,
): Promise<void> {
  await knex('allowlist_models')
    .whereIn('entity_ref', entityRefs)
    .update({ missing_since: since ?? null });
}

/** Others who change listings wait until the transaction ends. */
export async function lockListings(tx: Knex.Transaction): Promise<void> {
  await tx('allowlist_epoch').where({ id: 1 }).forUpdate().first('id');
}

/** The ledger event that changed the listings last. */
export async function readListedSeq(knex: Knex): Promise<number> {
  const row = await knex('allowlist_epoch')
    .where({ id: 1 })
    .first('listed_seq');
  return Number(row.listed_seq);
}

export async function writeListedSeq(
  tx: Knex.Transaction,
  seq: number,
): Promise<void> {
  await tx('allowlist_epoch').where({ id: 1 }).update({ listed_seq: seq });
}

export async function readEpoch(knex: Knex): Promise<number> {
  const row = await knex('allowlist_epoch').where({ id: 1 }).first('epoch');
  return Number(row.epoch);
}
