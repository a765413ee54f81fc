import type { ReplayedApproval } from '@modelhub/backstage-plugin-models-common';
import {
  compareDecisions,
  isAtLeastAsStrict,
  type DecisionChange,
  type GateDescription,
  type PolicyDecision,
  type SignOffPolicy,
} from '@modelhub/policies';

const DAY_MS = 24 * 3600_000;

/** What a check says under other parameters, as far as it is known. */
export type KnownVerdict =
  | { verdict: 'pass' | 'fail'; summary: string }
  | { verdict: 'unknown' | 'not-applicable' };

/** A decision of a person that counts. */
export interface Signed {
  role: string;
  secondFactor: boolean;
  /** Groups of whom it counts for. */
  groups: string[];
}

/** What an approval rests on, and what policies say of its subject. */
export interface ApprovalFacts {
  /** Of a standard request; the others are decided by other rules. */
  isStandard: boolean;
  /** What it was decided under. */
  then: PolicyDecision;
  /** Under the policies in force. */
  current: PolicyDecision;
  proposed: PolicyDecision;
  approvedAt?: string;
  expiresAt?: string;
  now: Date;
  signed: Signed[];
  /** Checks that were waived. */
  waived: string[];
  verdictOf(gateId: string): KnownVerdict;
  gateOf(id: string): GateDescription | undefined;
}

export type Judgement = Pick<
  ReplayedApproval,
  'effect' | 'reasons' | 'expiresAtThen'
>;

interface Reason {
  effect: 'ends' | 'stricter' | 'looser' | 'none';
  code: string;
  message: string;
  expiresAtThen?: string;
}

/** What says nothing about an approval that is there. */
const ofNewOnes = ['check-deadline', 'break-glass', 'snapshot-age'];

const asksMore = ({ effect }: DecisionChange) => effect !== 'looser';

/** What proposed policies change for an approval, besides those in force. */
export function changesFor(
  facts: Pick<ApprovalFacts, 'current' | 'proposed' | 'gateOf' | 'isStandard'>,
): DecisionChange[] {
  return compareDecisions(facts.current, facts.proposed, facts.gateOf).filter(
    ({ code }) =>
      !ofNewOnes.includes(code) && (facts.isStandard || code === 'refused'),
  );
}

/** Checks whose answer under the proposed policies matters. */
export function gatesInQuestion(facts: ApprovalFacts): string[] {
  return [
    ...new Set(
      changesFor(facts)
        .filter(change => asksMore(change) && change.code.startsWith('gate-'))
        .flatMap(({ gateId }) => gateId ?? [])
        .filter(id => !sufficed(facts, id)),
    ),
  ];
}

/**
 * Whether an approval outlives other policies, and why not. What was decided
 * counts: a check that was harder then, or a person who signed without having
 * been asked, suffices.
 */
export function judgeApproval(facts: ApprovalFacts): Judgement {
  const reasons = changesFor(facts).flatMap(change => reasonOf(change, facts));
  const effect =
    (['ends', 'stricter', 'looser'] as const).find(worst =>
      reasons.some(reason => reason.effect === worst),
    ) ?? 'unchanged';
  const ends = reasons.flatMap(({ expiresAtThen }) => expiresAtThen ?? []);
  return {
    effect,
    reasons: unique(reasons),
    ...(effect !== 'ends' &&
      ends.length > 0 && { expiresAtThen: ends.sort()[0] }),
  };
}

