import type { GatewayKey } from '@modelhub/backstage-plugin-models-common';
import {
  sha256Hex,
  type SnapshotEndpoint,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

/** A key as it is kept. Times are ISO 8601 in UTC. */
export interface KeyRecord
  extends Omit<
    GatewayKey,
    'previous' | 'ownerMissing' | 'ownerLeft' | 'endpoint'
  > {
  /** What the gateway compares; not shown to people. */
  hash: string;
  previous?: { hash: string; hint: string; until: string };
  /** Since when the catalog is without the owner. */
  ownerMissingSince?: string;
  /** Whether the owner was seen among the members of the profile. */
  ownerWasMember?: boolean;
  /** Since when the owner is a member no longer. */
  ownerLeftSince?: string;
  /** The evaluation endpoint that the key opens and nothing else. */
  endpoint?: SnapshotEndpoint & { boundAt?: string };
}

/** What runs at an evaluation endpoint, and where. */
export type KeyBinding = Required<Omit<SnapshotEndpoint, 'id'>>;

interface KeyRow {
  id: string;
  name: string;
  hint: string;
  hash: string;
  profile: string;
  purpose: string;
  tier: GatewayKey['tier'];
  owner: string;
  issued_by: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  limits: string | null;
  rotated_at: string | null;
  previous_hash: string | null;
  previous_hint: string | null;
  previous_until: string | null;
  owner_missing_since: string | null;
  owner_was_member: boolean | number;
  owner_left_since: string | null;
  endpoint_id: string | null;
  endpoint_hash: string | null;
  endpoint_gateway_id: string | null;
  endpoint_version: string | null;
  endpoint_base_url: string | null;
  endpoint_model: string | null;
  endpoint_bound_at: string | null;
}

/**
 * In the column of hashes stands that of nothing for a key of an endpoint: a
 * replica of an earlier version, which does not know of endpoints, would
 * publish it as a key that opens every model of its profile.
 */
const hashColumns = ({ endpoint }: Pick<KeyRecord, 'endpoint'>, hash: string) =>
  endpoint
    ? { hash: sha256Hex(`endpoint:${hash}`), endpoint_hash: hash }
    : { hash };

function endpointOf(row: KeyRow): KeyRecord['endpoint'] {
  if (row.endpoint_id === null) return undefined;
  return {
    id: row.endpoint_id,
    gatewayId: row.endpoint_gateway_id ?? undefined,
    version: row.endpoint_version ?? undefined,
    baseUrl: row.endpoint_base_url ?? undefined,
    model: row.endpoint_model ?? undefined,
    boundAt: row.endpoint_bound_at ?? undefined,
  };
}

const toKey = (row: KeyRow): KeyRecord => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  hash: row.endpoint_hash ?? row.hash,
  profile: row.profile,
  purpose: row.purpose,
  tier: row.tier,
  owner: row.owner,
  issuedBy: row.issued_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
  rotatedAt: row.rotated_at ?? undefined,
  limits: row.limits === null ? undefined : JSON.parse(row.limits),
  ownerMissingSince: row.owner_missing_since ?? undefined,
  ownerWasMember: Boolean(row.owner_was_member),
  ownerLeftSince: row.owner_left_since ?? undefined,
  endpoint: endpointOf(row),
  previous:
    row.previous_hash !== null && row.previous_until !== null
      ? {
          hash: row.previous_hash,
          hint: row.previous_hint ?? '',
          until: row.previous_until,
        }
      : undefined,
});

