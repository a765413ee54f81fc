import type {
  Approval,
  ChecklistItem,
  Finding,
  GateResult,
  SignOff,
  SignOffDemand,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateGuidance,
  GateVerdict,
} from '@modelhub/backstage-plugin-models-node';
import type { ForeseenGate } from '../gates/Foresight';

type Owes = NonNullable<ChecklistItem['owes']>;

/** Who is who, and where things are mended. */
export interface ChecklistPeople {
  caller?: string;
  requester: string;
  ownerRef: string;
  /** Who belongs to the owner. */
  ownerPeople: ReadonlySet<string>;
  /** Where the model's file is edited, or looked at. */
  editUrl?: string;
  approvalId?: string;
}

/** A gate that is demanded, as people know it. */
export interface DemandedGate {
  id: string;
  title: string;
  description?: string;
  required: boolean;
  waivableBy: string[];
  guidance?: GateGuidance;
  takesEvidence: boolean;
}

const MOST_HINTS = 5;

function owedBy(
  party: Owes['party'],
  people: ChecklistPeople,
  whom: { people?: string[]; groups?: string[] },
): Owes {
  const { caller } = people;
  const asked = whom.people ?? [];
  return {
    party,
    people: asked,
    groups: whom.groups ?? [],
    you:
      caller !== undefined &&
      (asked.includes(caller) ||
        (party === 'owner' && people.ownerPeople.has(caller))),
  };
}

function owesGate(gate: DemandedGate, people: ChecklistPeople): Owes {
  const owner = { groups: [people.ownerRef] };
  switch (gate.guidance?.by) {
    case 'requester':
      return owedBy('requester', people, { people: [people.requester] });
    case 'pipeline':
      return owedBy('pipeline', people, owner);
    default:
      return owedBy('owner', people, owner);
  }
}

function howTo(gate: DemandedGate, findings: Finding[]): string[] {
  const hints = findings.flatMap(({ howToFix }) => howToFix ?? []);
  return [
    ...new Set([...hints, ...(gate.guidance ? [gate.guidance.howTo] : [])]),
  ].slice(0, MOST_HINTS);
}

function gateActions(
  gate: DemandedGate,
  people: ChecklistPeople,
): ChecklistItem['actions'] {
  const { approvalId, editUrl } = people;
  return [
    ...(gate.takesEvidence
      ? [{ kind: 'send-evidence' as const, approvalId }]
      : []),
    ...(gate.guidance?.by === 'pipeline'
      ? []
      : [
          editUrl
            ? { kind: 'edit-model' as const, href: editUrl }
            : { kind: 'view-model' as const },
        ]),
  ];
}

const verdictStates: Record<GateVerdict, ChecklistItem['state']> = {
  pass: 'done',
  warn: 'done',
  fail: 'failing',
  error: 'unknown',
  'needs-evidence': 'owed',
};

/** What is still to be done about a gate: who, how, and where. */
function toDo(
  gate: DemandedGate,
  people: ChecklistPeople,
  findings: Finding[],
): Partial<ChecklistItem> {
  return {
    owes: owesGate(gate, people),
    howTo: howTo(gate, findings),
    actions: gateActions(gate, people),
  };
}

const base = (gate: DemandedGate) => ({
  id: `gate:${gate.id}`,
  group: 'checks' as const,
  title: gate.title,
  required: gate.required,
  gateId: gate.id,
  ...(gate.waivableBy.length > 0 && { waivableBy: gate.waivableBy }),
});

/** A gate of a request that was submitted. */
export function answeredGate(
  gate: DemandedGate,
  result: GateResult,
  people: ChecklistPeople,
): ChecklistItem {
  const states: Partial<Record<GateResult['status'], ChecklistItem['state']>> =
    {
      queued: 'running',
      running: 'running',
      waived: 'waived',
      'not-applicable': 'not-applicable',
    };
  const state =
    states[result.status] ?? verdictStates[result.status as GateVerdict];
  const open = ['failing', 'owed', 'unknown'].includes(state);
  return {
    ...base(gate),
    state,
    source: 'request',
    summary:
      state === 'waived' && result.waiver
        ? result.waiver.reason
        : result.summary,
    at: state === 'waived' ? result.waiver?.at : result.finishedAt,
    evidenceId: result.evidenceId,
    ...(state === 'waived' &&
      result.waiver && {
        doneBy: [result.waiver.by],
        waivedUntil: result.waiver.until,
      }),
    ...(open && toDo(gate, people, result.findings ?? [])),
    ...(state === 'unknown' && {
      owes: owedBy('administrator', people, {}),
    }),
  };
}

