import { CelConditions } from './conditions/CelConditions';
import { decide, demandsOf } from './decisions/decide';
import { isCovered } from './decisions/isCovered';
import { loadPolicies } from './layers/loadPolicies';
import {
  internalPolicy,
  organisation,
  policyInput,
  testGates,
} from './__testUtils__';

const load = (...extra: Array<{ file: string; text: string }>) =>
  loadPolicies(
    [...organisation(internalPolicy), ...extra],
    testGates,
    CelConditions.create(),
  );

const NOW = new Date('2026-06-01T12:00:00Z');

const layer = (body: string, scope = '{ system: system:default/shop }') => ({
  file: 'shop.yaml',
  text: `tier: internal\nscope: ${scope}\n${body}`,
});

const inShop = policyInput({ model: { system: 'system:default/shop' } });

describe('decide', () => {
  it('asks for what the organisation says', () => {
    expect(decide(load(), policyInput(), NOW)).toEqual({
      tier: 'internal',
      version: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      gates: [
        {
          id: 'card',
          required: true,
          params: {
            minScore: 60,
            fields: ['a'],
            allowed: ['x', 'y'],
            mode: 'warn',
            note: 'hi',
          },
          waivableBy: ['lead', 'legal'],
          waiverDays: 30,
        },
      ],
      signOffs: [
        { role: 'lead', quorum: 1, groups: [], secondFactor: false },
        {
          role: 'security',
          quorum: 1,
          groups: ['group:default/security', 'group:default/soc'],
          secondFactor: false,
        },
      ],
      expiresAfterDays: 365,
      checkDeadlineHours: 72,
      breakGlass: { allowed: true, hours: 48 },
      snapshotMaxAgeSeconds: 900,
      refusals: [],
    });
  });

  it('asks for a passkey of who waives, once any layer does', () => {
    const gate = (waiver: string) =>
      decide(
        load(layer(`gates: { card: { waiver: ${waiver} } }`)),
        inShop,
        NOW,
      ).gates.find(({ id }) => id === 'card');
    expect(
      gate('{ by: [lead], atMostDays: 5, secondFactor: true }'),
    ).toMatchObject({ waiverSecondFactor: true, waiverDays: 5 });
    expect(gate('{ by: [lead], atMostDays: 5 }')).not.toHaveProperty(
      'waiverSecondFactor',
    );
  });

  it('follows conditions', () => {
    const open = policyInput({ model: { license: 'apache-2.0' } });
    expect(
      decide(load(), open, NOW).gates.map(g => [g.id, g.required]),
    ).toEqual([
      ['card', true],
      ['ownership', false],
    ]);
    const hosted = policyInput({ model: { hosted: true } });
    expect(decide(load(), hosted, NOW).refusals).toEqual([
      { code: 'region', message: 'Where does it run?' },
    ]);
  });

  it('tells people everything that may be asked', () => {
    const demands = demandsOf(load(), 'internal');
    expect(demands.gates.map(({ id }) => id)).toEqual(['card', 'ownership']);
    expect(demands.refusals).toEqual([]);
  });

  it('adds what lower layers ask for, and only where they count', () => {
    const layers = load(
      layer(`
expiresAfterDays: 90
snapshotMaxAgeSeconds: 60
breakGlass: { allowed: false }
gates:
  card:
    params: { minScore: 80, fields: [a, b], allowed: [x], mode: fail }
    waiver: { by: [legal], atMostDays: 7 }
  ownership: { required: true }
signOffs:
  security: { quorum: 2, secondFactor: true, groups: [group:default/security] }
  legal: { groups: [group:default/legal] }
refuse:
  - { code: no-meta, when: 'model.provider == "meta"', message: Not here. }
`),
    );
    expect(decide(layers, inShop, NOW)).toMatchObject({
      expiresAfterDays: 90,
      snapshotMaxAgeSeconds: 60,
      breakGlass: { allowed: false, hours: 48 },
      gates: [
        {
          id: 'card',
          params: {
            minScore: 80,
            fields: ['a', 'b'],
            allowed: ['x'],
            mode: 'fail',
            note: 'hi',
          },
          waivableBy: ['legal'],
          waiverDays: 7,
        },
        { id: 'ownership', required: true },
      ],
      signOffs: [
        { role: 'lead', quorum: 1 },
        {
          role: 'security',
          quorum: 2,
          groups: ['group:default/security'],
          secondFactor: true,
        },
        { role: 'legal', quorum: 1, groups: ['group:default/legal'] },
      ],
      refusals: [{ code: 'no-meta', message: 'Not here.' }],
    });
    expect(decide(layers, policyInput(), NOW).expiresAfterDays).toBe(365);
  });

  it('takes the stricter of two lower layers', () => {
    const layers = load(
      layer('gates: { card: { params: { minScore: 80, allowed: [x] } } }'),
      {
        ...layer(
          'gates: { card: { params: { minScore: 70, allowed: [y] } } }',
          '{ group: group:default/care }',
        ),
        file: 'care.yaml',
      },
    );
    const requester = {
      ref: 'user:default/d',
      groups: ['group:default/care'],
    };
    expect(
      decide(layers, { ...inShop, requester }, NOW).gates[0].params,
    ).toEqual(expect.objectContaining({ minScore: 80, allowed: [] }));
  });
});

