import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { subject } from '../__testUtils__';
import { gateContext } from '../__testUtils__/gateContext';
import { hardwareFitGate } from './hardwareFitGate';

const LLAMA_8B = {
  layers: 32,
  attentionHeads: 32,
  kvHeads: 8,
  headDim: 128,
  hiddenSize: 4096,
  intermediateSize: 14336,
  vocabSize: 128256,
};

const spec = (changes: object = {}) => ({
  type: 'llm',
  lifecycle: 'active',
  owner: 'group:default/ml',
  provider: 'meta',
  gatewayId: 'meta/m',
  parameters: 8.03e9,
  context: { maxTokens: 131_072 },
  hardware: { recommendedGpu: '1x L4 24GB', architecture: LLAMA_8B },
  ...changes,
});

const about = (
  changes: object = {},
  version: object = { name: 'q4-k-m', artifact: { uri: 'hf://a/B.gguf' } },
  more: object = {},
) =>
  subject({
    entity: {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'm' },
      spec: spec(changes),
    } as ModelEntityV1alpha1,
    version: version as never,
    ...more,
  });

const bf16 = { name: 'bf16', artifact: { uri: 'hf://a/b' } };

const run = (asked = about(), params = {}) =>
  hardwareFitGate.evaluate(asked, params, gateContext());

const ids = (findings: Array<{ id: string }>) => findings.map(({ id }) => id);

