import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  modelPasskeyInvitePermission,
  type Passkey,
  type PasskeyInvitation,
  type StepUpProof,
} from '@modelhub/backstage-plugin-models-common';
import type { IdempotencyKeys } from '@modelhub/backstage-plugin-models-node';
import { sha256Hex } from '@modelhub/governance-protocol';
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import type { LedgerStore } from '../ledger';
import type { Organisation } from '../organisation/Organisation';
import type { Outbox } from '../outbox/Outbox';
import { CHALLENGE_LIFE_MS, type StepUpDeps } from './DefaultStepUpService';
import {
  asUserRef,
  challengeOf,
  invitationNotice,
  presentInvitation,
  presentPasskey,
} from './passkeyFormat';
import type { InvitationRow, PasskeyRow } from './PasskeyStore';
import type { StepUpService } from './StepUpService';

const INVITATION_LIFE_MS = 72 * 3600_000;
const MAX_PASSKEYS = 10;
const REGISTER = 'passkey.register';

export interface PasskeyDeps extends StepUpDeps {
  stepUp: StepUpService;
  ledger: Pick<LedgerStore, 'append'>;
  outbox: Outbox;
  idempotency: IdempotencyKeys;
  organisation: Pick<Organisation, 'exists'>;
}

/** Invitations to enrol passkeys, and the passkeys that people enrolled. */
export class PasskeyService {
  static create(deps: PasskeyDeps): PasskeyService {
    return new PasskeyService(deps);
  }

  readonly #deps: PasskeyDeps;

  private constructor(deps: PasskeyDeps) {
    this.#deps = deps;
  }

  /** The caller's own. */
  async list(
    credentials: BackstageCredentials,
  ): Promise<{ items: Passkey[]; mayEnrol: boolean }> {
    const { store, transactions } = this.#deps;
    const userRef = this.#person(credentials);
    const passkeys = await store.passkeys(transactions.knex, userRef);
    const invitation = await store.openInvitation(
      transactions.knex,
      userRef,
      this.#now(),
    );
    return {
      items: passkeys.map(presentPasskey),
      mayEnrol: passkeys.length > 0 || invitation !== undefined,
    };
  }