describe('a lower layer may only tighten', () => {
  it.each([
    ['expiresAfterDays: 400', 'expiresAfterDays: 400 is more than the 365'],
    ['checkDeadlineHours: 100', 'checkDeadlineHours: 100 is more than the 72'],
    [
      'snapshotMaxAgeSeconds: 1000',
      'snapshotMaxAgeSeconds: 1000 is more than the 900',
    ],
    [
      'breakGlass: { allowed: true, hours: 72 }',
      'breakGlass.hours: 72 is more than the 48',
    ],
    [
      'gates: { card: { required: false } }',
      'gates.card.required: false loosens the true',
    ],
    [
      'gates: { card: { params: { minScore: 50 } } }',
      'gates.card.params.minScore: 50 is not stricter than the 60',
    ],
    [
      'gates: { card: { params: { fields: [b] } } }',
      'gates.card.params.fields: ["b"] is not stricter than the ["a"]',
    ],
    [
      'gates: { card: { params: { allowed: [x, z] } } }',
      'gates.card.params.allowed: ["x","z"] is not stricter than the ["x","y"]',
    ],
    [
      'gates: { card: { params: { note: other } } }',
      'gates.card.params.note: "other" is not stricter than the "hi"',
    ],
    [
      'gates: { card: { waiver: { by: [security], atMostDays: 1 } } }',
      'gates.card.waiver.by: security may not waive it by the rules',
    ],
    [
      'gates: { card: { waiver: { by: [lead], atMostDays: 60 } } }',
      'gates.card.waiver.atMostDays: 60 is more than the 30',
    ],
    [
      'signOffs: { security: { groups: [group:default/interns] } }',
      'signOffs.security.groups: group:default/interns does not hold the role by the rules',
    ],
    [
      'signOffs: { security: { groups: [] } }',
      'signOffs.security.groups: nobody could sign instead of the groups',
    ],
  ])('%s', (body, message) => {
    expect(() => load(layer(body))).toThrow(
      `shop.yaml: ${message} of internal.yaml; a lower layer may only tighten, unless it is an exception with a name and an end`,
    );
  });

  it('neither a smaller quorum nor a dropped passkey', () => {
    const strict = internalPolicy.replace(
      'security: { quorum: 1,',
      'security: { quorum: 2, secondFactor: true,',
    );
    const lower = layer(
      'signOffs: { security: { quorum: 1, secondFactor: false } }',
    );
    expect(() =>
      loadPolicies(
        [...organisation(strict), lower],
        testGates,
        CelConditions.create(),
      ),
    ).toThrow(
      /quorum: 1 is less than the 2.*secondFactor: false loosens the true/,
    );
  });
});

