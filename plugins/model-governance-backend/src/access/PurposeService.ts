import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelAccessManagePermission,
  type Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { write, type AccessDeps } from './AccessDeps';
import { changedFields } from './changes';
import { allowsMore, termsAt } from './purposeChange';
import { recordPurpose } from './scopeEvents';

/** Requests and approvals that were made for a purpose and are not over. */
export interface BoundApprovals {
  /** When each of them was submitted. */
  submittedFor(tx: Knex.Transaction, purpose: string): Promise<string[]>;
}

/** Purposes: what models may be asked for, and which data that takes. */
export class PurposeService {
  static create(deps: AccessDeps, bound: BoundApprovals): PurposeService {
    return new PurposeService(deps, bound);
  }

  readonly #deps: AccessDeps;
  readonly #bound: BoundApprovals;

  private constructor(deps: AccessDeps, bound: BoundApprovals) {
    this.#deps = deps;
    this.#bound = bound;
  }

  async list(credentials: BackstageCredentials): Promise<Purpose[]> {
    this.#deps.guard.principal(credentials);
    return this.#deps.stores.scopes.purposes();
  }

  async create(
    credentials: BackstageCredentials,
    purpose: Purpose,
    idempotencyKey?: string,
  ): Promise<Purpose> {
    const { guard, stores } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    return write(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'purpose.create', purpose },
      },
      async (tx, now) => {
        if (!(await stores.scopes.addPurpose(tx, purpose, now))) {
          throw new ConflictError(
            `There is a purpose '${purpose.id}' already. Change it, or choose another id.`,
          );
        }
        await recordPurpose(this.#deps, tx, principal.actor, purpose);
        return purpose;
      },
    );
  }

  /**
   * What allows less holds at once: gateways compare every call with the
   * purpose. What allows more would stretch decisions that were made for less,
   * so it waits until there are none.
   */
  async update(
    credentials: BackstageCredentials,
    id: string,
    purpose: Purpose,
    idempotencyKey?: string,
  ): Promise<Purpose> {
    const { guard, stores } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    if (purpose.id !== id) {
      throw new InputError(
        `The id of a purpose does not change: send '${id}', not '${purpose.id}'.`,
      );
    }
    return write(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'purpose.update', purpose },
      },
      async (tx, now) => {
        const before = await stores.scopes.lockPurpose(tx, id);
        if (!before) {
          throw new NotFoundError(
            `There is no purpose '${id}'. Create it first.`,
          );
        }
        const changed = changedFields(before, purpose);
        if (changed.length === 0) return before;
        await this.#demandNothingStretched(tx, before, purpose);
        await stores.scopes.changePurpose(tx, purpose, now);
        await recordPurpose(this.#deps, tx, principal.actor, purpose, {
          before,
          changed,
        });
        return purpose;
      },
    );
  }

  /** What each request was made for counts, not what was in force last: a change can be undone. */
  async #demandNothingStretched(
    tx: Knex.Transaction,
    { id }: Purpose,
    after: Purpose,
  ): Promise<void> {
    const submitted = await this.#bound.submittedFor(tx, id);
    const history = await this.#deps.stores.scopes.termsOf(tx, id);
    const stretched = submitted
      .map(at => allowsMore(termsAt(history, at), after))
      .filter(more => more.length > 0);
    if (stretched.length === 0) return;
    const { length: count } = stretched;
    const more = [...new Set(stretched.flat())];
    throw new ConflictError(
      `Purpose '${id}' would also allow ${more.join(' and ')}, and ${
        count === 1
          ? '1 request or approval was'
          : `${count} requests and approvals were`
      } made for less. Create another purpose for it, or end those first.`,
    );
  }
}
