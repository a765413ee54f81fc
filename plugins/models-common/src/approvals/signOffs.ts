import type { SignOffRole } from '../generated/model-governance';
import type {
  SignOffDemandFact,
  SignOffFact,
  TransitionFacts,
  TransitionRefusal,
} from './types';

const refuse = (code: TransitionRefusal['code'], message: string) => ({
  ok: false as const,
  refusal: { code, message },
});

/** Roles that must be independent of the people who own the model. */
const independentRoles: SignOffRole[] = ['security', 'legal', 'risk'];

/** Everyone whom a sign-off counts for: the one who signed and the one they stood in for. */
const personsOf = (signOff: { by: string; onBehalfOf?: string }) =>
  [signOff.by, signOff.onBehalfOf].filter(ref => ref !== undefined);

/**
 * How many different people signed in a role.
 *
 * @public
 */
export function signOffsGiven(role: SignOffRole, given: SignOffFact[]): number {
  return new Set(
    given.filter(s => s.role === role).map(s => s.onBehalfOf ?? s.by),
  ).size;
}

/**
 * Whether every demanded role has its quorum.
 *
 * @public
 */
export function signOffsComplete(
  demanded: SignOffDemandFact[],
  given: SignOffFact[],
): boolean {
  return demanded.every(d => signOffsGiven(d.role, given) >= d.quorum);
}

/**
 * Roles that still wait for someone.
 *
 * @public
 */
export function openRoles(
  demanded: SignOffDemandFact[],
  given: SignOffFact[],
): SignOffRole[] {
  return demanded
    .filter(d => signOffsGiven(d.role, given) < d.quorum)
    .map(d => d.role);
}

/**
 * Separation of duties: why this person may not sign in this role, or
 * undefined when they may. A delegate counts as the delegator.
 *
 * @public
 */
export function signOffRefusal(
  facts: TransitionFacts,
): { ok: false; refusal: TransitionRefusal } | undefined {
  const { actor, role, signOffs } = facts;
  if (actor.kind !== 'user' || !actor.ref) {
    return refuse('not-a-person', 'Only a person signs, never a service.');
  }
  if (!actor.may.sign) {
    return refuse(
      'not-allowed',
      'Signing needs permission model.approval.sign.',
    );
  }
  if (!role) {
    return refuse('role-missing', 'Say in which role you decide.');
  }
  const demand = signOffs.demanded.find(d => d.role === role);
  if (!demand) {
    return refuse('role-not-asked', `This request does not ask for ${role}.`);
  }
  if (actor.isRequester) {
    return refuse(
      'own-request',
      'You asked for this, so somebody else has to decide.',
    );
  }
  if (!actor.roles.includes(role)) {
    return refuse('role-not-held', `You do not hold the role ${role} here.`);
  }
  if (actor.isOwner && independentRoles.includes(role)) {
    return refuse(
      'owner-conflict',
      `Members of the group that owns the model do not sign as ${role}.`,
    );
  }
  const me = personsOf({ by: actor.ref, onBehalfOf: actor.onBehalfOf });
  const mine = signOffs.given.find(s => personsOf(s).some(p => me.includes(p)));
  if (mine) {
    return refuse(
      'already-signed',
      `You, or the person you stand in for, already signed as ${mine.role}; one person fills one role.`,
    );
  }
  if (signOffsGiven(role, signOffs.given) >= demand.quorum) {
    return refuse('role-complete', `The role ${role} is already filled.`);
  }
  if (demand.secondFactor && !actor.secondFactor) {
    return refuse('step-up-required', 'Confirm with your passkey.');
  }
  return undefined;
}
