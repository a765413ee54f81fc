import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { StepUpProof } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import {
  canonicalJson,
  stepUpChallenge,
  stepUpPayloadHash,
} from '@modelhub/governance-protocol';
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Knex } from 'knex';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Guard } from '../access';
import type { PasskeyRow, PasskeyStore } from './PasskeyStore';
import type { RelyingParty } from './readWebAuthnConfig';
import type {
  StepUpAction,
  StepUpEvidence,
  StepUpService,
} from './StepUpService';

export const CHALLENGE_LIFE_MS = 5 * 60_000;

export interface StepUpDeps {
  transactions: Transactions;
  clock: Clock;
  guard: Guard;
  store: PasskeyStore;
  relyingParty: RelyingParty;
  logger?: LoggerService;
}

/** Confirms single actions with passkeys. */
export class DefaultStepUpService implements StepUpService {
  static create(deps: StepUpDeps): DefaultStepUpService {
    return new DefaultStepUpService(deps);
  }

  readonly #deps: StepUpDeps;
  readonly #noting = new Set<Promise<void>>();

  private constructor(deps: StepUpDeps) {
    this.#deps = deps;
  }

  /** What the browser has to sign, for exactly this person, action and payload. */
  async createChallenge(
    credentials: BackstageCredentials,
    input: { action: StepUpAction; payload: JsonObject },
  ): Promise<{
    challengeId: string;
    options: PublicKeyCredentialRequestOptionsJSON;
  }> {
    const { guard, store, transactions, clock, relyingParty } = this.#deps;
    const { kind, ref: userRef } = guard.principal(credentials);
    if (kind !== 'user') {
      throw new NotAllowedError('Only a person confirms with a passkey.');
    }
    const { knex } = transactions;
    const now = clock.now().getTime();
    await this.#demandUnlocked(knex, userRef, now);
    const passkeys = await store.passkeys(knex, userRef);
    if (passkeys.length === 0) {
      throw new NotAllowedError(
        'You have no passkey yet. Ask an administrator for an invitation, then enrol one.',
      );
    }
    const { action, payload } = input;
    const nonce = randomBytes(32).toString('base64url');
    const challenge = stepUpChallenge({ nonce, userRef, action, payload });
    const id = randomUUID();
    await store.addChallenge(knex, {
      id,
      user_ref: userRef,
      action,
      nonce,
      challenge,
      payload_hash: stepUpPayloadHash(action, payload),
      payload: canonicalJson(payload),
      granted_by: null,
      created_at: now,
      expires_at: now + CHALLENGE_LIFE_MS,
    });
    const options = await generateAuthenticationOptions({
      rpID: relyingParty.id,
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      userVerification: 'required',
      timeout: CHALLENGE_LIFE_MS,
      allowCredentials: passkeys.map(row => ({
        id: row.credential_id,
        transports: JSON.parse(row.transports),
      })),
    });
    return { challengeId: id, options };
  }

  async consume(
    tx: Knex.Transaction,
    input: {
      userRef: string;
      action: StepUpAction;
      payload: JsonObject;
      proof: StepUpProof;
    },
  ): Promise<StepUpEvidence> {
    const { clock } = this.#deps;
    const { userRef, proof } = input;
    const now = clock.now().getTime();
    await this.#demandUnlocked(tx, userRef, now);
    try {
      return await this.#verify(tx, input, now);
    } catch (error) {
      if (error instanceof NotAllowedError) {
        this.#noteFailure(userRef, proof.challengeId, now);
      }
      throw error;
    }
  }

  /** Resolves when failed attempts are written down. */
  async settled(): Promise<void> {
    await Promise.all(this.#noting);
  }

  async #verify(
    tx: Knex.Transaction,
    {
      userRef,
      action,
      payload,
      proof,
    }: Parameters<StepUpService['consume']>[1],
    now: number,
  ): Promise<StepUpEvidence> {
    const { store, relyingParty } = this.#deps;
    const row = await store.useChallenge(
      tx,
      { id: proof.challengeId },
      userRef,
      now,
    );
    if (!row) {
      throw new NotAllowedError(
        'This confirmation was used, is too old, or is not yours. Confirm again with your passkey.',
      );
    }
    const payloadHash = stepUpPayloadHash(action, payload);
    if (row.action !== action || row.payload_hash !== payloadHash) {
      throw new NotAllowedError(
        'You confirmed something else than what was sent. Confirm exactly this with your passkey.',
      );
    }
    const response = proof.response as unknown as AuthenticationResponseJSON;
    const passkey = await store.byCredential(tx, String(response.id));
    if (passkey?.user_ref !== userRef) {
      throw new NotAllowedError(
        'This passkey is not one of yours. Use one that you enrolled.',
      );
    }
    const { authenticationInfo: info } = await this.#assertion(
      response,
      row.challenge,
      passkey,
    );
    const taken = await store.used(tx, passkey, {
      counter: info.newCounter,
      backedUp: info.credentialBackedUp,
      at: now,
    });
    if (!taken) {
      throw new ConflictError(
        'This passkey was used at the same moment. Try again.',
      );
    }
    const evidence: StepUpEvidence = {
      passkeyId: passkey.id,
      action,
      nonce: row.nonce,
      payloadHash,
      publicKey: passkey.public_key,
      rpId: relyingParty.id,
      origin: info.origin,
      clientDataJSON: response.response.clientDataJSON,
      authenticatorData: response.response.authenticatorData,
      signature: response.response.signature,
    };
    await tx('passkey_challenges')
      .where({ id: row.id })
      .update({ evidence: canonicalJson(evidence) });
    return evidence;
  }

  async #assertion(
    response: AuthenticationResponseJSON,
    challenge: string,
    passkey: PasskeyRow,
  ) {
    const { relyingParty } = this.#deps;
    try {
      const result = await verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: relyingParty.origins,
        expectedRPID: relyingParty.id,
        requireUserVerification: true,
        credential: {
          id: passkey.credential_id,
          publicKey: new Uint8Array(
            Buffer.from(passkey.public_key, 'base64url'),
          ),
          counter: Number(passkey.counter),
          transports: JSON.parse(passkey.transports),
        },
      });
      if (result.verified) return result;
    } catch (error) {
      throw new NotAllowedError(
        `The passkey did not confirm this: ${
          (error as Error).message
        }. Try again.`,
      );
    }
    throw new NotAllowedError(
      'The signature of the passkey is wrong. Try again.',
    );
  }

  async #demandUnlocked(db: Knex, userRef: string, now: number) {
    if (await this.#deps.store.isLocked(db, userRef, now)) {
      throw new NotAllowedError(
        'Too many confirmations failed. Wait 15 minutes and try again.',
      );
    }
  }

  /**
   * Not in the caller's transaction, which is about to be rolled back, and not
   * awaited, because SQLite has no second connection until it is.
   */
  #noteFailure(userRef: string, challengeId: string, now: number): void {
    const { store, transactions, logger } = this.#deps;
    const noting = transactions
      .run(tx => store.failed(tx, userRef, challengeId, now))
      .catch(error =>
        logger?.error('A failed confirmation was not written down', error),
      )
      .finally(() => this.#noting.delete(noting));
    this.#noting.add(noting);
  }
}
