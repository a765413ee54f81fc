import { facts } from './__testUtils__/facts';
import {
  approvalCommands,
  approvalStates,
  isFinal,
  isLive,
  transition,
} from './transition';
import type { ActorFacts, ApprovalCommand, TransitionFacts } from './types';

type From = Parameters<typeof transition>[0];

/** One actor of each kind, each with exactly what makes them what they are. */
const actors: Record<
  string,
  {
    actor: Partial<Omit<ActorFacts, 'may'>> & {
      may?: Partial<ActorFacts['may']>;
    };
    mayClearHold?: boolean;
    role?: TransitionFacts['role'];
  }
> = {
  requester: {
    actor: {
      ref: 'user:default/dana',
      isRequester: true,
      // Holds every role and right, and still must not decide.
      roles: ['lead', 'security'],
      may: { create: true, sign: true },
    },
    role: 'security',
  },
  lead: {
    actor: { ref: 'user:default/lee', roles: ['lead'], may: { sign: true } },
    role: 'lead',
  },
  security: {
    actor: {
      ref: 'user:default/ines',
      roles: ['security'],
      may: { sign: true },
    },
    role: 'security',
  },
  'role without permission': {
    actor: { ref: 'user:default/tom', roles: ['security'] },
    role: 'security',
  },
  'permission without role': {
    actor: { ref: 'user:default/lara', may: { sign: true } },
    role: 'security',
  },
  owner: {
    actor: { ref: 'user:default/mel', isOwner: true },
    role: 'security',
  },
  'owner with a role': {
    actor: {
      ref: 'user:default/sam',
      isOwner: true,
      roles: ['security'],
      may: { sign: true },
    },
    role: 'security',
  },
  officer: {
    actor: {
      ref: 'user:default/omar',
      may: { suspend: true, revoke: true },
    },
    mayClearHold: true,
    role: 'security',
  },
  responder: {
    actor: {
      ref: 'user:default/rae',
      may: { breakGlass: true },
      secondFactor: true,
    },
    role: 'security',
  },
  nobody: { actor: {}, role: 'security' },
  service: {
    // Even with every permission and every role.
    actor: {
      kind: 'service',
      ref: 'plugin:mcp-actions',
      roles: ['lead', 'security'],
      isRequester: true,
      isOwner: true,
      secondFactor: true,
      may: {
        read: true,
        create: true,
        sign: true,
        suspend: true,
        revoke: true,
        breakGlass: true,
      },
    },
    mayClearHold: true,
    role: 'security',
  },
  system: { actor: { kind: 'system', ref: undefined }, role: 'security' },
};

/**
 * Written by hand from the design: state, command, where it leads, who may.
 * What is not here is illegal for everybody.
 */
const table: Array<[From, ApprovalCommand, string, string[]]> = [
  ['none', 'create', 'draft', ['requester']],
  ['none', 'break-glass', 'approved', ['responder']],

  ['draft', 'submit', 'checking', ['requester']],
  [
    'draft',
    'withdraw',
    'withdrawn',
    ['requester', 'owner', 'owner with a role'],
  ],

  ['changes-requested', 'submit', 'checking', ['requester']],
  [
    'changes-requested',
    'withdraw',
    'withdrawn',
    ['requester', 'owner', 'owner with a role'],
  ],

  ['checking', 'gates-passed', 'in-review', ['system']],
  ['checking', 'gates-failed', 'changes-requested', ['system']],
  ['checking', 'gate-error', 'checking', ['system']],
  ['checking', 'needs-evidence', 'checking', ['system']],
  ['checking', 'check-deadline', 'changes-requested', ['system']],
  ['checking', 'subject-changed', 'checking', ['system']],
  [
    'checking',
    'withdraw',
    'withdrawn',
    ['requester', 'owner', 'owner with a role'],
  ],

  ['in-review', 'gates-failed', 'changes-requested', ['system']],
  ['in-review', 'approve', 'in-review', ['lead', 'security']],
  ['in-review', 'reject', 'rejected', ['lead', 'security']],
  ['in-review', 'request-changes', 'changes-requested', ['lead', 'security']],
  ['in-review', 'subject-changed', 'checking', ['system']],
  [
    'in-review',
    'withdraw',
    'withdrawn',
    ['requester', 'owner', 'owner with a role'],
  ],

  ['approved', 'suspend', 'suspended', ['officer', 'system']],
  ['approved', 'revoke', 'revoked', ['officer', 'system']],
  ['approved', 'expire', 'expired', ['system']],
  ['approved', 'supersede', 'superseded', ['system']],
  ['approved', 'retire', 'revoked', ['system']],

  ['suspended', 'suspend', 'suspended', ['officer', 'system']],
  ['suspended', 'clear-hold', 'approved', ['officer']],
  ['suspended', 'revoke', 'revoked', ['officer', 'system']],
  ['suspended', 'expire', 'expired', ['system']],
  ['suspended', 'retire', 'revoked', ['system']],
];

