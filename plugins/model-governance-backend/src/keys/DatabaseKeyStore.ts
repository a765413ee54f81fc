import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { PublicKey } from '@modelhub/backstage-plugin-models-common';
import {
  SecretBox,
  type Clock,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import {
  generateSigningKey,
  signKeySuccession,
  type SigningKey,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { KeyStore, KeyUse } from './KeyStore';

interface Row {
  key_id: string;
  use: KeyUse;
  state: PublicKey['state'];
  active_use: KeyUse | null;
  public_key: string;
  private_key: string;
  created_at: string;
  retired_at: string | null;
  predecessor: string | null;
  succession: string | null;
}

/** For so long a replica may sign with a key that another one has rotated away. */
const CACHED_MS = 5000;

const toPublicKey = (row: Row): PublicKey => ({
  keyId: row.key_id,
  use: row.use,
  publicKey: row.public_key,
  state: row.state,
  createdAt: row.created_at,
  ...(row.predecessor !== null &&
    row.succession !== null && {
      succession: { predecessor: row.predecessor, signature: row.succession },
    }),
});

export class DatabaseKeyStore implements KeyStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    secret: string;
  }): DatabaseKeyStore {
    return new DatabaseKeyStore(
      options.transactions,
      options.clock,
      SecretBox.create(options.secret, 'modelhub signing keys at rest'),
    );
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #box: SecretBox;
  readonly #cache = new Map<KeyUse, { key: SigningKey; until: number }>();

  private constructor(
    transactions: Transactions,
    clock: Clock,
    box: SecretBox,
  ) {
    this.#transactions = transactions;
    this.#clock = clock;
    this.#box = box;
  }

  async active(use: KeyUse): Promise<SigningKey> {
    const now = this.#clock.now().getTime();
    const cached = this.#cache.get(use);
    if (cached && now < cached.until) return cached.key;

    const row = (await this.#activeRow(use)) ?? (await this.#first(use));
    const key = this.#open(row);
    this.#cache.set(use, { key, until: now + CACHED_MS });
    return key;
  }

  async publicKeys(use?: KeyUse): Promise<PublicKey[]> {
    const query = this.#transactions
      .knex<Row>('signing_keys')
      .orderBy([{ column: 'created_at', order: 'desc' }, 'key_id']);
    if (use) query.where({ use });
    return (await query.select()).map(toPublicKey);
  }

  async rotate(use: KeyUse, tx: Knex.Transaction): Promise<PublicKey> {
    const row = this.#newRow(use);
    const before = await this.#activeRow(use, tx);
    if (before) {
      const retiring = await tx<Row>('signing_keys')
        .where({ key_id: before.key_id, state: 'active' })
        .update({ state: 'retiring', active_use: null });
      if (retiring === 0) {
        throw new ConflictError(
          `The ${use} key was rotated by somebody else at this moment. Look at the keys and decide again.`,
        );
      }
      await tx<Row>('signing_keys')
        .where({ use, state: 'retiring' })
        .whereNot({ key_id: before.key_id })
        .update({ state: 'retired', retired_at: row.created_at });
      this.#vouch(row, before);
    }
    await tx<Row>('signing_keys').insert(row);
    this.#cache.delete(use);
    return toPublicKey(row);
  }

  /** Without the secret of the key before nobody can vouch: gateways enrol again. */
  #vouch(row: Row, before: Row): void {
    let predecessor: SigningKey;
    try {
      predecessor = this.#open(before);
    } catch {
      return;
    }
    const { signature } = signKeySuccession(
      { publicKey: row.public_key, use: row.use },
      predecessor.privateKey,
    );
    row.predecessor = predecessor.keyId;
    row.succession = signature;
  }

  /** Replicas that start at once agree on the one that came first. */
  async #first(use: KeyUse): Promise<Row> {
    await this.#transactions
      .knex<Row>('signing_keys')
      .insert(this.#newRow(use))
      .onConflict('active_use')
      .ignore();
    const row = await this.#activeRow(use);
    if (!row) {
      throw new ServiceUnavailableError(
        `The ${use} key is being rotated. Try again.`,
      );
    }
    return row;
  }

  #activeRow(use: KeyUse, knex: Knex = this.#transactions.knex) {
    return knex<Row>('signing_keys').where({ active_use: use }).first();
  }

  #newRow(use: KeyUse): Row {
    const key = generateSigningKey();
    return {
      key_id: key.keyId,
      use,
      state: 'active',
      active_use: use,
      public_key: key.publicKey,
      private_key: this.#box.seal(key.privateKey, `${use} ${key.keyId}`),
      created_at: this.#clock.now().toISOString(),
      retired_at: null,
      predecessor: null,
      succession: null,
    };
  }

  #open(row: Row): SigningKey {
    try {
      return {
        keyId: row.key_id,
        publicKey: row.public_key,
        privateKey: this.#box.open(row.private_key, `${row.use} ${row.key_id}`),
      };
    } catch (error) {
      throw new ServiceUnavailableError(
        `The ${row.use} key ${row.key_id} in the database was encrypted with another secret. Start with the modelGovernance.keys.secret that was set when it was made, or rotate the key and let gateways enrol again.`,
        error,
      );
    }
  }
}
