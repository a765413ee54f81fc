import type { ApprovalState } from '../generated/model-governance';
import { signOffsComplete, signOffRefusal } from './signOffs';
import type {
  TransitionFacts,
  TransitionRefusal,
  TransitionResult,
} from './types';

/** Where a command leads from the states that take it, or why not. */
export type Rule = (facts: TransitionFacts) => TransitionResult;

const to = (state: ApprovalState): TransitionResult => ({
  ok: true,
  to: state,
});

export const refuse = (
  code: TransitionRefusal['code'],
  message: string,
): TransitionResult => ({ ok: false, refusal: { code, message } });

/** The first refusal that applies, else the transition. */
const guarded = (
  ...steps: Array<TransitionResult | undefined>
): TransitionResult => {
  const result = steps.find(step => step !== undefined);
  if (!result) throw new Error('A rule must end in a transition');
  return result;
};

const systemOnly = (facts: TransitionFacts) =>
  facts.actor.kind === 'system'
    ? undefined
    : refuse('not-allowed', 'Only the hub itself gives this command.');

const withReason = (facts: TransitionFacts) =>
  facts.reason?.trim()
    ? undefined
    : refuse('reason-missing', 'Give a reason: it becomes part of the record.');

/**
 * Everything that stands in the way of submitting, in the order in which one
 * would settle it. The same guards hold again at the last signature.
 *
 * @public
 */
export function submitRefusals(
  facts: Pick<TransitionFacts, 'subject' | 'policyRefusals'>,
): TransitionRefusal[] {
  const { subject, policyRefusals } = facts;
  const guards: Array<[boolean, TransitionRefusal['code'], string]> = [
    [
      subject.ownerExists,
      'no-owner',
      'The model has no owner in the catalog. Set spec.owner to an existing group or user.',
    ],
    [
      subject.lifecycle !== 'retired',
      'model-retired',
      'The model is retired. Choose its successor.',
    ],
    [
      subject.lifecycle !== 'deprecated',
      'model-deprecated',
      'The model is deprecated and takes no new approvals. Choose its successor.',
    ],
    [
      subject.gatewayIdUnique,
      'gateway-id-conflict',
      'Another model claims the same gateway id. The owners have to settle which one keeps it.',
    ],
    [
      subject.versionPinned,
      'version-not-pinned',
      'This version is not pinned. Add spec.versions[].artifact.digest, or providerModelId and snapshot for a hosted model.',
    ],
    [
      subject.scopeExists,
      'scope-missing',
      'The purpose or the access profile does not exist any more. Create a new request.',
    ],
    [
      subject.heldBecause === undefined,
      'on-hold',
      `The model is on hold: ${subject.heldBecause} The hold has to be cleared first.`,
    ],
  ];
  return [
    ...guards
      .filter(([holds]) => !holds)
      .map(([, code, message]) => ({ code, message })),
    ...policyRefusals.map(message => ({
      code: 'policy-refusal' as const,
      message,
    })),
  ];
}

function submitGuards(facts: TransitionFacts): TransitionResult | undefined {
  const [refusal] = submitRefusals(facts);
  return refusal && { ok: false, refusal };
}

export const decisionRule =
  (state: 'rejected' | 'changes-requested'): Rule =>
  facts =>
    guarded(signOffRefusal(facts), withReason(facts), to(state));

export const withdraw: Rule = facts =>
  guarded(
    facts.actor.kind === 'user' &&
      (facts.actor.isRequester || facts.actor.isOwner)
      ? undefined
      : refuse(
          'not-allowed',
          'Only the requester or the owner of the model withdraws a request.',
        ),
    to('withdrawn'),
  );

export const submit: Rule = facts =>
  guarded(
    facts.actor.isRequester && facts.actor.kind === 'user'
      ? undefined
      : refuse('not-allowed', 'Only the requester submits a request.'),
    submitGuards(facts),
    to('checking'),
  );

export const subjectChanged: Rule = facts =>
  guarded(systemOnly(facts), {
    ok: true,
    to: 'checking',
    signOffsVoid: true,
  });

export const approve: Rule = facts => {
  const refusal = signOffRefusal(facts);
  if (refusal) return refusal;
  const { actor, role, leadOutdated } = facts;
  // Whatever the role: the signature would rest on a lead who is not the right one.
  if (leadOutdated) return refuse('lead-outdated', leadOutdated);
  const given = [
    ...facts.signOffs.given,
    { role: role!, by: actor.ref!, onBehalfOf: actor.onBehalfOf },
  ];
  if (!signOffsComplete(facts.signOffs.demanded, given)) return to('in-review');
  return guarded(
    submitGuards(facts),
    facts.subject.unchanged
      ? undefined
      : refuse(
          'subject-changed',
          'The model changed since it was submitted; the gates run again first.',
        ),
    facts.policyCurrent
      ? undefined
      : refuse(
          'policy-changed',
          'The policy in force asks for more than it did at submit. Ask for changes so that it is submitted again.',
        ),
    facts.gatesSatisfied
      ? undefined
      : refuse('gates-not-satisfied', 'A required gate has not passed.'),
    to('approved'),
  );
};

