import type { PolicyDecision } from '@modelhub/policies';
import { testGates } from '../__testUtils__';
import {
  gatesInQuestion,
  judgeApproval,
  type ApprovalFacts,
} from './judgeApproval';

const decision: PolicyDecision = {
  tier: 'internal',
  version: 'sha256:a',
  gates: [
    {
      id: 'card',
      required: true,
      params: { minScore: 60 },
      waivableBy: ['lead'],
      waiverDays: 30,
    },
  ],
  signOffs: [{ role: 'lead', quorum: 1, groups: [], secondFactor: false }],
  expiresAfterDays: 365,
  checkDeadlineHours: 72,
  breakGlass: { allowed: true, hours: 48 },
  snapshotMaxAgeSeconds: 900,
  refusals: [],
};
const security = {
  role: 'security' as const,
  quorum: 1,
  groups: ['group:default/security'],
  secondFactor: true,
};
const card = (minScore: number) => ({
  gates: [{ ...decision.gates[0], params: { minScore } }],
});
const facts = (
  proposed: Partial<PolicyDecision>,
  more: Partial<ApprovalFacts> = {},
): ApprovalFacts => ({
  isStandard: true,
  then: decision,
  current: decision,
  proposed: { ...decision, version: 'sha256:b', ...proposed },
  approvedAt: '2026-06-01T00:00:00.000Z',
  expiresAt: '2027-06-01T00:00:00.000Z',
  now: new Date('2026-11-01T00:00:00Z'),
  signed: [{ role: 'lead', secondFactor: false, groups: [] }],
  waived: [],
  verdictOf: () => ({ verdict: 'unknown' }),
  gateOf: id => testGates.find(gate => gate.id === id),
  ...more,
});
const judged = (...args: Parameters<typeof facts>) => {
  const { effect, reasons, ...rest } = judgeApproval(facts(...args));
  return { effect, codes: reasons.map(({ code }) => code), ...rest };
};

describe('an approval under other policies', () => {
  it.each<[string, Partial<PolicyDecision>, Partial<ApprovalFacts>, object]>([
    ['the same', {}, {}, { effect: 'unchanged', codes: [] }],
    [
      'what is for new requests only',
      { checkDeadlineHours: 1, breakGlass: { allowed: false, hours: 1 } },
      {},
      { effect: 'unchanged', codes: [] },
    ],
    [
      'a refusal',
      { refusals: [{ code: 'x', message: 'No.' }] },
      {},
      { effect: 'ends', codes: ['refused'] },
    ],
    [
      'a sign-off that nobody gave',
      { signOffs: [...decision.signOffs, security] },
      {},
      { effect: 'ends', codes: ['sign-off-missing'] },
    ],
    [
      'a sign-off without the passkey that is asked for',
      { signOffs: [...decision.signOffs, security] },
      {
        signed: [
          {
            role: 'security',
            secondFactor: false,
            groups: ['group:default/security'],
          },
        ],
      },
      { effect: 'ends', codes: ['sign-off-missing'] },
    ],
    [
      'a sign-off by somebody of another group',
      { signOffs: [...decision.signOffs, security] },
      { signed: [{ role: 'security', secondFactor: true, groups: [] }] },
      { effect: 'ends', codes: ['sign-off-missing'] },
    ],
    [
      'a sign-off that was given without being asked for',
      { signOffs: [...decision.signOffs, security] },
      {
        signed: [
          {
            role: 'security',
            secondFactor: true,
            groups: ['group:default/security'],
          },
        ],
      },
      { effect: 'stricter', codes: ['signed-already'] },
    ],
    [
      'a check that nobody knows the answer of',
      card(80),
      {},
      { effect: 'stricter', codes: ['check-again'] },
    ],
    [
      'a check that passes all the same',
      card(80),
      { verdictOf: () => ({ verdict: 'pass', summary: '90 of 100.' }) },
      { effect: 'stricter', codes: ['gate-passes'] },
    ],
    [
      'a check that fails now',
      card(80),
      { verdictOf: () => ({ verdict: 'fail', summary: '70 of 100.' }) },
      { effect: 'ends', codes: ['gate-fails'] },
    ],
    [
      'a check that was harder when it was decided',
      card(80),
      { then: { ...decision, ...card(90) } },
      { effect: 'unchanged', codes: [] },
    ],
    [
      'a check that does not apply',
      card(80),
      { verdictOf: () => ({ verdict: 'not-applicable' }) },
      { effect: 'unchanged', codes: [] },
    ],
    [
      'a check that was waived',
      card(80),
      { waived: ['card'] },
      { effect: 'stricter', codes: ['gate-waived'] },
    ],
    [
      'a waiver that nobody may give any more',
      { gates: [{ ...decision.gates[0], waivableBy: [], waiverDays: 0 }] },
      { waived: ['card'] },
      { effect: 'ends', codes: ['waiver-withdrawn'] },
    ],
    [
      'waivers of others',
      { gates: [{ ...decision.gates[0], waivableBy: [], waiverDays: 0 }] },
      {},
      { effect: 'unchanged', codes: [] },
    ],
    [
      'a check less',
      { gates: [] },
      {},
      { effect: 'looser', codes: ['gate-dropped'] },
    ],
    [
      'a shorter life',
      { expiresAfterDays: 200 },
      {},
      {
        effect: 'stricter',
        codes: ['life'],
        expiresAtThen: '2026-12-18T00:00:00.000Z',
      },
    ],
    [
      'a life that would be over',
      { expiresAfterDays: 90 },
      {},
      { effect: 'ends', codes: ['life-over'] },
    ],
    [
      'a longer life',
      { expiresAfterDays: 500 },
      {},
      { effect: 'looser', codes: ['life'] },
    ],
    [
      'an exception that ends sooner',
      { endsBy: '2026-12-01T00:00:00.000Z' },
      {},
      {
        effect: 'stricter',
        codes: ['life'],
        expiresAtThen: '2026-12-01T00:00:00.000Z',
      },
    ],
    [
      'more signatures than an emergency ever had',
      { signOffs: [...decision.signOffs, security], ...card(100) },
      { isStandard: false, signed: [] },
      { effect: 'unchanged', codes: [] },
    ],
    [
      'the worst of several',
      {
        ...card(40),
        refusals: [{ code: 'x', message: 'No.' }],
        expiresAfterDays: 200,
      },
      {},
      { effect: 'ends', codes: ['refused', 'life', 'gate-params'] },
    ],
  ])('%s', (_, proposed, more, expected) => {
    expect(judged(proposed, more)).toEqual(expected);
  });

  it('asks only the checks whose answer matters', () => {
    expect(gatesInQuestion(facts(card(80)))).toEqual(['card']);
    expect(gatesInQuestion(facts(card(40)))).toEqual([]);
    expect(
      gatesInQuestion(facts(card(80), { then: { ...decision, ...card(80) } })),
    ).toEqual([]);
  });
});
