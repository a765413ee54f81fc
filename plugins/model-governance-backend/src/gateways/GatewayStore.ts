import type { Knex } from 'knex';

export interface GatewayRecord {
  id: string;
  name: string;
  publicKey: string;
  /** SHA-256 of the token that enrolled it. */
  tokenHash: string;
  enrolledAt: string;
  lastSeenAt?: string;
  /** Its stream is open until then, unless a replica says so again. */
  streamUntil?: string;
  epoch?: number;
  version?: number;
  alarms: string[];
  /** What it knows beyond the first format of allowlists, as it says itself. */
  features?: string;
  removedAt?: string;
}

interface GatewayRow {
  id: string;
  name: string;
  live_name: string | null;
  public_key: string;
  token_hash: string;
  enrolled_at: string;
  last_seen_at: string | null;
  stream_holder: string | null;
  stream_until: string | null;
  epoch: number | null;
  version: number | string | null;
  alarms: string | null;
  features: string | null;
  removed_at: string | null;
}

interface InvitationRow {
  id: string;
  name: string;
  token_hash: string;
  invited_by: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
}

const toGateway = (row: GatewayRow): GatewayRecord => ({
  id: row.id,
  name: row.name,
  publicKey: row.public_key,
  tokenHash: row.token_hash,
  enrolledAt: row.enrolled_at,
  lastSeenAt: row.last_seen_at ?? undefined,
  streamUntil: row.stream_until ?? undefined,
  epoch: row.epoch ?? undefined,
  version: row.version === null ? undefined : Number(row.version),
  alarms: row.alarms === null ? [] : JSON.parse(row.alarms),
  features: row.features ?? undefined,
  removedAt: row.removed_at ?? undefined,
});

/** Rows of gateways, their invitations and their used proofs. Inside a transaction pass it. */
export class GatewayStore {
  static create(options: { knex: Knex }): GatewayStore {
    return new GatewayStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Enrolled ones first, then those that were removed. */
  async list(): Promise<GatewayRecord[]> {
    const rows: GatewayRow[] = await this.#knex<GatewayRow>(
      'gateway_identities',
    ).orderBy(['name', 'enrolled_at']);
    const gateways = rows.map(toGateway);
    return [
      ...gateways.filter(gateway => !gateway.removedAt),
      ...gateways.filter(gateway => gateway.removedAt),
    ];
  }

  async live(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<GatewayRecord | undefined> {
    const row = await tx<GatewayRow>('gateway_identities')
      .where({ id })
      .whereNull('removed_at')
      .first();
    return row && toGateway(row);
  }

  async liveByName(tx: Knex, name: string): Promise<GatewayRecord | undefined> {
    const row = await tx<GatewayRow>('gateway_identities')
      .where({ live_name: name })
      .first();
    return row && toGateway(row);
  }

  /** Whether a gateway that was enrolled with this token was removed. */
  async wasRemoved(tx: Knex, tokenHash: string): Promise<boolean> {
    const row = await tx('gateway_identities')
      .where({ token_hash: tokenHash })
      .whereNotNull('removed_at')
      .first('id');
    return row !== undefined;
  }

  /** Those of the ids that are enrolled. */
  async enrolled(ids: string[]): Promise<Set<string>> {
    const found: string[] = await this.#knex('gateway_identities')
      .whereIn('id', ids)
      .whereNull('removed_at')
      .pluck('id');
    return new Set(found);
  }

  /** False when an enrolled gateway has the name. */
  async add(
    tx: Knex,
    gateway: Pick<
      GatewayRecord,
      'id' | 'name' | 'publicKey' | 'tokenHash' | 'enrolledAt'
    >,
  ): Promise<boolean> {
    const added = await tx('gateway_identities')
      .insert({
        id: gateway.id,
        name: gateway.name,
        live_name: gateway.name,
        public_key: gateway.publicKey,
        token_hash: gateway.tokenHash,
        enrolled_at: gateway.enrolledAt,
      })
      .onConflict('live_name')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  async changeKey(
    tx: Knex,
    id: string,
    change: Pick<GatewayRecord, 'publicKey' | 'tokenHash' | 'enrolledAt'>,
  ): Promise<void> {
    await tx('gateway_identities').where({ id }).update({
      public_key: change.publicKey,
      token_hash: change.tokenHash,
      enrolled_at: change.enrolledAt,
    });
  }

  /** False when it was removed already, or never there. */
  async remove(tx: Knex, id: string, now: string): Promise<boolean> {
    const removed = await tx('gateway_identities')
      .where({ id })
      .whereNull('removed_at')
      .update({ removed_at: now, live_name: null });
    return removed > 0;
  }

  async report(
    id: string,
    status: { epoch: number; version: number; alarms: string[]; at: string },
  ): Promise<void> {
    await this.#knex('gateway_identities')
      .where({ id })
      .update({
        epoch: status.epoch,
        version: status.version,
        alarms: JSON.stringify(status.alarms),
        last_seen_at: status.at,
      });
  }

  async knows(id: string, features: string): Promise<void> {
    await this.#knex('gateway_identities')
      .where({ id })
      .update({ features: features.slice(0, 200) });
  }

  async seen(id: string, at: string): Promise<void> {
    await this.#knex('gateway_identities')
      .where({ id })
      .update({ last_seen_at: at });
  }

  /** A replica has streams open; those of which it said so lately are left alone. */
  async holdStreams(
    ids: string[],
    stream: { holder: string; now: string; until: string; unlessUntil: string },
  ): Promise<void> {
    await this.#knex('gateway_identities')
      .whereIn('id', ids)
      .where(late =>
        late
          .whereNull('stream_until')
          .orWhere('stream_until', '<=', stream.unlessUntil)
          .orWhere('stream_holder', '<>', stream.holder),
      )
      .update({
        stream_holder: stream.holder,
        stream_until: stream.until,
        last_seen_at: stream.now,
      });
  }

  /** The replica no longer has it; another one that took over keeps it. */
  async dropStream(id: string, holder: string): Promise<void> {
    await this.#knex('gateway_identities')
      .where({ id, stream_holder: holder })
      .update({ stream_holder: null, stream_until: null });
  }

  async highestEpoch(tx: Knex): Promise<number> {
    const row = await tx('gateway_identities').max({ epoch: 'epoch' }).first();
    return Number(row?.epoch ?? 0);
  }

  async addInvitation(tx: Knex, invitation: InvitationRow): Promise<void> {
    await tx<InvitationRow>('gateway_invitations').insert(invitation);
  }

  /** Uses an invitation up; false when there is no open one for the name. */
  async useInvitation(
    tx: Knex,
    use: { tokenHash: string; name: string; now: string },
  ): Promise<boolean> {
    const used = await tx('gateway_invitations')
      .where({ token_hash: use.tokenHash, name: use.name })
      .whereNull('used_at')
      .where('expires_at', '>', use.now)
      .update({ used_at: use.now });
    return used > 0;
  }

  /** Remembers a proof; true when it was known already. */
  async proofSeen(jti: string, expiresAt: Date): Promise<boolean> {
    const added = await this.#knex('gateway_proofs')
      .insert({ jti, expires_at: expiresAt.toISOString() })
      .onConflict('jti')
      .ignore()
      .returning('jti');
    return added.length === 0;
  }

  /** Forget proofs and invitations that no longer count. */
  async prune(now: string): Promise<void> {
    await this.#knex('gateway_proofs').where('expires_at', '<', now).delete();
    await this.#knex('gateway_invitations')
      .where('expires_at', '<', now)
      .delete();
  }
}
