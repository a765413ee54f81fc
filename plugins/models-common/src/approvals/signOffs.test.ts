import fc from 'fast-check';
import type { SignOffRole } from '../generated/model-governance';
import { facts } from './__testUtils__/facts';
import { openRoles, signOffsComplete, signOffsGiven } from './signOffs';
import { tierCovers, tiers } from './tiers';
import { transition } from './transition';
import type { ActorFacts, SignOffDemandFact, SignOffFact } from './types';

const demanded: SignOffDemandFact[] = [
  { role: 'lead', quorum: 1, secondFactor: false },
  { role: 'security', quorum: 2, secondFactor: true },
  { role: 'legal', quorum: 1, secondFactor: false },
];

const person = (name: string) => `user:default/${name}`;

const sign = (
  actor: Partial<Omit<ActorFacts, 'may'>>,
  role: SignOffRole | undefined,
  given: SignOffFact[] = [],
) =>
  transition(
    'in-review',
    'approve',
    facts(
      {
        ref: person('ines'),
        roles: ['security'],
        secondFactor: true,
        may: { sign: true },
        ...actor,
      },
      { role, signOffs: { demanded, given } },
    ),
  );

const refusal = (code: string) => ({ ok: false, refusal: { code } });

describe('separation of duties', () => {
  it('lets a person sign in a role that they hold', () => {
    expect(sign({}, 'security')).toEqual({ ok: true, to: 'in-review' });
  });

  it.each([
    ['own-request', { isRequester: true }, 'security'],
    ['role-not-held', { roles: ['legal'] as SignOffRole[] }, 'security'],
    ['role-not-asked', { roles: ['risk'] as SignOffRole[] }, 'risk'],
    ['role-missing', {}, undefined],
    ['not-a-person', { kind: 'service' as const }, 'security'],
    ['not-a-person', { kind: 'system' as const }, 'security'],
    ['not-a-person', { ref: undefined }, 'security'],
    ['owner-conflict', { isOwner: true }, 'security'],
    ['step-up-required', { secondFactor: false }, 'security'],
  ] as const)('refuses with %s', (code, actor, role) => {
    expect(
      sign(
        { ...actor, roles: 'roles' in actor ? [...actor.roles] : ['security'] },
        role,
      ),
    ).toMatchObject(refusal(code));
  });

  it.each(['security', 'legal', 'risk'] as const)(
    'keeps owners out of %s, but not out of lead',
    role => {
      const asked = [{ role, quorum: 1, secondFactor: false }, demanded[0]];
      const as = (wanted: SignOffRole) =>
        transition(
          'in-review',
          'approve',
          facts(
            {
              ref: person('mel'),
              roles: [role, 'lead'],
              isOwner: true,
              may: { sign: true },
            },
            { role: wanted, signOffs: { demanded: asked, given: [] } },
          ),
        );
      expect(as(role)).toMatchObject(refusal('owner-conflict'));
      expect(as('lead')).toMatchObject({ ok: true });
    },
  );

  it('lets one person fill one role', () => {
    const both = { roles: ['security', 'legal'] as SignOffRole[] };
    expect(
      sign(both, 'legal', [{ role: 'security', by: person('ines') }]),
    ).toMatchObject(refusal('already-signed'));
    expect(
      sign(both, 'security', [{ role: 'security', by: person('ines') }]),
    ).toMatchObject(refusal('already-signed'));
  });

  it('counts a delegate as the delegator, both ways', () => {
    // Tom signed for Ines: neither signs again.
    const forInes = {
      role: 'security' as const,
      by: person('tom'),
      onBehalfOf: person('ines'),
    };
    expect(sign({}, 'security', [forInes])).toMatchObject(
      refusal('already-signed'),
    );
    expect(sign({ ref: person('tom') }, 'security', [forInes])).toMatchObject(
      refusal('already-signed'),
    );
    // Ines signed herself: nobody signs for her.
    expect(
      sign({ ref: person('tom'), onBehalfOf: person('ines') }, 'security', [
        { role: 'security', by: person('ines') },
      ]),
    ).toMatchObject(refusal('already-signed'));
    // Tom signed as himself: he does not stand in for anybody any more.
    expect(
      sign({ ref: person('tom'), onBehalfOf: person('ines') }, 'security', [
        { role: 'lead', by: person('tom') },
      ]),
    ).toMatchObject(refusal('already-signed'));
  });

  it('asks for as many different people as the quorum says', () => {
    const first = { role: 'security' as const, by: person('tom') };
    expect(signOffsGiven('security', [first, first])).toBe(1);
    expect(sign({}, 'security', [first])).toEqual({
      ok: true,
      to: 'in-review',
    });
    expect(
      sign({}, 'security', [first, { ...first, by: person('ulla') }]),
    ).toMatchObject(refusal('role-complete'));
    expect(openRoles(demanded, [first])).toEqual(['lead', 'security', 'legal']);
  });

  it('approves with the last one that was asked for, in any order', () => {
    const given: SignOffFact[] = [
      { role: 'legal', by: person('lara') },
      { role: 'security', by: person('tom') },
      { role: 'lead', by: person('lee') },
    ];
    expect(sign({}, 'security', given)).toEqual({ ok: true, to: 'approved' });
    expect(signOffsComplete(demanded, given)).toBe(false);
  });
});

it('never approves without different people in every role, whatever is tried', () => {
  const people = ['ann', 'bob', 'cem', 'dana'].map(person);
  const attempt = fc.record({
    by: fc.constantFrom(...people),
    onBehalfOf: fc.option(fc.constantFrom(...people), { nil: undefined }),
    role: fc.constantFrom<SignOffRole>('lead', 'security', 'legal', 'risk'),
  });
  const requester = person('dana');
  const owner = person('cem');

  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 25 }), attempts => {
      const given: SignOffFact[] = [];
      for (const { by, onBehalfOf, role } of attempts) {
        const persons = [by, onBehalfOf];
        const result = transition(
          'in-review',
          'approve',
          facts(
            {
              ref: by,
              onBehalfOf,
              roles: ['lead', 'security', 'legal', 'risk'],
              isRequester: persons.includes(requester),
              isOwner: persons.includes(owner),
              secondFactor: true,
              may: { sign: true },
            },
            { role, signOffs: { demanded, given } },
          ),
        );
        if (!result.ok) continue;
        given.push({ role, by, onBehalfOf });
        if (result.to !== 'approved') continue;
        // Four sign-offs by four people of whom one asked and one owns: impossible.
        const involved = given.flatMap(s => [s.by, s.onBehalfOf ?? s.by]);
        expect(involved).not.toContain(requester);
        expect(new Set(given.map(s => s.by)).size).toBe(given.length);
        expect(given.filter(s => s.by === owner && s.role !== 'lead')).toEqual(
          [],
        );
      }
      const everybody = given.flatMap(({ by, onBehalfOf }) =>
        onBehalfOf && onBehalfOf !== by ? [by, onBehalfOf] : [by],
      );
      expect(new Set(everybody).size).toBe(everybody.length);
      expect(everybody).not.toContain(requester);
    }),
    { numRuns: 500 },
  );
});

it('orders tiers', () => {
  expect(
    tiers.map(tier => tiers.filter(wanted => tierCovers(tier, wanted)).length),
  ).toEqual([1, 2, 3, 4]);
});
