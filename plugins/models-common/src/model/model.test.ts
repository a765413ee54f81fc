/** @jest-environment node */
import type { ModelEntityV1alpha1, ModelSpecV1alpha1 } from '.';
import {
  canonicalDecisionFacts,
  completeness,
  decisionFacts,
  decisionFactsHash,
  isModelEntity,
  modelEntityNameFor,
  modelEntityNamesFor,
  resolveGatewayIdClaims,
  stringifyVersionPin,
  versionPin,
} from '.';

const digest = `sha256:${'a'.repeat(64)}`;

const model = (spec: Partial<ModelSpecV1alpha1> = {}): ModelEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'tiny', namespace: 'acme' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: 'acme/tiny',
    ...spec,
  },
});

describe('isModelEntity', () => {
  it.each([
    ['modelhub.dev/v1alpha1', 'Model', true],
    ['modelhub.dev/v1alpha1', 'Component', false],
    ['example.com/v1', 'Model', false],
  ])('%s %s is %s', (apiVersion, kind, expected) => {
    expect(isModelEntity({ ...model(), apiVersion, kind } as never)).toBe(
      expected,
    );
  });
});

describe('versionPin', () => {
  it.each([
    [{ name: '1' }, undefined],
    [{ name: '1', artifact: { uri: 'hf://a/b' } }, undefined],
    [{ name: '1', artifact: { uri: 'hf://a/b', digest } }, digest],
    [{ name: '1', providerModelId: 'gpt-x' }, undefined],
    [{ name: '1', snapshot: '2026-01-02' }, undefined],
    [
      { name: '1', providerModelId: 'gpt-x', snapshot: '2026-01-02' },
      'provider:gpt-x@2026-01-02',
    ],
    [
      {
        name: '1',
        artifact: { uri: 'hf://a/b', digest },
        providerModelId: 'gpt-x',
        snapshot: '2026-01-02',
      },
      digest,
    ],
  ])('pins %j as %s', (version, expected) => {
    const pin = versionPin(version);
    expect(pin && stringifyVersionPin(pin)).toBe(expected);
  });
});

describe('completeness', () => {
  const complete = model({
    license: { id: 'Apache-2.0', commercialUse: 'yes' },
    useCases: { intended: ['chat'], outOfScope: ['law'] },
    limitations: ['forgets'],
    benchmarks: [{ suite: 's', metric: 'm', value: 1 }],
    card: './README.md',
    tasks: ['text-generation'],
    hardware: { minGpuMemoryGiB: 8 },
    context: { maxTokens: 8192 },
    trainedOn: ['resource:default/data'],
    modalities: { input: ['text'], output: ['text'] },
    compatibility: { frameworks: ['vllm'] },
    parameters: 1e9,
    languages: ['en'],
    steward: 'user:default/ann',
    versions: [{ name: '1', artifact: { uri: 'hf://a/b', digest } }],
  });
  complete.metadata.description = 'A tiny model.';

  it('gives 100 to a model that says everything that applies to it', () => {
    expect(completeness(complete)).toEqual({ score: 100, missing: [] });
  });

  it('gives 0 to a model that has only the required fields', () => {
    const { score, missing } = completeness(model());
    expect(score).toBe(0);
    expect(missing[0].field).toBe('spec.useCases.intended');
  });

  it.each([
    ['useCases', 'spec.useCases.intended', 81],
    ['license', 'spec.license.id', 87],
    ['steward', 'spec.steward', 98],
    ['parameters', 'spec.parameters', 97],
    ['limitations', 'spec.limitations', 90],
  ])('takes away what %s is worth', (field, named, expected) => {
    const { [field]: _, ...spec } = complete.spec;
    const result = completeness({
      ...complete,
      spec: spec as ModelSpecV1alpha1,
    });
    expect(result.score).toBe(expected);
    expect(result.missing.map(item => item.field)).toContain(named);
  });

  it('asks hosted models for regions and price, and not for hardware', () => {
    const hosted = completeness(
      model({
        versions: [
          { name: '1', providerModelId: 'gpt-x', snapshot: '2026-01-02' },
        ],
      }),
    );
    const fields = hosted.missing.map(({ field }) => field);
    expect(fields).toContain('spec.data.regions');
    expect(fields).toContain('spec.pricing');
    expect(fields).not.toContain('spec.hardware.minGpuMemoryGiB');
    expect(fields).not.toContain('spec.versions');
  });

  it('does not count an unpinned version', () => {
    const { missing } = completeness(
      model({ versions: [{ name: '1', providerModelId: 'gpt-x' }] }),
    );
    expect(missing.map(({ field }) => field)).toContain('spec.versions');
  });
});