describe('hardware fit', () => {
  it('passes what fits, with the parts that it is made of', async () => {
    const { verdict, findings, evidence, summary } = await run();
    expect(verdict).toBe('pass');
    expect(findings).toEqual([]);
    expect(summary).toMatch(/fits 1x L4 24GB/);
    expect(evidence).toMatchObject({
      kind: 'hardware-fit',
      verdict: 'fits',
      gpus: '1x L4 24GB',
      gpusFrom: 'card',
      format: 'gguf-q4-k-m',
      bitsPerWeight: 4.89,
      contextTokens: 8192,
      sequences: 4,
      missing: [],
    });
    const { parts, totalGiB } = evidence as unknown as {
      parts: Array<{ id: string; gib: number }>;
      totalGiB: number;
    };
    expect(parts.map(({ id }) => id)).toEqual([
      'weights',
      'kv-cache',
      'activations',
      'runtime',
    ]);
    const sum = parts.reduce((total, { gib }) => total + gib, 0);
    expect(Math.abs(sum - totalGiB)).toBeLessThan(0.05);
  });

  it('fails what does not fit, and says how many GPUs would do', async () => {
    const { verdict, findings, evidence } = await run(
      about(
        { hardware: { recommendedGpu: '1x T4 16GB', architecture: LLAMA_8B } },
        bf16,
      ),
    );
    expect(verdict).toBe('fail');
    expect(findings).toEqual([
      expect.objectContaining({
        id: 'too-large',
        severity: 'high',
        field: 'spec.hardware.recommendedGpu',
        howToFix: expect.stringContaining('to 2x T4 16GB or'),
      }),
    ]);
    expect(evidence).toMatchObject({ gpusNeeded: 2, gpuCount: 1 });
  });

  it('counts requests at once, and the window where it is smaller', async () => {
    const many = await run(about(), { sequences: 16, contextTokens: 32_768 });
    expect(many.verdict).toBe('fail');
    const short = await run(about({ context: { maxTokens: 2048 } }), {
      sequences: 16,
      contextTokens: 32_768,
    });
    expect(short.verdict).toBe('pass');
    expect(short.evidence).toMatchObject({ contextTokens: 2048 });
  });

  it('says which replicas the peak takes, and fails nobody for it', async () => {
    const { verdict, findings, evidence } = await run(
      about(undefined, undefined, {
        expectedUse: {
          inputTokensPerMonth: 1,
          outputTokensPerMonth: 1,
          peakConcurrent: 100,
        },
      }),
    );
    const { mostSequences } = evidence as { mostSequences: number };
    expect(verdict).toBe('pass');
    expect(ids(findings)).toEqual(['replicas']);
    expect(evidence).toMatchObject({
      replicasForPeak: Math.ceil(100 / mostSequences),
    });
  });

  it.each([
    ['warn', 'warn', 'medium'],
    ['fail', 'fail', 'high'],
  ])(
    'where facts are missing, the policy says %s',
    async (unknown, verdict, severity) => {
      const outcome = await run(about({ parameters: undefined }), { unknown });
      expect(outcome.verdict).toBe(verdict);
      expect(outcome.summary).toMatch(/cannot be known.*number of parameters/);
      expect(outcome.findings).toEqual([
        expect.objectContaining({
          id: 'missing-spec.parameters',
          severity,
          howToFix: expect.stringContaining('in full'),
        }),
      ]);
    },
  );

  it('cannot know without the shape of the attention, unless it is too large anyway', async () => {
    const hardware = { recommendedGpu: '1x L4 24GB' };
    const unknown = await run(about({ hardware }));
    expect(unknown.evidence).toMatchObject({ verdict: 'unknown' });
    expect(ids(unknown.findings)).toEqual([
      'missing-spec.hardware.architecture.layers',
      'missing-spec.hardware.architecture.kvHeads',
      'missing-spec.hardware.architecture.headDim',
    ]);
    const large = await run(about({ hardware, parameters: 70e9 }));
    expect(large.evidence).toMatchObject({ verdict: 'does-not-fit' });
    expect(large.verdict).toBe('fail');
    const embedding = await run(about({ hardware, type: 'embedding' }));
    expect(embedding.verdict).toBe('pass');
  });

  it('tells the need where no GPUs are named, and takes those of the policy', async () => {
    const asked = about({ hardware: { architecture: LLAMA_8B } });
    const none = await run(asked);
    expect(none.verdict).toBe('warn');
    expect(none.evidence).toMatchObject({ verdict: 'unknown' });
    expect(none.evidence?.totalGiB).toBeGreaterThan(5);
    const offered = await run(asked, { gpus: ['1x T4 16GB', '1x L4 24GB'] });
    expect(offered.evidence).toMatchObject({
      verdict: 'fits',
      gpusFrom: 'policy',
      gpus: '1x T4 16GB',
    });
    const larger = await run(
      about({ hardware: { architecture: LLAMA_8B } }, bf16),
      {
        gpus: ['1x T4 16GB', '1x L40S'],
      },
    );
    expect(larger.evidence).toMatchObject({ gpus: '1x L40S 48GB' });
  });

  it('judges by main memory where no GPU is asked for', async () => {
    const hardware = {
      recommendedGpu: 'none, a CPU is enough',
      memoryGiB: 2,
    };
    const small = await run(
      about(
        { type: 'classifier', parameters: 67e6, hardware },
        { name: 'fp32', artifact: { uri: 'hf://a/b' } },
      ),
    );
    expect(small.verdict).toBe('pass');
    expect(small.evidence).toMatchObject({ isCpu: true });
    const large = await run(about({ hardware }));
    expect(large.verdict).toBe('fail');
    expect(large.findings[0].howToFix).toMatch(/memoryGiB/);
  });

  it('says when a card asks for too little, or for GPUs that do not divide', async () => {
    const { verdict, findings } = await run(
      about({
        parameters: 7.6e9,
        hardware: {
          minGpuMemoryGiB: 4,
          recommendedGpu: '8x L4 24GB',
          architecture: { ...LLAMA_8B, attentionHeads: 28, kvHeads: 4 },
        },
      }),
    );
    expect(verdict).toBe('warn');
    expect(ids(findings)).toEqual(['declared-too-little', 'uneven-split']);
  });

  it('leaves alone what a provider runs', () => {
    const hosted = about({}, { name: '1', providerModelId: 'x' });
    expect(hardwareFitGate.appliesTo(hosted, {})).toBe(false);
    expect(hardwareFitGate.appliesTo(about(), {})).toBe(true);
  });

  it.each([
    [{ sequences: 0 }, /sequences/],
    [{ utilization: 2 }, /utilization/],
    [{ kvBits: 4 }, /kvBits/],
    [{ gpus: ['a fast one'] }, /'a fast one' names no GPUs/],
    [{ unknown: 'pass' }, /unknown/],
    [{ gpu: 'H100' }, /gpu/],
  ])('refuses the parameters %j', (params, message) => {
    expect(() => hardwareFitGate.validateParams?.(params)).toThrow(message);
  });

  it('asks again when the shape, the version or the peak changes, and not for prose', () => {
    const key = (one = about()) => hardwareFitGate.cacheKey?.(one);
    expect(key(about({ limitations: ['It is slow.'] }))).toBe(key());
    expect(key(about({}, bf16))).not.toBe(key());
    expect(key(about({ parameters: 9e9 }))).not.toBe(key());
    expect(
      key(
        about({}, undefined, {
          expectedUse: {
            inputTokensPerMonth: 1,
            outputTokensPerMonth: 1,
            peakConcurrent: 9,
          },
        }),
      ),
    ).not.toBe(key());
  });
});
