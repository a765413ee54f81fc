import { facts } from './__testUtils__/facts';
import { transition } from './transition';

const responder = {
  ref: 'user:default/rae',
  may: { breakGlass: true },
  secondFactor: true,
};

const actors = {
  lead: {
    ref: 'user:default/lee',
    roles: ['lead' as const],
    may: { sign: true },
  },
  security: {
    ref: 'user:default/ines',
    roles: ['security' as const],
    may: { sign: true },
  },
};

describe('break-glass', () => {
  const open = (
    actor: Parameters<typeof facts>[0],
    more: Parameters<typeof facts>[1] = {},
  ) =>
    transition(
      'none',
      'break-glass',
      facts({ ...responder, ...actor }, { kind: 'emergency', ...more }),
    );

  it.each([
    ['critical-finding', {}, { criticalFinding: true }],
    ['own-request', {}, { isPendingRequester: true }],
    ['no-pending-request', {}, { pendingRequestExists: false }],
    ['already-approved', {}, { newerApprovalExists: true }],
    [
      'emergency-repeated',
      {},
      { earlierEmergency: { id: 'e', reviewed: false, until: '2026-11-05' } },
    ],
    ['step-up-required', { secondFactor: false }, {}],
    ['illegal-transition', {}, { kind: 'standard' as const }],
    ['not-allowed', { may: { breakGlass: false } }, {}],
    ['not-a-person', { kind: 'service' as const }, {}],
  ])('is refused with %s', (code, actor, more) => {
    expect(open(actor, more)).toMatchObject({ ok: false, refusal: { code } });
  });
});

it('says what to do before an emergency is repeated', () => {
  const again = (reviewed: boolean) =>
    transition(
      'none',
      'break-glass',
      facts(responder, {
        kind: 'emergency',
        earlierEmergency: { id: 'e1', reviewed, until: '2026-11-05' },
      }),
    );
  expect(again(false)).toMatchObject({
    refusal: { message: expect.stringContaining('e1') },
  });
  expect(again(true)).toMatchObject({
    refusal: { message: expect.stringContaining('2026-11-05') },
  });
});

describe('a lead who is not the one to ask any more', () => {
  const outdated = { leadOutdated: 'Another owner.' };

  it.each(['lead', 'security'] as const)('lets nobody approve as %s', role => {
    const actor = { ...actors[role] };
    expect(
      transition('in-review', 'approve', facts(actor, { role, ...outdated })),
    ).toMatchObject({ ok: false, refusal: { code: 'lead-outdated' } });
  });

  it('can still send the request back', () => {
    expect(
      transition(
        'in-review',
        'request-changes',
        facts(actors.lead, { role: 'lead', ...outdated }),
      ),
    ).toMatchObject({ ok: true, to: 'changes-requested' });
  });
});