/** A gate of a request that nobody made yet. */
export function foreseenGate(
  gate: DemandedGate,
  foreseen: ForeseenGate | undefined,
  people: ChecklistPeople,
): ChecklistItem {
  if (foreseen && !foreseen.applies) {
    return { ...base(gate), state: 'not-applicable' };
  }
  const answer = foreseen?.answer;
  if (!answer) {
    const sent = gate.guidance?.by === 'pipeline';
    return {
      ...base(gate),
      state: sent ? 'owed' : 'itself',
      summary: gate.description,
      ...(sent
        ? toDo(gate, people, [])
        : { howTo: gate.guidance ? [gate.guidance.howTo] : [] }),
    };
  }
  const passes = ['pass', 'warn'].includes(answer.verdict);
  const state = verdictStates[answer.verdict];
  return {
    ...base(gate),
    // Of facts nothing is proved before the request: they may change until then.
    state: passes && answer.source === 'foreseen' ? 'itself' : state,
    source: answer.source,
    summary: answer.summary,
    at: answer.at?.toISOString(),
    evidenceId: answer.evidenceId,
    ...(!passes && toDo(gate, people, answer.findings)),
  };
}

const roleTitles: Record<SignOffDemand['role'], string> = {
  lead: 'team lead',
  security: 'security',
  legal: 'legal',
  risk: 'risk',
};

function signState(done: boolean, over: boolean): ChecklistItem['state'] {
  if (done) return 'done';
  return over ? 'not-applicable' : 'owed';
}

function howToSign(isHeld: boolean, { approvalId }: ChecklistPeople): string {
  if (!isHeld) {
    return 'Nobody can sign in this role at the moment. Ask an administrator to fill it, or a member to delegate it.';
  }
  return approvalId
    ? 'They find the request in their queue.'
    : 'They find the request in their queue once the checks have passed.';
}

/** What people have to sign, and with it whether they have the passkey for it. */
export function signOffItems(
  demand: SignOffDemand,
  context: {
    given: Array<Pick<SignOff, 'by' | 'at'>>;
    /** Decided: nobody is asked any more. */
    over: boolean;
    /** Of those who could sign, who has a passkey. */
    withPasskey: ReadonlySet<string>;
    people: ChecklistPeople;
  },
): ChecklistItem[] {
  const { role, quorum, groups, secondFactor } = demand;
  const { given, over, withPasskey, people } = context;
  const who = roleTitles[role];
  const done = given.length >= quorum;
  const could = demand.people ?? [];
  const item: ChecklistItem = {
    id: `sign-off:${role}`,
    group: 'people',
    title:
      quorum === 1
        ? `A sign-off as ${who}`
        : `${quorum} sign-offs as ${who}, by different people`,
    required: true,
    state: signState(done, over),
    role,
    quorum,
    given: given.length,
    secondFactor,
    doneBy: given.map(({ by }) => by),
    at: given
      .map(({ at }) => at)
      .sort()
      .at(-1),
    ...(!done &&
      !over && {
        owes: owedBy(could.length > 0 ? 'signer' : 'administrator', people, {
          people: could,
          groups,
        }),
        howTo: [howToSign(could.length > 0, people)],
        actions: people.approvalId
          ? [{ kind: 'open-request', approvalId: people.approvalId }]
          : [],
      }),
  };
  if (!secondFactor || done || over) return [item];
  const lacking = could.filter(person => !withPasskey.has(person));
  const enough = could.length - lacking.length >= quorum - given.length;
  return [
    item,
    {
      id: `passkey:${role}`,
      group: 'people',
      title: `A passkey for those who sign as ${who}`,
      required: true,
      state: enough ? 'done' : 'owed',
      role,
      doneBy: could.filter(person => withPasskey.has(person)),
      ...((!enough || lacking.includes(people.caller ?? '')) && {
        owes: owedBy('signer', people, { people: lacking }),
        howTo: [
          'Whoever signs here confirms with a passkey, and enrols one once under “My duties”.',
        ],
        actions: [{ kind: 'enrol-passkey' }],
      }),
    },
  ];
}

/** By what is to be done about what is required. */
export function countsOf(items: ChecklistItem[]) {
  const asked = items.filter(
    ({ required, state }) => required && state !== 'not-applicable',
  );
  const count = (...states: Array<ChecklistItem['state']>) =>
    asked.filter(({ state }) => states.includes(state)).length;
  return {
    total: asked.length,
    done: count('done', 'waived'),
    itself: count('itself', 'running'),
    owed: count('owed', 'unknown'),
    failing: count('failing'),
  };
}

/** Whether nothing that is known speaks against it. */
export function isReady(items: ChecklistItem[]): boolean {
  return items.every(
    ({ id, required, state, owes }) =>
      !required ||
      !['failing', 'owed', 'unknown'].includes(state) ||
      (id.startsWith('sign-off:') && owes?.party === 'signer'),
  );
}

/** An approval in these states is decided, so nobody is asked any more. */
export const decidedStates: Array<Approval['state']> = [
  'approved',
  'suspended',
  'rejected',
  'withdrawn',
  'revoked',
  'expired',
  'superseded',
];
