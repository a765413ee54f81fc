import {
  modelApprovalCreatePermission,
  modelApprovalReadPermission,
  modelApprovalRevokePermission,
  modelApprovalSignPermission,
  modelBreakGlassPermission,
  modelGateWaivePermission,
  modelSuspendPermission,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelApprovalResource } from '../permissions';
import type { PolicyDecision } from '../policies/PolicyService';
import type { ApprovalScope } from './ApprovalStore';
import type { Caller } from './Caller';
import type { ApprovalDeps } from './deps';
import type { ApprovalRecord, SignerClaim } from './records';
import { livingStates } from './records';
import { peopleOf, roleHolders } from './signers';
import { noRights, type CallerRights, type Situation } from './Situation';
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
  async heldBecause(scope: ApprovalScope): Promise<string | undefined> {
    const holds = await this.#deps.store.openHolds(scope.entityRef);
    return holds.find(({ kind, covers, scope: on }) => {
      // What was approved changed or lost its owner: a new approval is the way out.
      if (kind === 'subject-changed' || kind === 'ownerless') return false;
      if (covers === 'model') return true;
      if (on.modelVersion !== scope.modelVersion) return false;
      return (
        covers === 'version' ||
        (on.tier === scope.tier &&
          on.purpose === scope.purpose &&
          on.profile === scope.profile)
      );
    })?.reason;
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
      store.holds(approval.id),
      this.heldBecause(approval),
      store.ofScope(approval, livingStates),
      gates.conclusion(approval.id),
      gates.results([approval.id]),
      store.signers([approval.id]),
      subject?.pin ? gates.hasCriticalFinding(subject.pin) : false,
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
      newerApprovalExists: siblings.some(
        other => other.id !== approval.id && other.state === 'approved',
      ),
      gates: conclusion,
      gateResults: results.get(approval.id) ?? [],
      criticalFinding,
      isPendingRequester: false,
    };
  }
}