  async invitations(
    credentials: BackstageCredentials,
  ): Promise<PasskeyInvitation[]> {
    const { guard, store, transactions } = this.#deps;
    await guard.demand(credentials, modelPasskeyInvitePermission);
    const rows = await store.openInvitations(transactions.knex, this.#now());
    return rows.map(presentInvitation);
  }

  /** Lets somebody enrol a passkey without another one: a first one, or after a loss. */
  async invite(
    credentials: BackstageCredentials,
    user: string,
    idempotencyKey?: string,
  ): Promise<PasskeyInvitation> {
    const { guard, organisation, outbox, idempotency } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelPasskeyInvitePermission,
    );
    const userRef = asUserRef(user);
    if (principal.kind !== 'user') {
      throw new NotAllowedError('Only a person invites to enrol a passkey.');
    }
    if (!(await organisation.exists(userRef))) {
      throw new InputError(`${userRef} is not in the catalog.`);
    }
    const invitation = await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'passkey.invite', user: userRef },
      },
      tx => this.#invite(tx, principal.ref, userRef),
    );
    outbox.wake();
    return invitation;
  }

  /** Begin to enrol; takes an invitation, or an assertion of another passkey. */
  async registrationOptions(
    credentials: BackstageCredentials,
    proof?: StepUpProof,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { store, transactions, relyingParty } = this.#deps;
    const userRef = this.#person(credentials);
    const existing = await store.passkeys(transactions.knex, userRef);
    if (existing.length >= MAX_PASSKEYS) {
      throw new ConflictError(
        `You have ${MAX_PASSKEYS} passkeys. Remove one first.`,
      );
    }
    const { name } = parseEntityRef(userRef);
    const options = await generateRegistrationOptions({
      rpName: relyingParty.name,
      rpID: relyingParty.id,
      userName: name,
      userID: new Uint8Array(createHash('sha256').update(userRef).digest()),
      attestationType: 'none',
      timeout: CHALLENGE_LIFE_MS,
      excludeCredentials: existing.map(row => ({ id: row.credential_id })),
      authenticatorSelection: {
        residentKey: 'preferred',
        userVerification: 'required',
      },
    });
    await transactions.run(async tx => {
      const grantedBy = await this.#grant(tx, userRef, existing, proof);
      const now = this.#now();
      await store.addChallenge(tx, {
        id: randomUUID(),
        user_ref: userRef,
        action: REGISTER,
        nonce: '',
        challenge: options.challenge,
        payload_hash: null,
        payload: null,
        granted_by: grantedBy,
        created_at: now,
        expires_at: now + CHALLENGE_LIFE_MS,
      });
    });
    return options;
  }

  /** Finish to enrol. */
  async register(
    credentials: BackstageCredentials,
    input: { name: string; response: object },
  ): Promise<Passkey> {
    const userRef = this.#person(credentials);
    const response = input.response as RegistrationResponseJSON;
    const challenge = challengeOf(response);
    return this.#deps.transactions.run(async tx => {
      const now = this.#now();
      const row = await this.#deps.store.useChallenge(
        tx,
        { challenge, action: REGISTER },
        userRef,
        now,
      );
      if (!row) {
        throw new NotAllowedError(
          'This enrolment was finished, is too old, or is not yours. Begin again.',
        );
      }
      await this.#useGrant(tx, row.granted_by ?? '', now);
      const credential = await this.#verified(response, challenge);
      const passkey: PasskeyRow = {
        id: randomUUID(),
        credential_id: credential.id,
        credential_hash: sha256Hex(credential.id),
        user_ref: userRef,
        name: input.name,
        public_key: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: JSON.stringify(credential.transports ?? []),
        backed_up: credential.backedUp,
        created_at: now,
        last_used_at: null,
      };
      const added = await tx('passkeys')
        .insert(passkey)
        .onConflict('credential_hash')
        .ignore()
        .returning('id');
      if (added.length === 0) {
        throw new ConflictError('This passkey is enrolled already.');
      }
      await this.#deps.ledger.append(tx, [
        {
          actor: { kind: 'person', ref: userRef },
          subject: `passkey:${passkey.id}`,
          type: 'passkey.enrolled',
          payload: {
            publicKey: passkey.public_key,
            grantedBy: row.granted_by ?? '',
          },
        },
      ]);
      return presentPasskey(passkey);
    });
  }

  /** One's own; with permission `model.passkey.invite` anybody's, for lost devices. */
  async remove(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<void> {
    const { guard, store, transactions, idempotency, ledger } = this.#deps;
    const { ref, actor } = guard.principal(credentials);
    const mayRemoveAny = await guard.may(
      credentials,
      modelPasskeyInvitePermission,
    );
    await idempotency.run(
      {
        caller: ref,
        key: idempotencyKey,
        request: { command: 'passkey.remove', id },
      },
      async tx => {
        const passkey = await store.passkey(tx, id);
        if (!passkey || !(mayRemoveAny || passkey.user_ref === ref)) {
          throw new NotFoundError(`You have no passkey ${id}.`);
        }
        await tx('passkeys').where({ id }).update({ removed_at: this.#now() });
        await ledger.append(tx, [
          {
            actor,
            subject: `passkey:${id}`,
            type: 'passkey.removed',
            payload: {},
            people: { user: passkey.user_ref },
          },
        ]);
        return {};
      },
    );
    await transactions
      .knex('passkey_challenges')
      .where({ granted_by: `passkey:${id}` })
      .whereNull('used_at')
      .delete();
  }

  async #invite(
    tx: Knex.Transaction,
    invitedBy: string,
    userRef: string,
  ): Promise<PasskeyInvitation> {
    const { store, ledger, outbox } = this.#deps;
    const now = this.#now();
    // Else a stolen session could remove the passkeys and enrol its own.
    if (invitedBy === userRef && (await store.everHad(tx, userRef))) {
      throw new NotAllowedError(
        'You have, or had, a passkey: confirm with it to enrol another one, or ask another administrator.',
      );
    }
    await tx('passkey_invitations')
      .where({ open_user: userRef })
      .where('expires_at', '<=', now)
      .update({ open_user: null });
    const row: InvitationRow = {
      id: randomUUID(),
      user_ref: userRef,
      invited_by: invitedBy,
      expires_at: now + INVITATION_LIFE_MS,
      used_at: null,
    };
    const added = await tx('passkey_invitations')
      .insert({ ...row, open_user: userRef, created_at: now })
      .onConflict('open_user')
      .ignore()
      .returning('id');
    if (added.length === 0) {
      throw new ConflictError(`${userRef} has an open invitation already.`);
    }
    await ledger.append(tx, [
      {
        actor: { kind: 'person', ref: invitedBy },
        subject: `passkey-invitation:${row.id}`,
        type: 'passkey.invited',
        payload: { expiresAt: new Date(Number(row.expires_at)).toISOString() },
        people: { user: userRef },
      },
    ]);
    await outbox.add(tx, [invitationNotice(userRef)]);
    return presentInvitation(row);
  }

  /** What lets the user enrol; an assertion that came is used up. */
  async #grant(
    tx: Knex.Transaction,
    userRef: string,
    existing: PasskeyRow[],
    proof: StepUpProof | undefined,
  ): Promise<string> {
    const { store, stepUp } = this.#deps;
    if (proof) {
      const { passkeyId } = await stepUp.consume(tx, {
        userRef,
        action: 'passkey.enrol',
        payload: {},
        proof,
      });
      return `passkey:${passkeyId}`;
    }
    const invitation = await store.openInvitation(tx, userRef, this.#now());
    if (invitation) return `invitation:${invitation.id}`;
    throw new NotAllowedError(
      existing.length > 0
        ? 'Confirm with one of your passkeys to enrol another one.'
        : 'Ask an administrator for an invitation to enrol a passkey.',
    );
  }

  async #useGrant(tx: Knex.Transaction, grantedBy: string, now: number) {
    const [kind, id] = grantedBy.split(':');
    if (kind !== 'invitation') return;
    const used = await tx('passkey_invitations')
      .where({ id })
      .whereNull('used_at')
      .where('expires_at', '>', now)
      .update({ used_at: now, open_user: null });
    if (used === 0) {
      throw new NotAllowedError(
        'The invitation was used or is too old. Ask for a new one.',
      );
    }
  }

  async #verified(response: RegistrationResponseJSON, challenge: string) {
    const { relyingParty } = this.#deps;
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: relyingParty.origins,
        expectedRPID: relyingParty.id,
        requireUserVerification: true,
      });
      if (verified) {
        return {
          ...registrationInfo.credential,
          backedUp: registrationInfo.credentialBackedUp,
        };
      }
    } catch (error) {
      throw new NotAllowedError(
        `The passkey was not enrolled: ${
          (error as Error).message
        }. Begin again.`,
      );
    }
    throw new NotAllowedError('The passkey was not enrolled. Begin again.');
  }

  #person(credentials: BackstageCredentials): string {
    const { kind, ref } = this.#deps.guard.principal(credentials);
    if (kind !== 'user') {
      throw new NotAllowedError('Only people have passkeys.');
    }
    return ref;
  }

  #now(): number {
    return this.#deps.clock.now().getTime();
  }
}
