import type { Knex } from 'knex';

/** A gateway key of one person for one access profile. Times are milliseconds since 1970. */
export interface KeptKey {
  /** Entity ref. */
  person: string;
  profile: string;
  purpose: string;
  /** In governance. */
  keyId: string;
  /** Sealed. */
  secret: string;
  expiresAt: number;
}

interface Row {
  person: string;
  profile: string;
  purpose: string;
  key_id: string;
  secret: string;
  expires_at: number | string;
}

const toKey = (row: Row): KeptKey => ({
  person: row.person,
  profile: row.profile,
  purpose: row.purpose,
  keyId: row.key_id,
  secret: row.secret,
  expiresAt: Number(row.expires_at),
});

const toRow = (key: KeptKey): Row => ({
  person: key.person,
  profile: key.profile,
  purpose: key.purpose,
  key_id: key.keyId,
  secret: key.secret,
  expires_at: key.expiresAt,
});

/** Keys that the playground calls hosted models with. */
export class KeyStore {
  static create(options: { knex: Knex }): KeyStore {
    return new KeyStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(person: string, profile: string): Promise<KeptKey | undefined> {
    const row = await this.#knex<Row>('playground_keys')
      .where({ person, profile })
      .first();
    return row && toKey(row);
  }

  /**
   * Keeps a key in place of the one that was seen.
   *
   * @param seen - its sealed secret; undefined where there was none
   * @returns false where another replica kept one meanwhile
   */
  async put(key: KeptKey, seen: string | undefined): Promise<boolean> {
    if (seen === undefined) {
      const added = await this.#knex<Row>('playground_keys')
        .insert(toRow(key))
        .onConflict(['person', 'profile'])
        .ignore()
        .returning('person');
      return added.length === 1;
    }
    const { person, profile } = key;
    return (
      (await this.#knex<Row>('playground_keys')
        .where({ person, profile, secret: seen })
        .update(toRow(key))) === 1
    );
  }

  async remove(key: KeptKey): Promise<void> {
    const { person, profile, secret } = key;
    await this.#knex<Row>('playground_keys')
      .where({ person, profile, secret })
      .delete();
  }

  /** Forgets keys that have ended. */
  async prune(before: number): Promise<void> {
    await this.#knex<Row>('playground_keys')
      .where('expires_at', '<=', before)
      .delete();
  }
}