export const gatesPassed: Rule = facts =>
  guarded(
    systemOnly(facts),
    facts.gatesSatisfied
      ? undefined
      : refuse('gates-not-satisfied', 'A required gate has not passed.'),
    facts.signOffs.demanded.length > 0 ? to('in-review') : undefined,
    submitGuards(facts),
    facts.subject.unchanged
      ? undefined
      : refuse('subject-changed', 'The model changed while it was checked.'),
    facts.policyCurrent
      ? undefined
      : refuse(
          'policy-changed',
          'The policy in force asks for more than it did at submit.',
        ),
    to('approved'),
  );

export const suspend: Rule = facts =>
  guarded(
    facts.actor.kind === 'system' ||
      (facts.actor.kind === 'user' && facts.actor.may.suspend)
      ? undefined
      : refuse('not-allowed', 'Suspending needs permission model.suspend.'),
    withReason(facts),
    to('suspended'),
  );

export const clearHold: Rule = facts =>
  guarded(
    (facts.actor.kind === 'user' || facts.actor.kind === 'system') &&
      facts.mayClearHold
      ? undefined
      : refuse(
          'hold-not-clearable',
          'This hold is cleared by a role that may place it, and not by the requester.',
        ),
    withReason(facts),
    facts.openHoldsAfter > 0 ? to('suspended') : undefined,
    facts.waiverOver
      ? refuse(
          'gates-not-satisfied',
          'A waiver that this rests on ended, and its check does not pass. Renew the waiver, or make the check pass and run it again.',
        )
      : undefined,
    facts.newerApprovalExists
      ? refuse(
          'newer-approval',
          'A newer approval of the same scope and version is live; this one stays off.',
        )
      : undefined,
    facts.subject.lifecycle === 'retired'
      ? refuse('model-retired', 'The model is retired and stays off.')
      : undefined,
    facts.subject.ownerExists
      ? undefined
      : refuse(
          'no-owner',
          'The model has no owner in the catalog. Set spec.owner to an existing group or user.',
        ),
    facts.subject.unchanged
      ? undefined
      : refuse(
          'subject-changed',
          'The model is no longer what was approved. Restore it, or request a new approval.',
        ),
    to('approved'),
  );

export const revoke: Rule = facts =>
  guarded(
    facts.actor.kind === 'system' ||
      (facts.actor.kind === 'user' && facts.actor.may.revoke)
      ? undefined
      : refuse(
          'not-allowed',
          'Revoking needs permission model.approval.revoke.',
        ),
    withReason(facts),
    to('revoked'),
  );

export const bySystem =
  (state: ApprovalState): Rule =>
  facts =>
    guarded(systemOnly(facts), to(state));

export const create: Rule = facts =>
  guarded(
    facts.actor.kind === 'user' &&
      facts.actor.may.create &&
      facts.actor.may.read
      ? undefined
      : refuse(
          'not-allowed',
          'Asking for a model needs permission model.approval.create and to see the model.',
        ),
    to('draft'),
  );

function repeatedEmergency({
  earlierEmergency: earlier,
}: TransitionFacts): TransitionResult | undefined {
  if (!earlier) return undefined;
  return refuse(
    'emergency-repeated',
    earlier.reviewed
      ? `Emergency ${earlier.id} was for the same, and its time is not over before ${earlier.until}; it is not prolonged. Have the request decided.`
      : `Emergency ${earlier.id} for the same purpose and profile is not reviewed. Somebody with permission model.break-glass.review has to look at it first.`,
  );
}

export const breakGlass: Rule = facts =>
  guarded(
    facts.kind === 'emergency'
      ? undefined
      : refuse(
          'illegal-transition',
          'Break-glass makes a separate emergency approval.',
        ),
    facts.actor.kind === 'user'
      ? undefined
      : refuse('not-a-person', 'Only a person opens a model in an emergency.'),
    facts.actor.may.breakGlass
      ? undefined
      : refuse(
          'not-allowed',
          'Break-glass needs permission model.break-glass.',
        ),
    facts.isPendingRequester
      ? refuse(
          'own-request',
          'Whoever asked for the model does not open it themselves. Ask another responder.',
        )
      : undefined,
    facts.pendingRequestExists
      ? undefined
      : refuse(
          'no-pending-request',
          'An emergency stands beside a request. Have whoever needs the model submit one for this version, tier, purpose and profile first.',
        ),
    repeatedEmergency(facts),
    facts.newerApprovalExists
      ? refuse(
          'already-approved',
          'Exactly this is approved already; there is nothing to open.',
        )
      : undefined,
    withReason(facts),
    facts.criticalFinding
      ? refuse(
          'critical-finding',
          'The artifact has a critical finding; no emergency opens it.',
        )
      : undefined,
    submitGuards(facts),
    facts.actor.secondFactor
      ? undefined
      : refuse('step-up-required', 'Confirm with your passkey.'),
    to('approved'),
  );
