import {
  modelApprovalCreatePermission,
  modelApprovalReadPermission,
  modelApprovalRevokePermission,
  modelApprovalSignPermission,
  modelBreakGlassPermission,
  modelGateWaivePermission,
  modelSuspendPermission,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { ModelApprovalResource } from '../permissions';
import type { PolicyDecision } from '../policies/PolicyService';
import type { ApprovalScope } from './ApprovalStore';
import type { Caller } from './Caller';
import type { ApprovalDeps } from './deps';
import { asSentence, covers } from './holds';
import type { ApprovalRecord, SignerClaim } from './records';
import { livingStates } from './records';
import { leadGroupFor, peopleOf, roleHolders } from './signers';
import {
  noRights,
  type CallerRights,
  type Locked,
  type Situation,
} from './Situation';
import { policyModel, subjectOf, type Subject } from './subject';

const nothingAsked: PolicyDecision['signOffs'] = [];

export function resourceOf(
  approval: ApprovalRecord,
  signers: SignerClaim[],
): ModelApprovalResource {
  return {
    id: approval.id,
    requester: approval.requester,
    ownerRef: approval.ownerRef,
    tier: approval.tier,
    state: approval.state,
    awaited: signers.filter(({ role }) => approval.waitingFor.includes(role)),
  };
}

/** Whether another approval of the same scope and version is live. */
const newer = (approval: ApprovalRecord, siblings: ApprovalRecord[]) =>
  siblings.some(({ id, state }) => id !== approval.id && state === 'approved');

/** Reads a {@link Situation}. Nothing is kept from one decision to the next. */
export class SituationReader {
  static create(deps: ApprovalDeps): SituationReader {
    return new SituationReader(deps);
  }

  readonly #deps: ApprovalDeps;

  private constructor(deps: ApprovalDeps) {
    this.#deps = deps;
  }

  async subject(
    scope: Pick<ApprovalScope, 'entityRef' | 'modelVersion' | 'tier'>,
  ): Promise<Subject | undefined> {
    const entity = await this.#deps.organisation.model(scope.entityRef);
    return entity && subjectOf(entity, scope.modelVersion, scope.tier);
  }

  /** Why a new approval of this scope is no way round a hold, if there is one. */
  async heldBecause(
    scope: ApprovalScope & Pick<ApprovalRecord, 'pin'>,
    tx?: Knex.Transaction,
  ): Promise<string | undefined> {
    const { holds } = this.#deps;
    const onModel = await holds.openOnModels([scope.entityRef], tx);
    const onScopes = await holds.openOnScopes(scope.entityRef, tx);
    const hold =
      onModel.find(one => covers(one, scope)) ??
      onScopes.find(
        ({ kind, scope: on }) =>
          // What was approved changed, or lost its owner or a waiver, or is not
          // enough any more: a new approval is the way out.
          ![
            'subject-changed',
            'policy-changed',
            'ownerless',
            'waiver-ended',
          ].includes(kind) &&
          on.modelVersion === scope.modelVersion &&
          on.tier === scope.tier &&
          on.purpose === scope.purpose &&
          on.profile === scope.profile,
      );
    return hold && asSentence(hold.reason);
  }

  /** The group whose lead is asked as things are now. */
  async leadGroup(
    request: Pick<ApprovalRecord, 'id' | 'entityRef' | 'requesterGroup'>,
    ownerRef: string,
  ): Promise<string | undefined> {
    const { store } = this.#deps;
    return leadGroupFor({
      firstApproval: !(await store.everApproved(request.entityRef, request.id)),
      ownerRef,
      requesterGroup: request.requesterGroup,
    });
  }

  /** Why the lead who was settled at submit is not the one to ask any more. */
  async leadOutdated(
    request: ApprovalRecord,
    ownerRef: string,
  ): Promise<string | undefined> {
    const { leadGroup, requester } = request;
    const asksLead = request.policyDecision?.signOffs.some(
      ({ role }) => role === 'lead',
    );
    // The owner's lead stays right when another request was approved meanwhile.
    if (!asksLead || leadGroup === ownerRef) return undefined;
    if (leadGroup !== (await this.leadGroup(request, ownerRef))) {
      return `The model belongs to ${ownerRef} now, and the lead of ${leadGroup} was asked. The hub asks the new owner's lead within a minute, and checks again.`;
    }
    const groups = await this.#deps.organisation.groupsOf(requester);
    return leadGroup === undefined || groups.includes(leadGroup)
      ? undefined
      : `${requester} does not belong to ${leadGroup} any more, whose lead was asked. They have to withdraw this and ask again.`;
  }

  /** Under the model's lock: what may have changed since the situation was read. */
  async locked(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
  ): Promise<Locked> {
    const { store, holds, gates } = this.#deps;
    return {
      holds: await holds.of(approval, tx),
      heldBecause: await this.heldBecause(approval, tx),
      newerApprovalExists: newer(
        approval,
        await store.ofScope(approval, livingStates, tx),
      ),
      gates: await gates.conclusion(approval.id, tx),
    };
  }

  /** What the policy in force asks for; undefined without a model. */
  async policy(
    subject: Subject | undefined,
    request: Pick<ApprovalRecord, 'tier' | 'purpose' | 'profile' | 'requester'>,
  ): Promise<PolicyDecision | undefined> {
    if (!subject) return undefined;
    const { access, organisation, policies } = this.#deps;
    const [purpose, groups] = await Promise.all([
      access.purpose(request.purpose),
      organisation.groupsOf(request.requester),
    ]);
    return policies.decide({
      tier: request.tier,
      purpose,
      profile: request.profile,
      model: policyModel(subject),
      requester: { ref: request.requester, groups },
    });
  }

  async rights(
    caller: Caller | undefined,
    approval: ModelApprovalResource,
  ): Promise<CallerRights> {
    if (!caller) return noRights;
    const { authorizer } = this.#deps;
    const [[create, suspend, breakGlass], [read, sign, revoke, waive]] =
      await Promise.all([
        authorizer.may(caller.credentials, [
          modelApprovalCreatePermission,
          modelSuspendPermission,
          modelBreakGlassPermission,
        ]),
        authorizer.mayOn(
          caller.credentials,
          [
            modelApprovalReadPermission,
            modelApprovalSignPermission,
            modelApprovalRevokePermission,
            modelGateWaivePermission,
          ],
          approval,
        ),
      ]);
    return { create, suspend, breakGlass, read, sign, revoke, waive };
  }

  /**
   * @param decided - What is demanded; by default what was demanded at submit.
   */
  async read(
    approval: ApprovalRecord,
    caller: Caller | undefined,
    options: {
      subject?: Subject;
      decided?: PolicyDecision;
      rights?: CallerRights;
    } = {},
  ): Promise<Situation> {
    const { store, delegations, organisation, access, gates, policies, clock } =
      this.#deps;
    const decided = options.decided ?? approval.policyDecision;
    const subject = options.subject ?? (await this.subject(approval));
    const ownerRef = subject?.ownerRef ?? approval.ownerRef;
    const [
      policyNow,
      ownerExists,
      ownerPeople,
      claimants,
      otherHolders,
      purpose,
      profile,
      holders,
      standIns,
      signOffs,
      holds,
      heldBecause,
      siblings,
      conclusion,
      results,
      signers,
      criticalFinding,
      leadOutdated,
    ] = await Promise.all([
      this.policy(subject, approval),
      organisation.exists(ownerRef),
      peopleOf(organisation, ownerRef),
      subject ? organisation.claimantsOf(subject.gatewayId) : [],
      subject ? store.otherHolders(subject.gatewayId, approval.entityRef) : [],
      access.purpose(approval.purpose),
      access.profile(approval.profile),
      roleHolders(organisation, decided?.signOffs ?? nothingAsked, approval),
      caller?.kind === 'user' ? delegations.to(caller.ref, clock.now()) : [],
      store.signOffs(approval.id),
      this.#deps.holds.of(approval),
      this.heldBecause({ ...approval, pin: subject?.pin ?? approval.pin }),
      store.ofScope(approval, livingStates),
      gates.conclusion(approval.id),
      gates.results([approval.id]),
      store.signers([approval.id]),
      subject?.pin ? gates.hasCriticalFinding(subject.pin) : false,
      ['checking', 'in-review'].includes(approval.state)
        ? this.leadOutdated(approval, ownerRef)
        : undefined,
    ]);
    const rights =
      options.rights ??
      (await this.rights(
        caller,
        resourceOf(approval, signers.get(approval.id) ?? []),
      ));
    return {
      approval: { ...approval, policyDecision: decided },
      caller,
      rights,
      subject,
      ownerExists,
      gatewayIdUnique:
        otherHolders.length === 0 &&
        claimants.every(ref => ref === approval.entityRef),
      ownerPeople: new Set([...ownerPeople, ...approval.ownerPeople]),
      purpose,
      profile,
      policyNow,
      policyCurrent: Boolean(
        decided && policyNow && policies.isCovered(decided, policyNow),
      ),
      holders,
      delegations: standIns,
      signOffs,
      holds,
      heldBecause,
      newerApprovalExists: newer(approval, siblings),
      gates: conclusion,
      gateResults: results.get(approval.id) ?? [],
      criticalFinding,
      isPendingRequester: false,
      pendingRequestExists: false,
      leadOutdated,
    };
  }
}
