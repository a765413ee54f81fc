import { exceptionsIn } from './exceptionsInForce';

const source = (file: string, more: string) => ({
  file,
  text: `
tier: internal
scope: { system: 'system:default/checkout' }
${more}`,
});

it('names what loosens, who answers for it and until when', () => {
  const found = exceptionsIn([
    source('plain.yaml', 'expiresAfterDays: 10'),
    source(
      'later.yaml',
      `exception: { name: Long one, reason: It takes long to settle., by: 'user:default/lee', until: 2027-01-31 }
gates: { licence: { required: false } }`,
    ),
    source(
      'sooner.yaml',
      `exception:
  name: Pilot
  reason: The pilot runs without legal.
  by: group:default/legal
  until: 2026-12-24
  lifts: { signOffs: [legal], refusals: [region] }
expiresAfterDays: 60`,
    ),
  ]);
  expect(found).toMatchObject([
    {
      name: 'Pilot',
      by: 'group:default/legal',
      until: '2026-12-24',
      endsAt: new Date('2026-12-25T00:00:00Z'),
      tier: 'internal',
      scope: 'Models of system:default/checkout',
      file: 'sooner.yaml',
      loosens: [
        'Nobody has to sign as legal',
        '“region” refuses nothing',
        'An approval lasts 60 days',
      ],
    },
    {
      name: 'Long one',
      loosens: ['The check “licence” is advice only'],
    },
  ]);
  expect(new Set(found.map(({ key }) => key)).size).toBe(2);
});
