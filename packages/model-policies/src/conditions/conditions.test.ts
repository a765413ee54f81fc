import {
  organisation,
  internalPolicy,
  policyInput,
  testGates,
} from '../__testUtils__';
import { decide } from '../decisions/decide';
import { checkPolicies } from '../layers/loadPolicies';
import { CelConditions } from './CelConditions';

const conditions = CelConditions.create();
const NOW = new Date('2026-06-01T12:00:00Z');

describe('a condition', () => {
  it.each([
    ['tier == "internal" && !model.hosted', true],
    ['purpose.dataClasses.exists(c, c in ["personal"])', false],
    ['model.regions.all(r, r in purpose.regions)', true],
    ['has(model.license) && model.license.startsWith("a")', false],
    ['model.regions.all(r, purpose.regions.exists(p, p.startsWith(r)))', true],
    ['requester.groups.filter(g, g.endsWith("/care")).size() > 0', false],
    ['purpose.regions.map(r, r.lowerAscii()) == []', true],
  ])('%s', (text, expected) => {
    expect(conditions.compile(text)(policyInput())).toBe(expected);
  });

  it.each([
    ['model.colour == "red"', /No such key: colour/],
    ['colour == "red"', /Unknown variable: colour/],
    ['model.provider', /gives string, but has to give true or false/],
    ['model.hosted == 1', /no such overload/],
    ['tier ==', /not a condition/],
    ['model.provider.matches("(a+)+$")', /'matches' is not offered/],
    [
      'timestamp("2026-01-01T00:00:00Z") < timestamp(0)',
      /'timestamp' is not offered/,
    ],
    ['dyn(model) == 1', /'dyn' is not offered/],
    ['cel.bind(x, tier, x == x)', /'bind' is not offered/],
  ])('is refused: %s', (text, message) => {
    expect(() => conditions.compile(text)).toThrow(message);
  });

  const loop = (depth: number): string =>
    depth === 0 ? 'true' : `model.regions.all(x${depth}, ${loop(depth - 1)})`;
  const hundred = `[${Array(200).fill('"a"').join(',')}]`;

  it.each([
    ['loops in loops', loop(3), /steps, and 200000 are the most/],
    [
      'loops over long lists',
      `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a == b)))`,
      /maxAstNodes|steps/,
    ],
    [
      'lists that grow while they are looped over',
      'model.regions.map(a, model.regions.map(b, model.regions.map(c, c))).size() > 0',
      /steps/,
    ],
    ['brackets', `${'('.repeat(900)}true${')'.repeat(900)}`, /maxDepth/],
    ['negations', `${'!'.repeat(1999)}true`, /maxAstNodes|maxDepth/],
    [
      'long lists',
      `tier in [${Array(600).fill('"a"').join(',')}]`,
      /maxListElements/,
    ],
  ])('that could take long is refused at once: %s', (_, text, message) => {
    const start = performance.now();
    expect(() => conditions.compile(text)).toThrow(message);
    expect(performance.now() - start).toBeLessThan(250);
  });

  it('that is allowed ends soon, whatever the input', () => {
    const worst = conditions.compile(
      'model.regions.all(r, purpose.regions.exists(p, p == r || p.contains(r)))',
    );
    const regions = Array.from({ length: 100 }, (_, i) => `${i}`.repeat(99));
    const start = performance.now();
    worst(
      policyInput({
        purpose: {
          id: 'p',
          title: 'P',
          dataClasses: [],
          regions: [...regions].reverse(),
        },
        model: { regions },
      }),
    );
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('does not look at what is too large', () => {
    const condition = conditions.compile('model.regions.size() > 0');
    const regions = Array(101).fill('eu');
    expect(() => condition(policyInput({ model: { regions } }))).toThrow(
      'model is too large',
    );
    expect(() =>
      condition(policyInput({ profile: 'x'.repeat(10_001) })),
    ).toThrow('profile is too large');
  });
});

describe('a policy', () => {
  const decided = (waiver: string, input = policyInput()) => {
    const { layers, problems } = checkPolicies(
      organisation(
        internalPolicy.replace(
          'waiver: { by: [lead, legal], atMostDays: 30 }',
          `waiver: { by: [lead, legal], atMostDays: 30, when: ${waiver} }`,
        ),
      ),
      testGates,
      conditions,
    );
    expect(problems).toEqual([]);
    return decide(layers!, input, NOW).gates[0];
  };

  it('lets a check be waived only where its condition holds', () => {
    const when = "'!model.hosted'";
    expect(decided(when)).toMatchObject({
      waivableBy: ['lead', 'legal'],
      waiverDays: 30,
    });
    expect(
      decided(when, policyInput({ model: { hosted: true } })),
    ).toMatchObject({ waivableBy: [], waiverDays: 0 });
  });

  it('lets nothing be waived where that cannot be told', () => {
    const regions = Array(101).fill('eu');
    const gate = decided(
      "'model.regions.size() >= 0'",
      policyInput({ model: { regions } }),
    );
    expect(gate).toMatchObject({ required: true, waivableBy: [] });
  });

  it('is not loosened by a lower layer where nobody may waive', () => {
    const files = organisation(
      internalPolicy.replace(
        'atMostDays: 30 }',
        'atMostDays: 30, when: model.hosted }',
      ),
    );
    const { layers } = checkPolicies(
      [
        ...files,
        {
          file: 'shop.yaml',
          text: 'tier: internal\nscope: { system: system:default/shop }\ngates: { card: { waiver: { by: [lead], atMostDays: 7 } } }',
        },
      ],
      testGates,
      conditions,
    );
    const input = policyInput({ model: { system: 'system:default/shop' } });
    expect(decide(layers!, input, NOW).gates[0].waivableBy).toEqual([]);
  });

  it('is told with the place of a wrong condition', () => {
    const { problems } = checkPolicies(
      organisation(
        internalPolicy.replace('model.license ==', 'model.licence =='),
      ),
      testGates,
      conditions,
    );
    expect(problems).toEqual([
      {
        file: 'internal.yaml',
        field: 'gates.ownership.when',
        line: 15,
        column: 5,
        message: expect.stringContaining('No such key: licence'),
      },
    ]);
  });
});
