import {
  signOffsGiven,
  transition,
  type Approval,
  type ApprovalDetail,
  type CommandOption,
  type Demands,
  type Hold,
  type SignOffRole,
  type TransitionFacts,
  type UserCommand,
} from '@modelhub/backstage-plugin-models-common';
import type { GateService } from '../gates/GateService';
import type { PolicyDecision } from '../policies/PolicyService';
import { isModelHold, reachOf } from './holds';
import type {
  ApprovalHoldRecord,
  ApprovalRecord,
  ModelHoldRecord,
} from './records';
import {
  countSignOffs,
  factsOf,
  mayClear,
  type CommandDetails,
  type Situation,
} from './Situation';

/** An approval as lists show it. */
export function presentApproval(approval: ApprovalRecord): Approval {
  const {
    round,
    pin,
    ownerRef,
    ownerPeople,
    leadGroup,
    policyDecision,
    evidenceIds,
    checkDeadlineAt,
    absentSince,
    reviewVerdict,
    ...visible
  } = approval;
  return visible;
}

export function presentHold(
  hold: ApprovalHoldRecord | ModelHoldRecord,
  clearable: boolean,
): Hold {
  if (!isModelHold(hold)) {
    return { ...hold, covers: 'approval', mayClear: clearable };
  }
  const { entityRef, pin, ...visible } = hold;
  return { ...visible, covers: reachOf(hold), mayClear: clearable };
}

/** What is demanded, with those who could sign now. */
export function presentDemands(
  decision: PolicyDecision,
  gates: ReturnType<GateService['list']>,
  situation: Situation,
): Demands {
  const { approval, holders, ownerPeople } = situation;
  const { given } = countSignOffs(situation);
  const engaged = new Set(
    given.flatMap(({ by, onBehalfOf }) => [by, onBehalfOf]),
  );
  return {
    tier: decision.tier,
    policyVersion: decision.version,
    expiresAfterDays: decision.expiresAfterDays,
    gates: decision.gates.map(demand => {
      const gate = gates.find(({ id }) => id === demand.id);
      return {
        id: demand.id,
        title: gate?.title ?? demand.id,
        description: gate?.description,
        required: demand.required,
        params: demand.params as Record<string, never>,
        waivableBy: demand.waivableBy,
        waiverDays: demand.waiverDays,
        waiverSecondFactor: demand.waiverSecondFactor ?? false,
      };
    }),
    signOffs: decision.signOffs.map(
      ({ role, quorum, groups, secondFactor }) => ({
        role,
        quorum,
        secondFactor,
        groups:
          role === 'lead' && approval.leadGroup ? [approval.leadGroup] : groups,
        people: (holders.get(role) ?? []).filter(
          person =>
            person !== approval.requester &&
            !engaged.has(person) &&
            !(role !== 'lead' && ownerPeople.has(person)),
        ),
        given: signOffsGiven(role, given),
      }),
    ),
  };
}

const needsReason: UserCommand[] = [
  'reject',
  'request-changes',
  'suspend',
  'clear-hold',
  'revoke',
];

/** Refusals that are no news to the one who looks: the button is left out. */
const silent = ['illegal-transition', 'role-not-held', 'role-not-asked'];

function option(
  situation: Situation,
  command: UserCommand,
  details: Omit<CommandDetails, 'reason' | 'secondFactor'> = {},
  more: Partial<TransitionFacts> = {},
): CommandOption[] {
  const result = transition(situation.approval.state, command, {
    ...factsOf(situation, {
      ...details,
      reason: 'to be given',
      secondFactor: true,
    }),
    ...more,
  });
  if (!result.ok && silent.includes(result.refusal.code)) return [];
  const demand = situation.approval.policyDecision?.signOffs.find(
    ({ role }) => role === details.role,
  );
  return [
    {
      command,
      ...details,
      allowed: result.ok,
      ...(!result.ok && { refusal: result.refusal }),
      needsReason: needsReason.includes(command),
      needsStepUp: demand?.secondFactor ?? false,
    },
  ];
}

/** What the caller may do now, and what is refused with the reason. */
export function commandOptions(situation: Situation): CommandOption[] {
  const { approval, holds, delegations } = situation;
  const roles = (approval.policyDecision?.signOffs ?? []).map(
    ({ role }) => role,
  );
  const inRole = (command: UserCommand) =>
    roles.flatMap((role: SignOffRole) => [
      ...option(situation, command, { role }),
      ...delegations.flatMap(({ delegator }) =>
        option(situation, command, { role, onBehalfOf: delegator }),
      ),
    ]);
  return [
    ...option(situation, 'submit'),
    ...inRole('approve'),
    ...inRole('request-changes'),
    ...inRole('reject'),
    ...option(situation, 'withdraw'),
    ...option(situation, 'suspend'),
    ...holds
      .filter(hold => !hold.clearedAt)
      .flatMap(hold =>
        option(
          situation,
          'clear-hold',
          { holdId: hold.id },
          // Is cleared whatever then becomes of this one approval.
          isModelHold(hold) ? { openHoldsAfter: 1 } : {},
        ),
      ),
    ...option(situation, 'revoke'),
  ];
}

/** Before submit there is no decision yet, so what would be asked is shown. */
export function presentDetail(
  situation: Situation,
  gates: ReturnType<GateService['list']>,
): ApprovalDetail {
  const { approval, policyNow } = situation;
  const decision = approval.policyDecision ?? policyNow;
  const lost = new Set(countSignOffs(situation).lost.map(l => l.signOff.id));
  return {
    ...presentApproval(approval),
    demands: decision
      ? presentDemands(decision, gates, situation)
      : {
          tier: approval.tier,
          policyVersion: '',
          expiresAfterDays: 0,
          gates: [],
          signOffs: [],
        },
    gates: situation.gateResults,
    signOffs: situation.signOffs.map(
      ({ approvalId, round, evidence, voidAt, voidReason, ...signOff }) => ({
        ...signOff,
        valid:
          voidAt === undefined &&
          round === approval.round &&
          !(approval.state === 'in-review' && lost.has(signOff.id)),
      }),
    ),
    holds: situation.holds.map(hold =>
      presentHold(hold, !hold.clearedAt && mayClear(situation)),
    ),
    commands: commandOptions(situation),
  };
}
