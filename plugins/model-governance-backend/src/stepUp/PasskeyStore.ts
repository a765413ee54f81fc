import { sha256Hex } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

type Milliseconds = number | string;

export interface PasskeyRow {
  id: string;
  credential_id: string;
  credential_hash: string;
  user_ref: string;
  name: string;
  public_key: string;
  counter: Milliseconds;
  transports: string;
  backed_up: boolean | number;
  created_at: Milliseconds;
  last_used_at: Milliseconds | null;
}

export interface InvitationRow {
  id: string;
  user_ref: string;
  invited_by: string;
  expires_at: Milliseconds;
  used_at: Milliseconds | null;
}

export interface ChallengeRow {
  id: string;
  user_ref: string;
  action: string;
  nonce: string;
  challenge: string;
  payload_hash: string | null;
  granted_by: string | null;
}

/** A user who failed this often within the window waits for its end. */
const MAX_FAILURES = 5;
const FAILURE_WINDOW_MS = 15 * 60_000;

/** Rows of passkeys, invitations and challenges. */
export class PasskeyStore {
  static create(): PasskeyStore {
    return new PasskeyStore();
  }

  private constructor() {}

  async passkeys(db: Knex, userRef: string): Promise<PasskeyRow[]> {
    return db('passkeys')
      .where({ user_ref: userRef })
      .whereNull('removed_at')
      .orderBy('created_at');
  }

  /** Of these users, those who have a passkey. */
  async usersWith(db: Knex, userRefs: string[]): Promise<Set<string>> {
    const refs: string[] = await db('passkeys')
      .whereIn('user_ref', userRefs)
      .whereNull('removed_at')
      .distinct()
      .pluck('user_ref');
    return new Set(refs);
  }

  /** Whether the user has a passkey, or had one that was removed. */
  async everHad(db: Knex, userRef: string): Promise<boolean> {
    const row = await db('passkeys').where({ user_ref: userRef }).first('id');
    return row !== undefined;
  }

  async passkey(db: Knex, id: string): Promise<PasskeyRow | undefined> {
    return db('passkeys').where({ id }).whereNull('removed_at').first();
  }

  async byCredential(
    db: Knex,
    credentialId: string,
  ): Promise<PasskeyRow | undefined> {
    return db('passkeys')
      .where({ credential_hash: sha256Hex(credentialId) })
      .whereNull('removed_at')
      .first();
  }

  /** False when another use was faster. */
  async used(
    tx: Knex.Transaction,
    passkey: PasskeyRow,
    use: { counter: number; backedUp: boolean; at: number },
  ): Promise<boolean> {
    const updated = await tx('passkeys')
      .where({ id: passkey.id, counter: passkey.counter })
      .whereNull('removed_at')
      .update({
        counter: use.counter,
        backed_up: use.backedUp,
        last_used_at: use.at,
      });
    return updated === 1;
  }

  async openInvitation(
    db: Knex,
    userRef: string,
    now: number,
  ): Promise<InvitationRow | undefined> {
    return db('passkey_invitations')
      .where({ open_user: userRef })
      .where('expires_at', '>', now)
      .first();
  }

  async openInvitations(db: Knex, now: number): Promise<InvitationRow[]> {
    return db('passkey_invitations')
      .whereNotNull('open_user')
      .where('expires_at', '>', now)
      .orderBy('created_at');
  }

  /** Use a challenge up; undefined when it is used, late, or somebody else's. */
  async useChallenge(
    tx: Knex.Transaction,
    where: { id: string } | { challenge: string; action: string },
    userRef: string,
    now: number,
  ): Promise<ChallengeRow | undefined> {
    const used = await tx('passkey_challenges')
      .where({ ...where, user_ref: userRef })
      .whereNull('used_at')
      .where('expires_at', '>', now)
      .update({ used_at: now });
    return used === 1
      ? tx('passkey_challenges').where(where).first()
      : undefined;
  }

  async addChallenge(
    db: Knex,
    row: ChallengeRow & {
      payload: string | null;
      created_at: number;
      expires_at: number;
    },
  ): Promise<void> {
    // What nobody used is of no use to anybody.
    await db('passkey_challenges')
      .where({ user_ref: row.user_ref })
      .whereNull('used_at')
      .where('expires_at', '<=', row.created_at)
      .delete();
    await db('passkey_challenges').insert(row);
  }

  async isLocked(db: Knex, userRef: string, now: number): Promise<boolean> {
    const [{ count }] = await db('passkey_failures')
      .where({ user_ref: userRef })
      .where('at', '>', now - FAILURE_WINDOW_MS)
      .count({ count: '*' });
    return Number(count) >= MAX_FAILURES;
  }

  /** Remember a failed attempt; the challenge that it was made with is used up. */
  async failed(
    db: Knex,
    userRef: string,
    challengeId: string,
    now: number,
  ): Promise<void> {
    await db('passkey_failures')
      .where('at', '<=', now - FAILURE_WINDOW_MS)
      .delete();
    await db('passkey_failures').insert({ user_ref: userRef, at: now });
    await db('passkey_challenges')
      .where({ id: challengeId, user_ref: userRef })
      .whereNull('used_at')
      .update({ used_at: now });
  }
}