describe('decisionFacts', () => {
  const entity = model({
    license: { id: 'llama3.3', name: 'Llama', conditions: ['b', 'a'] },
    useCases: { intended: ['chat', 'summaries'], restrictions: ['EU only'] },
    baseModel: 'tiny-base',
    trainedOn: ['corpus'],
    data: { regions: ['us', 'EU'], retentionDays: 0 },
  });

  it('completes references and sorts lists', () => {
    expect(decisionFacts(entity)).toEqual({
      license: { id: 'llama3.3', conditions: ['a', 'b'] },
      intendedUses: ['chat', 'summaries'],
      excludedUses: [],
      restrictions: ['EU only'],
      lineage: {
        baseModel: 'model:acme/tiny-base',
        trainedOn: ['resource:default/corpus'],
        features: [],
      },
      data: { regions: ['eu', 'us'], retentionDays: 0 },
    });
  });

  it('hashes the same facts to the same value, and other facts to another', async () => {
    const hash = await decisionFactsHash(entity);
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);

    const reworded = structuredClone(entity);
    reworded.metadata.description = 'Other words';
    reworded.spec.limitations = ['Other words'];
    reworded.spec.license!.name = 'Llama 3.3 Community License';
    reworded.spec.useCases!.intended = [' summaries ', 'chat', 'chat'];
    reworded.spec.baseModel = 'Model:acme/tiny-base';
    await expect(decisionFactsHash(reworded)).resolves.toBe(hash);
  });

  it.each<[string, Partial<ModelSpecV1alpha1>]>([
    ['licence', { license: { id: 'mit' } }],
    ['intended use', { useCases: { intended: ['chat'] } }],
    ['lineage', { baseModel: 'model:other/tiny-base' }],
    ['training data', { trainedOn: ['corpus', 'other'] }],
    ['regions', { data: { regions: ['us'], retentionDays: 0 } }],
    ['retention', { data: { regions: ['us', 'eu'], retentionDays: 30 } }],
  ])('changes with the %s', (_, change) => {
    expect(
      canonicalDecisionFacts({
        ...entity,
        spec: { ...entity.spec, ...change },
      }),
    ).not.toBe(canonicalDecisionFacts(entity));
  });
});

describe('modelEntityNameFor', () => {
  it.each([
    ['llama-3.3-70b-instruct', 'llama-3.3-70b-instruct'],
    ['meta-llama/Llama-3.3-70B', 'meta-llama-llama-3.3-70b'],
    [
      'anthropic.claude-3-5-sonnet-20241022-v2:0',
      'anthropic.claude-3-5-sonnet-20241022-v2-0',
    ],
    ['a__b..c', 'a_b.c'],
    ['-x-', 'x'],
  ])('%s becomes %s', (id, name) => {
    expect(modelEntityNameFor(id)).toBe(name);
  });

  it('always gives a valid entity name, another one for each long id', () => {
    const ids = ['x'.repeat(80), `${'x'.repeat(79)}y`, '模型', '::', '…'];
    const names = ids.map(modelEntityNameFor);
    for (const name of names) {
      expect(name).toMatch(/^[a-z0-9]+([-_.][a-z0-9]+)*$/);
      expect(name.length).toBeLessThanOrEqual(63);
    }
    expect(new Set(names).size).toBe(ids.length);
  });

  it('tells ids apart that meet in one name, in any order', () => {
    const ids = ['a/b', 'a:b', 'a-b', 'c'];
    const names = modelEntityNamesFor(ids);
    expect(names.get('a-b')).toBe('a-b');
    expect(names.get('c')).toBe('c');
    expect(names.get('a/b')).toMatch(/^a-b-[0-9a-f]{8}$/);
    expect(new Set(names.values()).size).toBe(4);
    expect(
      new Map([...modelEntityNamesFor([...ids].reverse())].sort()),
    ).toEqual(new Map([...names].sort()));
  });
});

describe('resolveGatewayIdClaims', () => {
  const claim = (entityRef: string, gatewayId: string, day: number) => ({
    entityRef,
    gatewayId,
    firstSeenAt: `2026-01-0${day}T00:00:00.000Z`,
  });

  it('lets the oldest claim hold, refuses the others and flags all', () => {
    expect(
      resolveGatewayIdClaims([
        claim('model:evil/tiny', 'Acme/Tiny', 2),
        claim('model:acme/tiny', 'acme/tiny', 1),
        claim('model:acme/other', 'acme/other', 1),
      ]),
    ).toEqual([
      {
        entityRef: 'model:evil/tiny',
        gatewayId: 'Acme/Tiny',
        outcome: 'refused',
        otherClaimants: ['model:acme/tiny'],
      },
      {
        entityRef: 'model:acme/tiny',
        gatewayId: 'acme/tiny',
        outcome: 'held',
        otherClaimants: ['model:evil/tiny'],
      },
    ]);
  });

  it('decides by reference when the claims are equally old', () => {
    const held = resolveGatewayIdClaims([
      claim('model:b/x', 'x', 1),
      claim('model:a/x', 'x', 1),
    ]).find(({ outcome }) => outcome === 'held');
    expect(held?.entityRef).toBe('model:a/x');
  });
});