const froms: From[] = ['none', ...approvalStates];

/** A service may suspend and revoke nothing: it has the permissions, and is no person. */
const cells = froms.flatMap(from =>
  approvalCommands.flatMap(command =>
    Object.keys(actors).map(actor => ({ from, command, actor })),
  ),
);

it('has a cell for every state, command and kind of actor', () => {
  expect(cells).toHaveLength(12 * 19 * 12);
  expect(new Set(approvalStates).size).toBe(11);
  expect(new Set(approvalCommands).size).toBe(19);
  for (const [from, command, , who] of table) {
    expect(froms).toContain(from);
    expect(approvalCommands).toContain(command);
    for (const name of who) expect(actors).toHaveProperty(name);
  }
});

const refused = {
  ok: false,
  refusal: { message: expect.stringMatching(/\w+ .*\.$/) },
};

it.each(cells)('$from: $command by $actor', ({ from, command, actor }) => {
  const { actor: who, ...more } = actors[actor];
  const result = transition(
    from,
    command,
    facts(who, {
      ...more,
      kind: command === 'break-glass' ? 'emergency' : 'standard',
    }),
  );
  const row = table.find(([f, c]) => f === from && c === command);
  const allowed = row?.[3].includes(actor);
  expect(result).toMatchObject(allowed ? { ok: true, to: row?.[2] } : refused);
  // Only what is not in the table is illegal; the rest is refused by a guard.
  const { code } = 'refusal' in result ? result.refusal : { code: undefined };
  expect(code === 'illegal-transition').toBe(!row);
});

it('knows which states are final and which let calls through', () => {
  expect(approvalStates.filter(isFinal)).toEqual([
    'rejected',
    'withdrawn',
    'revoked',
    'expired',
    'superseded',
  ]);
  expect(approvalStates.filter(isLive)).toEqual(['approved']);
});

const requester = actors.requester.actor;
const system = actors.system.actor;
const officer = actors.officer.actor;
const responder = actors.responder.actor;
const security = actors.security.actor;
const lead = { role: 'lead' as const, by: 'user:default/lee' };
const demanded = facts({}).signOffs.demanded;

const submitGuards: Array<[string, Partial<TransitionFacts['subject']>]> = [
  ['no-owner', { ownerExists: false }],
  ['model-retired', { lifecycle: 'retired' }],
  ['model-deprecated', { lifecycle: 'deprecated' }],
  ['gateway-id-conflict', { gatewayIdUnique: false }],
  ['version-not-pinned', { versionPinned: false }],
  ['scope-missing', { scopeExists: false }],
  ['on-hold', { heldBecause: 'CVE-2026-1.' }],
];

/** Each command that opens a model, with the facts in which it would. */
const openings: Array<
  [string, From, ApprovalCommand, TransitionFacts, string]
> = [
  ['submit', 'draft', 'submit', facts(requester), 'checking'],
  [
    'the last signature',
    'in-review',
    'approve',
    facts(security, {
      role: 'security',
      signOffs: { demanded, given: [lead] },
    }),
    'approved',
  ],
  [
    'gates that decide alone',
    'checking',
    'gates-passed',
    facts(system, { signOffs: { demanded: [], given: [] } }),
    'approved',
  ],
  [
    'break-glass',
    'none',
    'break-glass',
    facts(responder, { kind: 'emergency' }),
    'approved',
  ],
];

