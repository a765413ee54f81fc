import type {
  AccessProfile,
  GatewayKey,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';

/** What the gateway compares; not shown to people. */
export interface KeyRecord extends GatewayKey {
  hash: string;
}

interface ProfileRow {
  id: string;
  title: string;
  description: string | null;
  owner: string | null;
  members: string;
  enforcement: AccessProfile['enforcement'];
  created_at: string;
  updated_at: string;
}

interface PurposeRow {
  id: string;
  title: string;
  description: string | null;
  data_classes: string;
  regions: string;
  created_at: string;
}

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
  requests_per_minute: number | null;
}

const toProfile = (row: ProfileRow): AccessProfile => ({
  id: row.id,
  title: row.title,
  description: row.description ?? undefined,
  owner: row.owner ?? undefined,
  members: JSON.parse(row.members),
  enforcement: row.enforcement,
});

const fromProfile = (profile: AccessProfile) => ({
  id: profile.id,
  title: profile.title,
  description: profile.description ?? null,
  owner: profile.owner ?? null,
  members: JSON.stringify(profile.members),
  enforcement: profile.enforcement,
});

const toPurpose = (row: PurposeRow): Purpose => ({
  id: row.id,
  title: row.title,
  description: row.description ?? undefined,
  dataClasses: JSON.parse(row.data_classes),
  regions: JSON.parse(row.regions),
});

const toKey = (row: KeyRow): KeyRecord => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  hash: row.hash,
  profile: row.profile,
  purpose: row.purpose,
  tier: row.tier,
  owner: row.owner,
  issuedBy: row.issued_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
  requestsPerMinute: row.requests_per_minute ?? undefined,
});

/** A key without what only the gateway needs. */
export function withoutHash(record: KeyRecord): GatewayKey {
  const { hash: _, ...key } = record;
  return key;
}

/** Rows of profiles, purposes and keys. Inside a transaction pass it. */
export class DatabaseAccessStore {
  static create(options: { knex: Knex }): DatabaseAccessStore {
    return new DatabaseAccessStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async profiles(tx: Knex = this.#knex): Promise<AccessProfile[]> {
    const rows: ProfileRow[] = await tx<ProfileRow>('access_profiles').orderBy(
      'id',
    );
    return rows.map(toProfile);
  }

  async profile(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<AccessProfile | undefined> {
    const row = await tx<ProfileRow>('access_profiles').where({ id }).first();
    return row && toProfile(row);
  }

  /** False when there is one with this id. */
  async addProfile(
    tx: Knex,
    profile: AccessProfile,
    now: string,
  ): Promise<boolean> {
    const added = await tx('access_profiles')
      .insert({ ...fromProfile(profile), created_at: now, updated_at: now })
      .onConflict('id')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  /** False when there is none with this id. */
  async changeProfile(
    tx: Knex,
    profile: AccessProfile,
    now: string,
  ): Promise<boolean> {
    const changed = await tx('access_profiles')
      .where({ id: profile.id })
      .update({ ...fromProfile(profile), updated_at: now });
    return changed > 0;
  }

  async purposes(tx: Knex = this.#knex): Promise<Purpose[]> {
    const rows: PurposeRow[] = await tx<PurposeRow>('access_purposes').orderBy(
      'id',
    );
    return rows.map(toPurpose);
  }

  async purpose(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<Purpose | undefined> {
    const row = await tx<PurposeRow>('access_purposes').where({ id }).first();
    return row && toPurpose(row);
  }

  /** False when there is one with this id. */
  async addPurpose(tx: Knex, purpose: Purpose, now: string): Promise<boolean> {
    const added = await tx('access_purposes')
      .insert({
        id: purpose.id,
        title: purpose.title,
        description: purpose.description ?? null,
        data_classes: JSON.stringify(purpose.dataClasses),
        regions: JSON.stringify(purpose.regions),
        created_at: now,
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  async key(id: string, tx: Knex = this.#knex): Promise<KeyRecord | undefined> {
    const row = await tx<KeyRow>('access_keys').where({ id }).first();
    return row && toKey(row);
  }

  /** Newest first; with `owners` only theirs and those that the first one issued. */
  async keys(filter: {
    profile?: string;
    owners?: string[];
  }): Promise<KeyRecord[]> {
    const { profile, owners } = filter;
    const query = this.#knex<KeyRow>('access_keys').orderBy([
      { column: 'created_at', order: 'desc' },
      'id',
    ]);
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
  async liveKeys(now: string, tx: Knex = this.#knex): Promise<KeyRecord[]> {
    const rows: KeyRow[] = await tx<KeyRow>('access_keys')
      .whereNull('revoked_at')
      .where(open =>
        open.whereNull('expires_at').orWhere('expires_at', '>', now),
      );
    return rows.map(toKey);
  }

  async addKey(tx: Knex, key: KeyRecord): Promise<void> {
    await tx('access_keys').insert({
      id: key.id,
      name: key.name,
      hint: key.hint,
      hash: key.hash,
      profile: key.profile,
      purpose: key.purpose,
      tier: key.tier,
      owner: key.owner,
      issued_by: key.issuedBy,
      created_at: key.createdAt,
      expires_at: key.expiresAt ?? null,
      requests_per_minute: key.requestsPerMinute ?? null,
    });
  }

  /** False when it was revoked already. */
  async revokeKey(tx: Knex, id: string, now: string): Promise<boolean> {
    const revoked = await tx('access_keys')
      .where({ id })
      .whereNull('revoked_at')
      .update({ revoked_at: now });
    return revoked > 0;
  }
}
