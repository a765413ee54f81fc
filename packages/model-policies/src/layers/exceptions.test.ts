import { CelConditions } from '../conditions/CelConditions';
import { decide } from '../decisions/decide';
import { isCovered } from '../decisions/isCovered';
import { loadPolicies } from './loadPolicies';
import {
  internalPolicy,
  organisation,
  policyInput,
  testGates,
} from '../__testUtils__';

const exception = (
  rules: string,
  { scope = '{ system: system:default/shop }', until = '2026-06-30' } = {},
) => ({
  file: 'pilot.yaml',
  text: `
tier: internal
scope: ${scope}
exception:
  name: Pilot of the shop
  reason: The card of the pilot's model is being written.
  by: user:default/lara
  until: ${until}
  lifts: { signOffs: [security], refusals: [region] }
${rules}
`,
});
const load = (...more: Array<{ file: string; text: string }>) =>
  loadPolicies(
    [...organisation(internalPolicy), ...more],
    testGates,
    CelConditions.create(),
  );
const inShop = policyInput({
  model: { system: 'system:default/shop', hosted: true },
});
const during = new Date('2026-06-30T23:59:59Z');
const after = new Date('2026-07-01T00:00:00Z');
const looser = exception('gates: { card: { params: { minScore: 20 } } }');

describe('an exception', () => {
  it('asks for less where it counts, with a name and an end', () => {
    const decision = decide(load(looser), inShop, during);
    expect(decision.gates[0].params).toEqual({
      minScore: 20,
      fields: ['a'],
      allowed: ['x', 'y'],
      mode: 'warn',
      note: 'hi',
    });
    expect(decision.signOffs.map(({ role }) => role)).toEqual(['lead']);
    expect(decision.refusals).toEqual([]);
    expect(decision).toMatchObject({
      endsBy: '2026-07-01T00:00:00.000Z',
      exceptions: [
        {
          name: 'Pilot of the shop',
          by: 'user:default/lara',
          until: '2026-06-30',
        },
      ],
    });
  });

  it('counts neither elsewhere nor after its last day', () => {
    const layers = load(looser);
    const plain = decide(load(), inShop, during);
    expect(decide(layers, inShop, after)).toEqual({
      ...plain,
      version: layers.version,
    });
    expect(decide(layers, policyInput(), during)).toEqual({
      ...decide(load(), policyInput(), during),
      version: layers.version,
    });
  });

  it('gives way to what tightens', () => {
    const strict = {
      file: 'strict.yaml',
      text: `
tier: internal
scope: { group: group:default/shoppers }
gates: { card: { params: { minScore: 90 } } }
signOffs: { legal: { groups: [group:default/legal] } }
`,
    };
    const requester = {
      ref: 'user:default/a',
      groups: ['group:default/shoppers'],
    };
    const decision = decide(
      load(looser, strict),
      { ...inShop, requester },
      during,
    );
    expect(decision.gates[0].params.minScore).toBe(90);
    expect(decision.signOffs.map(({ role }) => role)).toEqual([
      'lead',
      'legal',
    ]);
  });

  it('does not cover what is decided without it', () => {
    const layers = load(looser);
    const then = decide(layers, inShop, during);
    expect(isCovered(then, then, () => ({}))).toBe(true);
    const unhosted = { ...inShop, model: { ...inShop.model, hosted: false } };
    expect(
      isCovered(
        decide(layers, unhosted, during),
        decide(layers, unhosted, after),
        () => ({}),
      ),
    ).toBe(false);
  });

  it('changes the version of the policies', () => {
    expect(load(looser).version).not.toBe(load().version);
    expect(load(exception('', { until: '2026-06-29' })).version).not.toBe(
      load(exception('')).version,
    );
  });

  it.each([
    [
      'one of the whole organisation',
      exception('', { scope: '{ organisation: true }' }),
      'exception: it is for a system, an owner or a group; change the policy of the organisation instead',
    ],
    [
      'a day that does not exist',
      exception('', { until: '2026-02-30' }),
      'exception.until: 2026-02-30 is not a day of the calendar',
    ],
    [
      'no day at all',
      exception('', { until: 'soon' }),
      'exception.until: must be a day such as 2027-01-31',
    ],
    [
      'a rule that refuses',
      exception('refuse: [{ code: x, when: "true", message: No. }]'),
      'refuse: an exception refuses nothing; put the rule into a file without one',
    ],
    [
      'nobody who answers for it',
      {
        file: 'pilot.yaml',
        text: exception('').text.replace('  by: user:default/lara\n', ''),
      },
      "exception: field 'by' is missing; add it",
    ],
    [
      'a sign-off that nobody asks for',
      {
        file: 'pilot.yaml',
        text: exception('').text.replace('[security]', '[risk]'),
      },
      'exception.lifts.signOffs: internal.yaml asks for no sign-off by risk',
    ],
    [
      'a refusal that nobody makes',
      {
        file: 'pilot.yaml',
        text: exception('').text.replace('[region]', '[regoin]'),
      },
      "exception.lifts.refusals: internal.yaml has no refusal 'regoin'",
    ],
  ])('cannot be %s', (_, file, message) => {
    expect(() => load(file)).toThrow(`pilot.yaml: ${message}`);
  });
});