describe.each(openings)('%s', (_, from, command, open, to) => {
  it('is carried out when nothing is against it', () => {
    expect(transition(from, command, open)).toEqual({ ok: true, to });
  });

  it.each(submitGuards)('is refused with %s', (code, subject) => {
    const result = transition(from, command, {
      ...open,
      subject: { ...open.subject, ...subject },
    });
    expect(result).toMatchObject({ ok: false, refusal: { code } });
  });

  it('is refused when the policy refuses', () => {
    expect(
      transition(from, command, { ...open, policyRefusals: ['Not here.'] }),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'policy-refusal', message: 'Not here.' },
    });
  });
});

describe.each(openings.slice(1, 3))('%s', (_, from, command, open) => {
  it.each([
    ['subject-changed', { subject: { ...open.subject, unchanged: false } }],
    ['policy-changed', { policyCurrent: false }],
    ['gates-not-satisfied', { gatesSatisfied: false }],
  ])('is refused with %s', (code, change) => {
    expect(transition(from, command, { ...open, ...change })).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });
});

it('tells a changed model that its signatures are void', () => {
  expect(transition('in-review', 'subject-changed', facts(system))).toEqual({
    ok: true,
    to: 'checking',
    signOffsVoid: true,
  });
});

it.each<[From, ApprovalCommand, TransitionFacts]>([
  ['in-review', 'reject', facts(security, { role: 'security' })],
  ['in-review', 'request-changes', facts(security, { role: 'security' })],
  ['approved', 'suspend', facts(officer)],
  ['approved', 'suspend', facts(system)],
  ['suspended', 'revoke', facts(officer)],
  ['suspended', 'clear-hold', facts(officer, { mayClearHold: true })],
  ['none', 'break-glass', facts(responder, { kind: 'emergency' })],
])('from %s, %s needs a reason', (from, command, given) => {
  expect(transition(from, command, given)).toMatchObject({ ok: true });
  for (const reason of [undefined, '', '  \n']) {
    expect(transition(from, command, { ...given, reason })).toMatchObject({
      ok: false,
      refusal: { code: 'reason-missing' },
    });
  }
});

describe('clearing a hold', () => {
  const clear = (more: Parameters<typeof facts>[1] = {}) =>
    transition(
      'suspended',
      'clear-hold',
      facts(officer, { mayClearHold: true, ...more }),
    );

  it('reinstates when it was the last one', () => {
    expect(clear()).toEqual({ ok: true, to: 'approved' });
  });

  it('is done by the hub, too, where it placed the hold', () => {
    const byHub = facts(system, { mayClearHold: true });
    expect(transition('suspended', 'clear-hold', byHub)).toEqual({
      ok: true,
      to: 'approved',
    });
  });

  it('leaves the approval suspended while another one is open', () => {
    expect(clear({ openHoldsAfter: 1 })).toEqual({ ok: true, to: 'suspended' });
    // What would forbid the reinstatement does not forbid to clear one of two.
    expect(
      clear({ openHoldsAfter: 1, subject: { unchanged: false } }),
    ).toMatchObject({ ok: true, to: 'suspended' });
  });

  it.each([
    ['hold-not-clearable', { mayClearHold: false }],
    ['newer-approval', { newerApprovalExists: true }],
    ['subject-changed', { subject: { unchanged: false } }],
    ['no-owner', { subject: { ownerExists: false } }],
    ['model-retired', { subject: { lifecycle: 'retired' as const } }],
    ['gates-not-satisfied', { waiverOver: true }],
  ])('is refused with %s', (code, more) => {
    expect(clear(more)).toMatchObject({ ok: false, refusal: { code } });
  });
});

it('lets nobody ask for a model that they may not see', () => {
  expect(
    transition(
      'none',
      'create',
      facts({ ...requester, may: { create: true, read: false } }),
    ),
  ).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } });
});
