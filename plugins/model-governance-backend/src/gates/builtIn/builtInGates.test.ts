import type { JsonObject } from '@backstage/types';
import type {
  ModelEntityV1alpha1,
  ModelSpecV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { gateContext } from '../__testUtils__/gateContext';
import { licenceGate, modelCardGate, ownershipGate } from '.';

const model = (
  spec: Partial<ModelSpecV1alpha1> = {},
  name = 'tuned',
): ModelEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name, namespace: 'acme' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: `acme/${name}`,
    ...spec,
  },
});

const evaluate = (
  gate: ModelGate,
  entity: ModelEntityV1alpha1,
  params: JsonObject = {},
  catalog: Record<string, object> = {},
) =>
  gate.evaluate(
    {
      entity,
      entityRef: 'model:acme/tuned',
      version: { name: '1' },
      pin: 'sha256:aa',
      decisionFactsHash: 'sha256:bb',
      tier: 'internal',
      purpose: { id: 'p', title: 'P', dataClasses: [], regions: [] },
      profile: 'team',
    },
    params,
    gateContext({ catalog }),
  );

describe('model card', () => {
  it('names what is missing and how to add it', async () => {
    const outcome = await evaluate(modelCardGate, model(), {
      minScore: 60,
      requiredFields: ['spec.useCases.intended'],
    });
    expect(outcome).toMatchObject({
      verdict: 'fail',
      summary: 'The card has to say what the model is for.',
      evidence: { minScore: 60 },
    });
    expect(outcome.findings[0]).toEqual({
      id: 'missing-spec.useCases.intended',
      severity: 'high',
      field: 'spec.useCases.intended',
      message: 'The card does not say what the model is for.',
      howToFix:
        "Add spec.useCases.intended to the model's YAML: what the model is for.",
    });
  });

  it('asks for a score', async () => {
    const entity = model({ useCases: { intended: ['Summaries'] } });
    const at = (minScore: number) =>
      evaluate(modelCardGate, entity, { minScore });
    const low = await at(90);
    expect(low.verdict).toBe('fail');
    expect(low.summary).toMatch(/\d+ of 100 complete, and 90 is asked for/);
    const score = Number(low.evidence?.score);
    expect((await at(score)).verdict).toBe('pass');
    expect((await at(score + 1)).verdict).toBe('fail');
  });

  it('refuses parameters that mean nothing', () => {
    expect(() => modelCardGate.validateParams?.({ minScore: 101 })).toThrow(
      'minScore must be <= 100',
    );
    expect(() => modelCardGate.validateParams?.({ score: 1 })).toThrow(
      "must NOT have additional properties 'score'",
    );
  });
});

describe('ownership', () => {
  const catalog = [
    'group:default/ml',
    'user:default/priya',
    'user:default/kai',
    'user:default/sam',
  ];
  const gate = (members: string[], leads: string[] = ['user:default/priya']) =>
    ownershipGate({
      existing: async refs =>
        new Set(refs.filter(ref => catalog.includes(ref))),
      membersOf: async () => members,
      leadsOf: async () => leads,
    });
  const strict = { requireLead: true, requireSteward: true, minMembers: 2 };

  it('passes where people answer', async () => {
    expect(
      await evaluate(
        gate(['user:default/priya', 'user:default/kai']),
        model({ steward: 'user:default/sam' }),
        strict,
      ),
    ).toMatchObject({
      verdict: 'pass',
      findings: [],
      evidence: { members: 2, leadKnown: true, stewardKnown: true },
    });
  });

  it.each([
    ['owner-missing', { owner: 'group:default/gone' }, ['user:default/kai']],
    ['owner-empty', {}, []],
    ['owner-empty', {}, ['user:default/left']],
    ['owner-empty', {}, ['user:default/kai']],
    ['steward-missing', { steward: 'user:default/left' }, undefined],
    ['steward-missing', { steward: undefined }, undefined],
  ])('fails with %s for %j and members %j', async (id, spec, members) => {
    const outcome = await evaluate(
      gate(members ?? ['user:default/priya', 'user:default/kai']),
      model({ steward: 'user:default/sam', ...spec }),
      strict,
    );
    expect(outcome.verdict).toBe('fail');
    expect(outcome.findings.map(f => f.id)).toContain(id);
  });

  it('asks for a lead where the policy does', async () => {
    const leaderless = gate(['user:default/kai'], ['user:default/left']);
    const entity = model({ steward: 'user:default/sam' });
    const withLead = (requireLead: boolean) =>
      evaluate(leaderless, entity, { requireLead });
    expect((await withLead(true)).verdict).toBe('fail');
    expect(await withLead(false)).toMatchObject({
      verdict: 'pass',
      findings: [{ id: 'lead-missing', severity: 'low' }],
    });
  });
});