/** Rows of gateway keys. Inside a transaction pass it. */
export class DatabaseGatewayKeyStore {
  static create(options: { knex: Knex }): DatabaseGatewayKeyStore {
    return new DatabaseGatewayKeyStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(id: string, tx: Knex = this.#knex): Promise<KeyRecord | undefined> {
    const row = await tx<KeyRow>('access_keys').where({ id }).first();
    return row && toKey(row);
  }

  /** Newest first; with `owners` only theirs and those that the first one issued. */
  async list(filter: {
    profile?: string;
    owners?: string[];
    /** Keys of evaluation endpoints that live at that time, in place of all others. */
    ofEndpointsAt?: string;
  }): Promise<KeyRecord[]> {
    const { profile, owners, ofEndpointsAt } = filter;
    const query = this.#knex<KeyRow>('access_keys').orderBy([
      { column: 'created_at', order: 'desc' },
      'id',
    ]);
    if (ofEndpointsAt === undefined) {
      query.whereNull('endpoint_id');
    } else {
      query
        .whereNotNull('endpoint_id')
        .whereNull('revoked_at')
        .where('expires_at', '>', ofEndpointsAt);
    }
    if (profile !== undefined) query.where({ profile });
    if (owners) {
      query.where(mine =>
        mine.whereIn('owner', owners).orWhere({ issued_by: owners[0] }),
      );
    }
    const rows: KeyRow[] = await query;
    return rows.map(toKey);
  }

  /** Keys that open something at `now`. */
  async live(now: string, tx: Knex = this.#knex): Promise<KeyRecord[]> {
    const rows: KeyRow[] = await tx<KeyRow>('access_keys')
      .whereNull('revoked_at')
      .where(open =>
        open.whereNull('expires_at').orWhere('expires_at', '>', now),
      );
    return rows.map(toKey);
  }

  /** Of those that open something, the ones that gateways take. */
  async taken(now: string, tx: Knex = this.#knex): Promise<KeyRecord[]> {
    const keys = await this.live(now, tx);
    return keys.filter(({ ownerLeftSince }) => ownerLeftSince === undefined);
  }

  async add(tx: Knex, key: KeyRecord): Promise<void> {
    await tx('access_keys').insert({
      id: key.id,
      name: key.name,
      hint: key.hint,
      ...hashColumns(key, key.hash),
      profile: key.profile,
      purpose: key.purpose,
      tier: key.tier,
      owner: key.owner,
      issued_by: key.issuedBy,
      created_at: key.createdAt,
      expires_at: key.expiresAt ?? null,
      limits: key.limits === undefined ? null : JSON.stringify(key.limits),
      owner_was_member: key.ownerWasMember ?? false,
      endpoint_id: key.endpoint?.id ?? null,
    });
  }

  /** False when it is bound to another model or version, or opens nothing any more. */
  async bind(
    tx: Knex,
    id: string,
    { gatewayId, version, baseUrl, model }: KeyBinding,
    now: string,
  ): Promise<boolean> {
    const bound = await tx('access_keys')
      .where({ id })
      .whereNotNull('endpoint_id')
      .whereNull('revoked_at')
      .where('expires_at', '>', now)
      .where(same =>
        same.whereNull('endpoint_bound_at').orWhere({
          endpoint_gateway_id: gatewayId,
          endpoint_version: version,
        }),
      )
      .update({
        endpoint_gateway_id: gatewayId,
        endpoint_version: version,
        endpoint_base_url: baseUrl,
        endpoint_model: model,
        endpoint_bound_at: now,
      });
    return bound > 0;
  }

  /** False when the key is no longer what was looked at. */
  async rotate(
    tx: Knex,
    seen: KeyRecord,
    next: {
      hash: string;
      hint: string;
      rotatedAt: string;
      expiresAt?: string;
      /** Until when the secret that was looked at still holds. */
      overlapUntil?: string;
    },
  ): Promise<boolean> {
    const { overlapUntil } = next;
    const rotated = await tx('access_keys')
      .where({ id: seen.id, ...hashColumns(seen, seen.hash) })
      .whereNull('revoked_at')
      .update({
        ...hashColumns(seen, next.hash),
        hint: next.hint,
        rotated_at: next.rotatedAt,
        expires_at: next.expiresAt ?? null,
        previous_hash: overlapUntil === undefined ? null : seen.hash,
        previous_hint: overlapUntil === undefined ? null : seen.hint,
        previous_until: overlapUntil ?? null,
      });
    return rotated > 0;
  }

  /** False when it was revoked already. */
  async revoke(tx: Knex, id: string, now: string): Promise<boolean> {
    const revoked = await tx('access_keys')
      .where({ id })
      .whereNull('revoked_at')
      .update({
        revoked_at: now,
        previous_hash: null,
        previous_hint: null,
        previous_until: null,
      });
    return revoked > 0;
  }

  /** The owner is a member of the profile; so they can leave it. */
  async noteMembers(ids: string[]): Promise<void> {
    await this.#knex('access_keys')
      .whereIn('id', ids)
      .update({ owner_was_member: true });
  }

  /** False when it was noted, or the key revoked, already. */
  async noteMember(
    tx: Knex,
    id: string,
    leftSince: string | undefined,
  ): Promise<boolean> {
    const query = tx('access_keys').where({ id }).whereNull('revoked_at');
    const noted = await (leftSince === undefined
      ? query.whereNotNull('owner_left_since')
      : query.whereNull('owner_left_since')
    ).update({ owner_left_since: leftSince ?? null });
    return noted > 0;
  }

  /** False when it was noted, or the key revoked, already. */
  async noteOwner(
    tx: Knex,
    id: string,
    missingSince: string | undefined,
  ): Promise<boolean> {
    const query = tx('access_keys').where({ id }).whereNull('revoked_at');
    const noted = await (missingSince === undefined
      ? query.whereNotNull('owner_missing_since')
      : query.whereNull('owner_missing_since')
    ).update({ owner_missing_since: missingSince ?? null });
    return noted > 0;
  }
}