describe('a wrong file says what to do', () => {
  it.each([
    ['tier: [', /shop.yaml: not YAML/],
    ['tier: internal', /shop.yaml: field 'scope' is missing; add it/],
    [
      'tier: internl\nscope: { organisation: true }',
      /tier: must be one of sandbox, internal/,
    ],
    [
      'tier: internal\nscope: { system: shop }',
      /scope.system: must be a full reference/,
    ],
    [
      'tier: internal\nscope: { system: system:default/shop }\ngate: {}',
      /field 'gate' is not known here/,
    ],
    [
      'tier: internal\nscope: { system: system:default/shop }\nsignOffs: { lead: { quorum: 0 } }',
      /signOffs.lead.quorum: must be >= 1/,
    ],
  ])('%s', (text, message) => {
    expect(() => load({ file: 'shop.yaml', text })).toThrow(message);
  });

  it.each([
    ['gates: { scan: {} }', 'gates.scan: no such gate; installed are: card'],
    [
      'gates: { card: { params: { minScore: high } } }',
      'gates.card.params: minScore: must be a number',
    ],
    [
      'gates: { card: { when: model.colour == "red" } }',
      'gates.card.when: not a condition: No such key: colour',
    ],
    // Whoever writes the model's file could switch such a condition off.
    [
      'gates: { card: { when: model.curation == "official" } }',
      'gates.card.when: not a condition: No such key: curation',
    ],
    [
      'refuse: [{ code: a, when: "\'beta\' in model.tags", message: No }]',
      'refuse.0.when: not a condition: No such key: tags',
    ],
    [
      'gates: { card: { when: model.provider } }',
      'gates.card.when: the condition gives string',
    ],
    [
      'refuse: [{ code: a, when: "model.", message: No }]',
      'refuse.0.when: not a condition',
    ],
    [
      'signOffs: { legal: { quorum: 1 } }',
      'signOffs.legal.groups: name the group',
    ],
  ])('%s', (body, message) => {
    expect(() => load(layer(body))).toThrow(message);
  });

  it('and so does a folder that says too little or too much', () => {
    expect(() => loadPolicies([], testGates, CelConditions.create())).toThrow(
      'holds no policy',
    );
    expect(() =>
      loadPolicies(
        organisation(internalPolicy).slice(1),
        testGates,
        CelConditions.create(),
      ),
    ).toThrow('the organisation has no policy for sandbox');
    expect(() => load({ file: 'zz.yaml', text: internalPolicy })).toThrow(
      "zz.yaml: tier: internal.yaml already is the organisation's policy for internal",
    );
  });
});

describe('version', () => {
  it('is a matter of the rules, not of prose, order or file names', () => {
    const reordered = organisation(
      `title: Internal\nabout: Some words.\n# A comment\n${internalPolicy}`,
    )
      .reverse()
      .map(({ file, text }) => ({ file: `x-${file}`, text }));
    const other = loadPolicies(reordered, testGates, CelConditions.create());
    expect(other.version).toBe(load().version);
  });

  it('changes with any rule of any layer', () => {
    expect(load(layer('expiresAfterDays: 90')).version).not.toBe(
      load().version,
    );
  });
});

describe('isCovered', () => {
  const orders = (id: string) =>
    testGates.find(gate => gate.id === id)?.paramOrder ?? {};
  const base = decide(load(), inShop, NOW);
  const under = (body: string) => decide(load(layer(body)), inShop, NOW);

  it('holds for the same and for less', () => {
    expect(isCovered(base, base, orders)).toBe(true);
    const strict = under(
      'signOffs: { legal: { groups: [group:default/legal] } }',
    );
    expect(isCovered(strict, base, orders)).toBe(true);
  });

  it.each([
    'signOffs: { legal: { groups: [group:default/legal] } }',
    'signOffs: { security: { quorum: 2 } }',
    'signOffs: { security: { secondFactor: true } }',
    'signOffs: { security: { groups: [group:default/security] } }',
    'gates: { ownership: { required: true } }',
    'gates: { card: { params: { minScore: 61 } } }',
    'expiresAfterDays: 364',
    'refuse: [{ code: a, when: "true", message: No. }]',
  ])('does not hold for %s', body => {
    expect(isCovered(base, under(body), orders)).toBe(false);
  });

  it('leaves out what only warns', () => {
    const warned = under('gates: { ownership: { required: false } }');
    expect(isCovered(base, warned, orders)).toBe(true);
  });
});
