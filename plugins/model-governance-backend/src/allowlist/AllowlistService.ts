import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  modelAllowlistReadPermission,
  modelGatewayManagePermission,
  type Allowlist,
  type StepUpProof,
} from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  IdempotencyKeys,
} from '@modelhub/backstage-plugin-models-node';
import type { Guard } from '../access/Guard';
import type { GatewayStore } from '../gateways/GatewayStore';
import type { LedgerStore } from '../ledger';
import type { Outbox } from '../outbox';
import type { StepUpService } from '../stepUp/StepUpService';
import type { AllowlistPublisher } from './AllowlistPublisher';
import { readEpoch } from './ListingStore';

interface Deps {
  guard: Guard;
  publisher: AllowlistPublisher;
  gateways: GatewayStore;
  stepUp: StepUpService;
  idempotency: IdempotencyKeys;
  ledger: LedgerStore;
  outbox: Outbox;
  clock: Clock;
}

/** The allowlist for people. */
export class AllowlistService {
  static create(deps: Deps): AllowlistService {
    return new AllowlistService(deps);
  }

  readonly #deps: Deps;

  private constructor(deps: Deps) {
    this.#deps = deps;
  }

  async read(credentials: BackstageCredentials): Promise<Allowlist> {
    const { guard, publisher, clock } = this.#deps;
    await guard.demand(credentials, modelAllowlistReadPermission);
    const { epoch, version, grants } = await publisher.current();
    const now = clock.now().toISOString();
    return {
      epoch,
      version,
      items: grants.filter(grant => grant.expiresAt > now),
    };
  }

  /**
   * Begin a new epoch: gateways then take a snapshot although it is older than
   * what they hold. Needed after a database was restored, and never otherwise.
   */
  async raiseEpoch(
    credentials: BackstageCredentials,
    input: { reason: string; stepUp: StepUpProof },
    idempotencyKey?: string,
  ): Promise<{ epoch: number }> {
    const { guard, gateways, stepUp, idempotency, ledger, outbox } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelGatewayManagePermission,
    );
    if (principal.kind !== 'user') {
      throw new NotAllowedError('Only a person with a passkey does this.');
    }
    const { reason } = input;
    const answer = await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'epoch.raise', reason },
      },
      async tx => {
        const evidence = await stepUp.consume(tx, {
          userRef: principal.ref,
          action: 'epoch.raise',
          payload: { id: 'allowlist', reason },
          proof: input.stepUp,
        });
        // The restored database may not know epochs that gateways have seen.
        const epoch =
          Math.max(await readEpoch(tx), await gateways.highestEpoch(tx)) + 1;
        await tx('allowlist_epoch').where({ id: 1 }).update({ epoch });
        const [event] = await ledger.append(tx, [
          {
            actor: principal.actor,
            subject: 'allowlist',
            type: 'allowlist.epoch-raised',
            payload: { epoch, stepUp: evidence },
            text: reason,
          },
        ]);
        await outbox.add(tx, [
          { topic: 'allowlist', payload: { seq: event.seq } },
        ]);
        return { epoch };
      },
    );
    outbox.wake();
    return answer;
  }
}
