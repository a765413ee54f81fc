import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  isModelEntity,
  modelApprovalReadPermission,
  type Approval,
  type ApprovalDetail,
  type ApprovalState,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { SignerPersona } from './ApprovalStore';
import type { Caller } from './Caller';
import type { ApprovalDeps } from './deps';
import { presentDetail } from './present';
import type { ApprovalRecord } from './records';
import { leadsFor } from './signers';
import { resourceOf, type SituationReader } from './SituationReader';

/** A ref as the catalog writes it. Throws `InputError`. */
export function modelRef(text: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'model',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `'${text}' is not an entity ref; expected e.g. model:meta/llama-3.3-70b-instruct`,
    );
  }
}

/** What a caller may see of approvals and models. */
export class ApprovalReader {
  static create(
    deps: ApprovalDeps,
    situations: SituationReader,
  ): ApprovalReader {
    return new ApprovalReader(deps, situations);
  }

  readonly #deps: ApprovalDeps;
  readonly #situations: SituationReader;

  private constructor(deps: ApprovalDeps, situations: SituationReader) {
    this.#deps = deps;
    this.#situations = situations;
  }

  /** Throws `NotFoundError` when there is none or the caller may not read it. */
  async approval(id: string, caller: Caller): Promise<ApprovalRecord> {
    const { store, authorizer } = this.#deps;
    const approval = await store.get(id);
    if (approval) {
      const signers = await store.signers([id]);
      const [readable] = await authorizer.mayOn(
        caller.credentials,
        [modelApprovalReadPermission],
        resourceOf(approval, signers.get(id) ?? []),
      );
      if (readable) return approval;
    }
    throw new NotFoundError(
      `There is no approval ${id}, or you may not read it.`,
    );
  }

  /** The model as the caller may see it; throws `NotFoundError`. */
  async visibleModel(
    entityRef: string,
    caller: Caller,
  ): Promise<ModelEntityV1alpha1> {
    const entity = await this.#deps.catalog.getEntityByRef(entityRef, {
      credentials: caller.credentials,
    });
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    return entity;
  }

  /** All approvals of these models in these states that the caller may read. */
  async readable(
    entityRefs: string[],
    state: ApprovalState[],
    caller: Caller,
  ): Promise<ApprovalRecord[]> {
    const { authorizer, store } = this.#deps;
    const readable = await authorizer.readable(caller.credentials);
    if (!readable || entityRefs.length === 0) return [];
    const found: ApprovalRecord[] = [];
    for (let cursor: string | undefined; ; ) {
      const page: Awaited<ReturnType<typeof store.list>> = await store.list({
        entityRefs,
        state,
        permission: readable.criteria,
        limit: 500,
        cursor,
      });
      found.push(...page.items);
      cursor = page.nextCursor;
      if (!cursor) return found;
    }
  }

  /** The approval with what the caller may do next. */
  async detail(
    approval: ApprovalRecord,
    caller: Caller,
  ): Promise<ApprovalDetail> {
    const situation = await this.#situations.read(approval, caller);
    return presentDetail(situation, this.#deps.gates.list());
  }

  /**
   * The answer to a command: what the approval was when the command was carried
   * out, also in a replay, with the collections as they are.
   */
  async answer(answered: Approval, caller: Caller): Promise<ApprovalDetail> {
    const now = await this.#deps.store.get(answered.id);
    if (!now) throw new NotFoundError(`There is no approval ${answered.id}.`);
    return { ...(await this.detail(now, caller)), ...answered };
  }

  /** The caller, and everybody in whose place they may sign. */
  async personas(caller: string): Promise<SignerPersona[]> {
    const { delegations, organisation, store, clock } = this.#deps;
    const [standIns, awaited] = await Promise.all([
      delegations.to(caller, clock.now()),
      store.awaitedLeads(),
    ]);
    const leads = await Promise.all(
      awaited.map(async pair => ({
        ...pair,
        people: await leadsFor(organisation, pair.leadGroup, pair.requester),
      })),
    );
    return Promise.all(
      [{ delegator: caller, role: undefined }, ...standIns].map(
        async ({ delegator, role }) => ({
          ref: delegator,
          role,
          groups: await organisation.groupsOf(delegator),
          leads: leads
            .filter(({ people }) => people.includes(delegator))
            .map(({ leadGroup, requester }) => ({ leadGroup, requester })),
        }),
      ),
    );
  }
}