function unique(reasons: Reason[]): Judgement['reasons'] {
  const order = ['ends', 'stricter', 'looser', 'none'];
  const seen = new Set<string>();
  return reasons
    .sort((a, b) => order.indexOf(a.effect) - order.indexOf(b.effect))
    .filter(({ code, message }) => {
      const key = `${code} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .map(({ code, message }) => ({ code, message }));
}

function reasonOf(change: DecisionChange, facts: ApprovalFacts): Reason[] {
  const { code, text, gateId, role } = change;
  if (code === 'life' || code === 'exception-end') return lifeReason(facts);
  if (code === 'waiver') return waiverReason(change, facts);
  if (change.effect === 'looser') {
    return [{ effect: 'looser', code, message: text }];
  }
  if (code === 'refused') return [{ effect: 'ends', code, message: text }];
  if (gateId) return gateReason(gateId, text, facts);
  const demand = facts.proposed.signOffs.find(it => it.role === role);
  return demand ? signOffReason(demand, text, facts) : [];
}

/** Whether what was decided under asked for as much. */
function sufficed({ then, proposed, gateOf }: ApprovalFacts, id: string) {
  const demand = proposed.gates.find(gate => gate.id === id);
  if (!demand?.required) return true;
  const before = then.gates.find(gate => gate.id === id);
  const orders = gateOf(id)?.paramOrder ?? {};
  return (
    before?.required === true &&
    Object.keys(demand.params).every(name =>
      isAtLeastAsStrict(orders[name], demand.params[name], before.params[name]),
    )
  );
}

function gateReason(id: string, text: string, facts: ApprovalFacts): Reason[] {
  if (sufficed(facts, id)) return [];
  if (facts.waived.includes(id)) {
    return [
      {
        effect: 'stricter',
        code: 'gate-waived',
        message: `${text} It was waived for this approval.`,
      },
    ];
  }
  const known = facts.verdictOf(id);
  switch (known.verdict) {
    case 'not-applicable':
      return [];
    case 'pass':
      return [
        {
          effect: 'stricter',
          code: 'gate-passes',
          message: `${text} It passes: ${known.summary}`,
        },
      ];
    case 'fail':
      return [
        {
          effect: 'ends',
          code: 'gate-fails',
          message: `${text} It fails: ${known.summary}`,
        },
      ];
    default:
      return [
        {
          effect: 'stricter',
          code: 'check-again',
          message: `${text} It would have to be checked again; nobody knows the answer yet.`,
        },
      ];
  }
}

function signOffReason(
  demand: SignOffPolicy,
  text: string,
  { signed }: ApprovalFacts,
): Reason[] {
  const counting = signed.filter(
    ({ role, secondFactor, groups }) =>
      role === demand.role &&
      (secondFactor || !demand.secondFactor) &&
      (demand.groups.length === 0 ||
        demand.groups.some(group => groups.includes(group))),
  );
  return counting.length >= demand.quorum
    ? [
        {
          effect: 'stricter',
          code: 'signed-already',
          message: `${text} Who signed suffices.`,
        },
      ]
    : [
        {
          effect: 'ends',
          code: 'sign-off-missing',
          message: `${text} ${counting.length} of ${demand.quorum} signed so.`,
        },
      ];
}

function waiverReason(change: DecisionChange, facts: ApprovalFacts): Reason[] {
  const { gateId = '', text: message } = change;
  if (!facts.waived.includes(gateId)) return [];
  const demand = facts.proposed.gates.find(({ id }) => id === gateId);
  if (demand?.required && demand.waivableBy.length === 0) {
    return [{ effect: 'ends', code: 'waiver-withdrawn', message }];
  }
  return [
    {
      effect: change.effect === 'looser' ? 'looser' : 'stricter',
      code: 'waiver',
      message,
    },
  ];
}

/** When an approval ends: its life is what it was given, and never longer. */
function lifeReason(facts: ApprovalFacts): Reason[] {
  const { proposed, approvedAt, expiresAt, now } = facts;
  if (!approvedAt || !expiresAt) return [];
  const ends = [
    new Date(
      Date.parse(approvedAt) + proposed.expiresAfterDays * DAY_MS,
    ).toISOString(),
    ...(proposed.endsBy === undefined ? [] : [proposed.endsBy]),
  ].sort();
  const [end] = ends;
  if (end >= expiresAt) {
    return proposed.expiresAfterDays > facts.current.expiresAfterDays
      ? [
          {
            effect: 'looser',
            code: 'life',
            message: `A new approval would live for ${proposed.expiresAfterDays} days; this one keeps its end.`,
          },
        ]
      : [];
  }
  const day = end.slice(0, 10);
  return end <= now.toISOString()
    ? [
        {
          effect: 'ends',
          code: 'life-over',
          message: `Its life of ${proposed.expiresAfterDays} days was over on ${day}.`,
        },
      ]
    : [
        {
          effect: 'stricter',
          code: 'life',
          message: `It would end on ${day} instead of ${expiresAt.slice(
            0,
            10,
          )}.`,
          expiresAtThen: end,
        },
      ];
}
