import type { TransitionFacts } from '@modelhub/backstage-plugin-models-common';
import type { Caller } from './Caller';
import type { ApprovalRecord } from './records';
import { noRights, type CallerRights } from './Situation';

/**
 * Facts for commands that depend on the actor and a reason alone, such as
 * suspending or expiring. Everything else counts as not given.
 */
export function plainFacts(
  approval: Pick<ApprovalRecord, 'kind' | 'requester'>,
  options: { caller?: Caller; rights?: CallerRights; reason?: string } = {},
): TransitionFacts {
  const { caller, rights = noRights, reason } = options;
  return {
    kind: approval.kind,
    actor: {
      kind: caller?.kind ?? 'system',
      ref: caller?.ref,
      roles: [],
      isRequester: caller?.ref === approval.requester,
      isOwner: false,
      may: rights,
      secondFactor: false,
    },
    reason,
    subject: {
      versionPinned: false,
      ownerExists: false,
      lifecycle: 'active',
      gatewayIdUnique: false,
      unchanged: false,
      scopeExists: false,
    },
    policyRefusals: [],
    gatesSatisfied: false,
    policyCurrent: false,
    signOffs: { demanded: [], given: [] },
    openHoldsAfter: 0,
    mayClearHold: false,
    newerApprovalExists: false,
    criticalFinding: false,
    isPendingRequester: false,
    pendingRequestExists: false,
  };
}
