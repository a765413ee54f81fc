import type { EvidenceToken } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';

/** A token as it is kept: the public half of its key. */
export interface TokenRecord extends EvidenceToken {
  /** SPKI PEM. */
  publicKey: string;
  /** SHA-256 of the identity token that it was given for. */
  identityHash?: string;
}

interface Row {
  id: string;
  kind: EvidenceToken['kind'];
  name: string;
  hint: string;
  key_id: string;
  public_key: string;
  entity_ref: string;
  model_version: string;
  pin: string;
  gates: string;
  owner: string;
  issued_by: string;
  identity: string | null;
  identity_hash: string | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  last_used_at: string | null;
}

const toRecord = (row: Row): TokenRecord => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  hint: row.hint,
  keyId: row.key_id,
  publicKey: row.public_key,
  entityRef: row.entity_ref,
  modelVersion: row.model_version,
  pin: row.pin,
  gates: JSON.parse(row.gates),
  owner: row.owner,
  issuedBy: row.issued_by,
  identity: row.identity === null ? undefined : JSON.parse(row.identity),
  identityHash: row.identity_hash ?? undefined,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at ?? undefined,
  lastUsedAt: row.last_used_at ?? undefined,
});

/** A token as people see it. */
export function presentToken({
  publicKey: _,
  identityHash: __,
  ...token
}: TokenRecord): EvidenceToken {
  return token;
}

/** Rows of evidence tokens. Inside a transaction pass it. */
export class TokenStore {
  static create(options: { knex: Knex }): TokenStore {
    return new TokenStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<TokenRecord | undefined> {
    const row = await tx<Row>('evidence_tokens').where({ id }).first();
    return row && toRecord(row);
  }

  /** With the lock of its row, so that it is not revoked meanwhile. */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<TokenRecord | undefined> {
    const row = await tx<Row>('evidence_tokens')
      .where({ id })
      .forUpdate()
      .first();
    return row && toRecord(row);
  }

  async byKeyId(keyId: string): Promise<TokenRecord | undefined> {
    const row = await this.#knex<Row>('evidence_tokens')
      .where({ key_id: keyId })
      .first();
    return row && toRecord(row);
  }

  async byIds(ids: string[]): Promise<Map<string, TokenRecord>> {
    const rows: Row[] = await this.#knex<Row>('evidence_tokens').whereIn(
      'id',
      ids,
    );
    return new Map(rows.map(row => [row.id, toRecord(row)]));
  }

  /** Newest first; with `owners` only theirs and those that the first one issued. */
  async list(filter: {
    entityRef?: string;
    owners?: string[];
  }): Promise<TokenRecord[]> {
    const { entityRef, owners } = filter;
    const query = this.#knex<Row>('evidence_tokens')
      // The hub's own sign once and are over.
      .whereNot({ kind: 'hub' })
      .orderBy([{ column: 'created_at', order: 'desc' }, 'id'])
      .limit(500);
    if (entityRef !== undefined) query.where({ entity_ref: entityRef });
    if (owners) {
      query.where(mine =>
        mine.whereIn('owner', owners).orWhere({ issued_by: owners[0] }),
      );
    }
    const rows: Row[] = await query;
    return rows.map(toRecord);
  }

  /** False when the identity token was shown before, or the key is another token's. */
  async add(tx: Knex.Transaction, record: TokenRecord): Promise<boolean> {
    const added = await tx<Row>('evidence_tokens')
      .insert({
        id: record.id,
        kind: record.kind,
        name: record.name,
        hint: record.hint,
        key_id: record.keyId,
        public_key: record.publicKey,
        entity_ref: record.entityRef,
        model_version: record.modelVersion,
        pin: record.pin,
        gates: JSON.stringify(record.gates),
        owner: record.owner,
        issued_by: record.issuedBy,
        identity: record.identity ? JSON.stringify(record.identity) : null,
        identity_hash: record.identityHash ?? null,
        created_at: record.createdAt,
        expires_at: record.expiresAt,
      })
      .onConflict()
      .ignore()
      .returning('id');
    return added.length === 1;
  }

  async revoke(tx: Knex.Transaction, id: string, at: string): Promise<boolean> {
    const changed = await tx<Row>('evidence_tokens')
      .where({ id })
      .whereNull('revoked_at')
      .update({ revoked_at: at });
    return changed === 1;
  }

  async used(tx: Knex.Transaction, id: string, at: string): Promise<void> {
    await tx<Row>('evidence_tokens').where({ id }).update({ last_used_at: at });
  }
}
