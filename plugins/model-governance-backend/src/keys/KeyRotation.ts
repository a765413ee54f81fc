import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  modelGatewayManagePermission,
  type PublicKey,
  type StepUpProof,
} from '@modelhub/backstage-plugin-models-common';
import type { IdempotencyKeys } from '@modelhub/backstage-plugin-models-node';
import type { Guard } from '../access/Guard';
import type { LedgerStore } from '../ledger';
import type { Outbox } from '../outbox';
import type { StepUpService } from '../stepUp/StepUpService';
import type { KeyStore, KeyUse } from './KeyStore';

interface Deps {
  guard: Guard;
  keys: KeyStore;
  stepUp: StepUpService;
  idempotency: IdempotencyKeys;
  ledger: LedgerStore;
  outbox: Outbox;
}

/** Replaces signing keys, on the word of a person with a passkey. */
export class KeyRotation {
  static create(deps: Deps): KeyRotation {
    return new KeyRotation(deps);
  }

  readonly #deps: Deps;

  private constructor(deps: Deps) {
    this.#deps = deps;
  }

  async rotate(
    credentials: BackstageCredentials,
    input: { use: KeyUse; reason: string; stepUp: StepUpProof },
    idempotencyKey?: string,
  ): Promise<PublicKey> {
    const { guard, keys, stepUp, idempotency, ledger, outbox } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelGatewayManagePermission,
    );
    if (principal.kind !== 'user') {
      throw new NotAllowedError('Only a person with a passkey does this.');
    }
    const { use, reason } = input;
    const key = await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'signing-key.rotate', use, reason },
      },
      async tx => {
        const evidence = await stepUp.consume(tx, {
          userRef: principal.ref,
          action: 'signing-key.rotate',
          payload: { id: use, use, reason },
          proof: input.stepUp,
        });
        const rotated = await keys.rotate(use, tx);
        const [event] = await ledger.append(tx, [
          {
            actor: principal.actor,
            subject: `signing-key:${rotated.keyId}`,
            type: 'signing-key.rotated',
            payload: {
              use,
              keyId: rotated.keyId,
              publicKey: rotated.publicKey,
              ...rotated.succession,
              stepUp: evidence,
            },
            text: reason,
          },
        ]);
        // Gateways learn of the key by the first snapshot that it signs.
        await outbox.add(tx, [
          { topic: 'allowlist', payload: { seq: event.seq } },
        ]);
        return rotated;
      },
    );
    outbox.wake();
    return key;
  }
}
