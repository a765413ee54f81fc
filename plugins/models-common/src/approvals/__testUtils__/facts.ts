import type { ActorFacts, TransitionFacts } from '../types';

type Override<T> = {
  [K in keyof T]?: T[K] extends unknown[] ? T[K] : Partial<T[K]>;
};

/** Nobody in particular, with no rights. */
export const nobody: ActorFacts = {
  kind: 'user',
  ref: 'user:default/nobody',
  roles: [],
  isRequester: false,
  isOwner: false,
  may: {
    read: true,
    create: false,
    sign: false,
    suspend: false,
    revoke: false,
    breakGlass: false,
  },
  secondFactor: false,
};

/** Facts in which nothing but the actor stands in the way of any command. */
export function facts(
  actor: Override<ActorFacts>,
  more: Override<Omit<TransitionFacts, 'actor' | 'subject'>> & {
    subject?: Partial<TransitionFacts['subject']>;
  } = {},
): TransitionFacts {
  const { subject, ...rest } = more;
  return {
    kind: 'standard',
    reason: 'because',
    gatesSatisfied: true,
    policyRefusals: [],
    policyCurrent: true,
    signOffs: {
      demanded: [
        { role: 'lead', quorum: 1, secondFactor: false },
        { role: 'security', quorum: 1, secondFactor: false },
      ],
      given: [],
    },
    openHoldsAfter: 0,
    mayClearHold: false,
    newerApprovalExists: false,
    criticalFinding: false,
    isPendingRequester: false,
    pendingRequestExists: true,
    ...rest,
    subject: {
      versionPinned: true,
      ownerExists: true,
      lifecycle: 'active',
      gatewayIdUnique: true,
      unchanged: true,
      scopeExists: true,
      ...subject,
    },
    actor: { ...nobody, ...actor, may: { ...nobody.may, ...actor.may } },
  } as TransitionFacts;
}