describe('licence', () => {
  const strict = {
    unknownLicence: 'fail',
    lineageConflict: 'fail',
    requireCommercialUse: true,
    companyMonthlyActiveUsers: 4_000_000,
  };
  const under = (
    id: string | undefined,
    more: Partial<ModelSpecV1alpha1> = {},
  ) => model({ ...(id && { license: { id } }), ...more });

  it.each([
    ['apache-2.0', 'pass'],
    ['MIT', 'pass'],
    ['llama2', 'pass'],
    ['llama3', 'pass'],
    ['llama3.1', 'pass'],
    ['llama3.2', 'pass'],
    ['llama3.3', 'pass'],
    ['llama4', 'pass'],
    ['gemma', 'pass'],
    ['openrail++', 'pass'],
    ['bigscience-bloom-rail-1.0', 'pass'],
    ['deepseek', 'pass'],
    ['qwen', 'pass'],
    ['falcon-llm-license', 'pass'],
    ['nvidia-open-model-license', 'pass'],
    ['LicenseRef-OpenAI-Services-Agreement', 'pass'],
    ['cc-by-4.0', 'pass'],
    ['agpl-3.0', 'pass'],
    ['cc-by-nc-4.0', 'fail'],
    ['cc-by-nc-4.0 OR mit', 'pass'],
    ['cc-by-nc-4.0 AND mit', 'fail'],
    ['mrl', 'fail'],
    ['mnpl', 'fail'],
    ['fair-noncommercial-research-license', 'fail'],
    ['other', 'fail'],
    [undefined, 'fail'],
  ])('%s at work: %s', async (id, verdict) => {
    expect((await evaluate(licenceGate, under(id), strict)).verdict).toBe(
      verdict,
    );
  });

  it('lists duties in plain words with their source', async () => {
    const { findings } = await evaluate(licenceGate, under('llama3.3'), strict);
    expect(findings).toContainEqual({
      id: 'duty-product-3',
      severity: 'info',
      field: 'spec.license.id',
      message: 'Show "Built with Llama" in the product or its documentation.',
      link: 'https://www.llama.com/llama3_3/license/',
    });
  });

  it.each(['warn', 'needs-evidence', 'fail'] as const)(
    'lets the policy say that an unknown licence means %s',
    async unknownLicence => {
      expect(
        await evaluate(licenceGate, under('acme-1.0'), { unknownLicence }),
      ).toMatchObject({
        verdict: unknownLicence,
        summary: 'Nobody has written down what the licence acme-1.0 asks.',
      });
    },
  );

  it('knows when a company is too large', async () => {
    const at = (companyMonthlyActiveUsers: number) =>
      evaluate(licenceGate, under('llama3.3'), {
        ...strict,
        companyMonthlyActiveUsers,
      });
    expect((await at(700_000_000)).verdict).toBe('pass');
    expect(await at(700_000_001)).toMatchObject({
      verdict: 'fail',
      summary: expect.stringContaining('ends at 700 million'),
    });
  });

  it('follows lists, in any spelling', async () => {
    const verdict = async (id: string, params: JsonObject) =>
      (await evaluate(licenceGate, under(id), { ...strict, ...params }))
        .verdict;
    expect(await verdict('mit', { allowedLicences: ['MIT'] })).toBe('pass');
    expect(await verdict('gemma', { allowedLicences: ['MIT'] })).toBe('fail');
    expect(
      await verdict('AGPL-3.0-only', { deniedLicences: ['agpl-3.0'] }),
    ).toBe('fail');
  });

  it('believes the licence, not the card', async () => {
    const claimed = model({
      license: { id: 'cc-by-nc-4.0', commercialUse: 'yes' },
    });
    const outcome = await evaluate(licenceGate, claimed, strict);
    expect(outcome.verdict).toBe('fail');
    expect(outcome.findings.map(f => f.id)).toContain('claim-commercial-use');
    const lax = await evaluate(
      licenceGate,
      model({
        license: { id: 'llama3.3', commercialUse: 'yes', userThreshold: 1 },
      }),
      strict,
    );
    expect(lax.verdict).toBe('warn');
    expect(lax.findings.slice(0, 2).map(f => f.id)).toEqual([
      'claim-commercial-use',
      'claim-user-threshold',
    ]);
  });

  describe('lineage', () => {
    const base = (id: string, more: Partial<ModelSpecV1alpha1> = {}) => ({
      'model:meta/base': {
        ...model({ license: { id }, provider: 'meta', ...more }),
        metadata: { name: 'base', namespace: 'meta' },
      },
    });
    const tuned = (id: string, more: Partial<ModelSpecV1alpha1> = {}) =>
      under(id, { baseModel: 'model:meta/base', ...more });

    it.each([
      ['llama3.1', 'apache-2.0', 'fail'],
      ['llama3.1', 'llama3.1', 'warn'],
      ['gemma', 'mit', 'fail'],
      ['cc-by-nc-4.0', 'mit', 'fail'],
      ['apache-2.0', 'mit', 'pass'],
      ['other', 'mit', 'fail'],
    ])('%s made into %s: %s', async (from, to, verdict) => {
      const outcome = await evaluate(
        licenceGate,
        tuned(to),
        strict,
        base(from),
      );
      expect(outcome.verdict).toBe(verdict);
    });

    it('carries duties down, over any distance', async () => {
      const catalog = {
        ...base('apache-2.0', { baseModel: 'model:meta/root' }),
        'model:meta/root': model({
          license: { id: 'llama3.1' },
          provider: 'x',
        }),
      };
      const outcome = await evaluate(
        licenceGate,
        tuned('apache-2.0'),
        strict,
        catalog,
      );
      expect(outcome.verdict).toBe('fail');
      expect(outcome.findings.map(f => f.message)).toEqual(
        expect.arrayContaining([
          'model:meta/root: Show "Built with Llama" in the product or its documentation.',
        ]),
      );
      expect(outcome.evidence?.lineage).toEqual([
        { ref: 'model:meta/base', licence: 'apache-2.0' },
        { ref: 'model:meta/root', licence: 'llama3.1' },
      ]);
    });

    it('lets a maker relicense its own, and ends in circles and gaps', async () => {
      const own = await evaluate(
        licenceGate,
        tuned('apache-2.0', { provider: 'meta' }),
        strict,
        base('llama3.1'),
      );
      expect(own.verdict).toBe('pass');
      const circle = await evaluate(
        licenceGate,
        tuned('mit'),
        strict,
        base('mit', { baseModel: 'model:acme/tuned' }),
      );
      expect(circle.verdict).toBe('pass');
      const gap = await evaluate(licenceGate, tuned('mit'), strict);
      expect(gap.verdict).toBe('warn');
      expect(gap.findings[0].message).toContain('is not in the catalog');
    });

    it('minds the name that a licence asks for', async () => {
      const named = { ...tuned('llama3.1'), metadata: { name: 'llama-tuned' } };
      expect(
        (await evaluate(licenceGate, named, strict, base('llama3.1'))).verdict,
      ).toBe('pass');
    });
  });
});
