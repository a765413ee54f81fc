import type { PublicKey } from '@modelhub/backstage-plugin-models-common';
import type { SigningKey } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

/** Snapshots, ledger checkpoints and approval statements never share a key. */
export type KeyUse = PublicKey['use'];

export const keyUses: KeyUse[] = ['snapshot', 'ledger', 'statement'];

/** Ed25519 signing keys that all replicas share. */
export interface KeyStore {
  /** The key that signs now; made at first use. Do not call inside a transaction. */
  active(use: KeyUse): Promise<SigningKey>;
  /** Keys that verify, retired ones included, newest first. */
  publicKeys(use?: KeyUse): Promise<PublicKey[]>;
  /**
   * Sign with a new key from now on. The one before is `retiring`: its
   * signatures are still to be trusted; the one before that is `retired`. A
   * replica may sign with the key before for five seconds more.
   *
   * @throws ConflictError when another one rotates it at the same moment
   */
  rotate(use: KeyUse, tx: Knex.Transaction): Promise<PublicKey>;
}
