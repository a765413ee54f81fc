import {
  openRoles,
  type AccessProfile,
  type GateResult,
  type Purpose,
  type SignOffRole,
  type TransitionFacts,
} from '@modelhub/backstage-plugin-models-common';
import type { GatesConclusion } from '../gates/GateService';
import type { PolicyDecision } from '../policies/PolicyService';
import type { Caller } from './Caller';
import type {
  ApprovalHoldRecord,
  ApprovalRecord,
  DelegationRecord,
  ModelHoldRecord,
  SignOffRecord,
} from './records';
import { lostSignOff, type RoleHolders } from './signers';
import { differences, type Subject } from './subject';

export interface CallerRights {
  read: boolean;
  create: boolean;
  sign: boolean;
  waive: boolean;
  suspend: boolean;
  revoke: boolean;
  breakGlass: boolean;
}

/** The hub itself needs no permissions: its commands are named in the table. */
export const noRights: CallerRights = {
  read: false,
  create: false,
  sign: false,
  waive: false,
  suspend: false,
  revoke: false,
  breakGlass: false,
};

/**
 * All that a decision about one approval looks at, read afresh for it: the
 * database at one revision, the catalog and the policy at this moment.
 */
export interface Situation {
  approval: ApprovalRecord;
  /** Undefined for the hub itself. */
  caller?: Caller;
  rights: CallerRights;
  subject?: Subject;
  ownerExists: boolean;
  gatewayIdUnique: boolean;
  /** Belong to the owner now, or did at submit. */
  ownerPeople: ReadonlySet<string>;
  purpose?: Purpose;
  profile?: AccessProfile;
  /** The policy in force; undefined when the model is gone. */
  policyNow?: PolicyDecision;
  policyCurrent: boolean;
  holders: RoleHolders;
  /** Delegations to the caller that are in force. */
  delegations: DelegationRecord[];
  signOffs: SignOffRecord[];
  /** On the approval, and on its model as far as they reach it. */
  holds: Array<ApprovalHoldRecord | ModelHoldRecord>;
  heldBecause?: string;
  newerApprovalExists: boolean;
  gates: GatesConclusion;
  gateResults: GateResult[];
  criticalFinding: boolean;
  isPendingRequester: boolean;
  pendingRequestExists: boolean;
  earlierEmergency?: TransitionFacts['earlierEmergency'];
  leadOutdated?: string;
}

/** What others may change while one decides; read again under the model's lock. */
export type Locked = Pick<
  Situation,
  'holds' | 'heldBecause' | 'newerApprovalExists' | 'gates'
>;

/** Sign-offs of this round that the table still counts, and those that were lost since. */
export function countSignOffs(situation: Situation): {
  given: SignOffRecord[];
  lost: Array<{ signOff: SignOffRecord; reason: string }>;
} {
  const { approval, holders, ownerPeople } = situation;
  const given: SignOffRecord[] = [];
  const lost: Array<{ signOff: SignOffRecord; reason: string }> = [];
  for (const signOff of situation.signOffs) {
    if (signOff.voidAt || signOff.round !== approval.round) continue;
    if (signOff.decision !== 'approve') continue;
    const reason = lostSignOff(signOff, approval, holders, ownerPeople);
    if (reason) lost.push({ signOff, reason });
    else given.push(signOff);
  }
  return { given, lost };
}

/** Roles that wait for somebody, with what was lost counted as open again. */
export function awaitedRoles(
  situation: Situation,
  extra: SignOffRecord[] = [],
): SignOffRole[] {
  return openRoles(situation.approval.policyDecision?.signOffs ?? [], [
    ...countSignOffs(situation).given,
    ...extra,
  ]);
}

export interface CommandDetails {
  role?: SignOffRole;
  onBehalfOf?: string;
  reason?: string;
  holdId?: string;
  secondFactor?: boolean;
}

function actorFacts(
  situation: Situation,
  { onBehalfOf, role, secondFactor }: CommandDetails,
): TransitionFacts['actor'] {
  const { caller, approval, holders, ownerPeople, rights } = situation;
  if (!caller) {
    return {
      kind: 'system',
      roles: [],
      isRequester: false,
      isOwner: false,
      may: noRights,
      secondFactor: false,
    };
  }
  const standsIn = situation.delegations.some(
    delegation =>
      delegation.delegator === onBehalfOf &&
      (delegation.role === undefined || delegation.role === role),
  );
  const holder = onBehalfOf ?? caller.ref;
  const persons = [caller.ref, holder];
  const isPerson = caller.kind === 'user' && caller.inPerson;
  const mayHold = isPerson && (onBehalfOf === undefined || standsIn);
  return {
    // An agent that acts for somebody may ask for them, but not decide for them.
    kind: isPerson || role === undefined ? caller.kind : 'service',
    ref: caller.ref,
    onBehalfOf,
    roles: mayHold
      ? [...holders].flatMap(([held, people]) =>
          people.includes(holder) ? [held] : [],
        )
      : [],
    isRequester: persons.includes(approval.requester),
    isOwner: persons.some(person => ownerPeople.has(person)),
    may: rights,
    secondFactor: secondFactor ?? false,
  };
}

/** Whether the caller may clear a hold: whoever may place one, except the requester. */
export function mayClear(situation: Situation): boolean {
  const { caller, rights, approval } = situation;
  return (
    caller?.kind === 'user' &&
    caller.inPerson &&
    rights.suspend &&
    caller.ref !== approval.requester
  );
}

/** The situation as the transition table sees it. */
export function factsOf(
  situation: Situation,
  details: CommandDetails = {},
): TransitionFacts {
  const { approval, subject } = situation;
  const { given } = countSignOffs(situation);
  const open = situation.holds.filter(hold => !hold.clearedAt);
  const cleared = open.some(
    hold =>
      hold.id === details.holdId &&
      // What policies end lives again by policies, and by nobody's word.
      hold.kind !== 'policy-changed',
  );
  return {
    kind: approval.kind,
    actor: actorFacts(situation, details),
    reason: details.reason,
    role: details.role,
    subject: {
      versionPinned: subject?.pin !== undefined,
      ownerExists: situation.ownerExists,
      lifecycle: subject?.entity.spec.lifecycle ?? 'retired',
      gatewayIdUnique: situation.gatewayIdUnique,
      unchanged: differences(approval, subject).length === 0,
      scopeExists:
        situation.purpose !== undefined && situation.profile !== undefined,
      heldBecause: situation.heldBecause,
    },
    policyRefusals:
      situation.policyNow?.refusals.map(({ message }) => message) ?? [],
    gatesSatisfied: situation.gates.status === 'passed',
    policyCurrent: situation.policyCurrent,
    signOffs: {
      demanded: approval.policyDecision?.signOffs ?? [],
      given,
    },
    openHoldsAfter: open.length - (cleared ? 1 : 0),
    waiverOver:
      situation.gates.status !== 'passed' &&
      situation.gateResults.some(({ required, waiver }) => required && waiver),
    mayClearHold: cleared && mayClear(situation),
    newerApprovalExists: situation.newerApprovalExists,
    criticalFinding: situation.criticalFinding,
    isPendingRequester: situation.isPendingRequester,
    pendingRequestExists: situation.pendingRequestExists,
    earlierEmergency: situation.earlierEmergency,
    leadOutdated: situation.leadOutdated,
  };
}
