import type { Knex } from 'knex';
import type { ModelListing } from './buildContent';

interface ListingRow {
  entity_ref: string;
  provider: string;
  lifecycle: ModelListing['lifecycle'];
  successor: string | null;
  updated_at: string;
}

export async function readListings(knex: Knex): Promise<ModelListing[]> {
  const rows: ListingRow[] = await knex<ListingRow>('allowlist_models');
  return rows.map(row => ({
    entityRef: row.entity_ref,
    provider: row.provider,
    lifecycle: row.lifecycle,
    successor: row.successor ?? undefined,
  }));
}

export async function writeListing(
  tx: Knex.Transaction,
  listing: ModelListing,
  now: string,
): Promise<void> {
  await tx<ListingRow>('allowlist_models')
    .insert({
      entity_ref: listing.entityRef,
      provider: listing.provider,
      lifecycle: listing.lifecycle,
      successor: listing.successor ?? null,
      updated_at: now,
    })
    .onConflict('entity_ref')
    .merge();
}

export async function readEpoch(knex: Knex): Promise<number> {
  const row = await knex('allowlist_epoch').where({ id: 1 }).first('epoch');
  return Number(row.epoch);
}
