import type { ModelEntityV1alpha1 } from '../model';
import { shapes } from './__testUtils__/shapes';
import { fitOn } from './fit';
import { gpusText, parseGpus } from './gpus';
import { hardwareFactsOf } from './hardwareFacts';
import { weightFormatOf } from './weightFormats';

describe('weightFormatOf', () => {
  it.each([
    ['q4-k-m', 'gguf-q4-k-m', 4.89],
    ['Llama-3.3-70B-Instruct-Q4_K_M.gguf', 'gguf-q4-k-m', 4.89],
    ['gguf-q8-0', 'gguf-q8-0', 8.5],
    ['Qwen3-8B-IQ4_XS.gguf', 'gguf-iq4-xs', 4.46],
    ['model-BF16.gguf', 'gguf-bf16', 16],
    ['Q2_K_S', 'gguf-q2-k-s', 2.97],
    ['bf16', 'bf16', 16],
    ['FP16', 'fp16', 16],
    ['float32', 'fp32', 32],
    ['Meta-Llama-3.1-8B-Instruct-FP8-dynamic', 'fp8', 8],
    ['Llama-3.3-70B-Instruct-quantized.w8a8', 'int8', 8],
    ['quantized.w4a16', 'int4', 4.15625],
    ['Qwen2.5-7B-Instruct-AWQ', 'int4', 4.15625],
    ['GPTQ-Int4', 'int4', 4.15625],
    ['GPTQ-Int8', 'int8-w8a16', 8.16],
    ['gemma-4-31B-it-NVFP4', 'nvfp4', 4.5],
    ['mxfp4', 'mxfp4', 4.25],
    ['int4-w4a16', 'int4', 4.15625],
  ])('%s is %s with %d bits', (text, id, bits) => {
    expect(weightFormatOf(text)).toMatchObject({ id, bits });
  });

  it.each(['1.0', 'v0.1', 'large-v3', 'Llama-3.1-8B-Instruct', '2024-11-20'])(
    'nothing is told by %s',
    text => expect(weightFormatOf(text)).toBeUndefined(),
  );
});

describe('parseGpus', () => {
  it.each([
    ['2x H100 80GB', '2x H100 80GB', 79.6],
    ['8xH100-80GB', '8x H100 80GB', 79.6],
    ['1 x NVIDIA A10G', '1x A10G 24GB', 22.5],
    ['A100', '1x A100 40GB', 40],
    ['4× A100 80 GB', '4x A100 80GB', 80],
    ['1x L40S 48GB', '1x L40S 48GB', 45],
    ['1x L4', '1x L4 24GB', 22.5],
    ['2x GB200', '2x GB200 186GB', 184],
    ['1x H100 NVL 94GB', '1x H100 NVL 94GB', 93.6],
    ['RTX 6000 Ada 48GB', '1x RTX 6000 Ada 48GB', 48],
    ['1x RTX 4090', '1x RTX 4090 24GB', 24],
  ])('%s', (text, expected, memoryGiB) => {
    const gpus = parseGpus(text);
    expect(gpus && gpusText(gpus)).toBe(expected);
    expect(gpus?.gpu.memoryGiB).toBe(memoryGiB);
    expect(gpus?.isUnknown).toBeUndefined();
  });

  it('takes what a text says of a kind that it does not know', () => {
    expect(parseGpus('4x Gaudi9 100GB')).toEqual({
      count: 4,
      isUnknown: true,
      gpu: { id: 'gaudi9-100gb', name: 'Gaudi9 100GB', memoryGiB: 93.1 },
    });
  });

  it.each(['none, a CPU is enough', '', '2x something', '0x H100', 'x 0GB'])(
    'finds none in "%s"',
    text => expect(parseGpus(text)).toBeUndefined(),
  );
});

describe('fitOn', () => {
  const facts = (model: keyof typeof shapes, format: string) => ({
    ...shapes[model],
    format: weightFormatOf(format)!,
  });

  it.each([
    ['llama-3.3-70b', 'bf16', '4x H100 80GB', true],
    ['llama-3.3-70b', 'bf16', '1x H100 80GB', false],
    ['llama-3.3-70b', 'q4_k_m', '1x H100 80GB', true],
    ['llama-3.1-8b', 'q4_k_m', '1x L4 24GB', true],
    ['llama-3.1-8b', 'bf16', '1x T4 16GB', false],
    ['gpt-oss-120b', 'mxfp4', '1x H100 80GB', true],
    ['deepseek-r1', 'fp8', '8x H100 80GB', false],
    ['deepseek-r1', 'fp8', '8x H200 141GB', true],
  ] as const)('%s in %s on %s: %s', (model, format, gpus, fits) => {
    const fit = fitOn(facts(model, format), parseGpus(gpus)!);
    expect(fit.fits).toBe(fits);
    expect(fit.spareGiBPerGpu >= 0).toBe(fits);
  });

  it('tells how many sequences fit, and that one more does not', () => {
    const gpus = parseGpus('1x L4 24GB')!;
    const llama = facts('llama-3.1-8b', 'q4_k_m');
    const { mostSequences } = fitOn(llama, gpus);
    expect(mostSequences).toBeGreaterThan(1);
    const fits = (sequences: number) => fitOn(llama, gpus, { sequences }).fits;
    expect(fits(mostSequences!)).toBe(true);
    expect(fits(mostSequences! + 1)).toBe(false);
  });

  it('tells the fewest GPUs of the kind that do', () => {
    const llama = facts('llama-3.3-70b', 'bf16');
    const gpus = parseGpus('1x A100 40GB')!;
    const needed = fitOn(llama, gpus).gpusNeeded!;
    expect(fitOn(llama, { ...gpus, count: needed }).fits).toBe(true);
    expect(fitOn(llama, { ...gpus, count: needed / 2 }).fits).toBe(false);
  });

  it('says where heads do not divide', () => {
    const gpus = (count: number) => ({ ...parseGpus('H100')!, count });
    const qwen = facts('qwen2.5-7b', 'bf16');
    expect(fitOn(qwen, gpus(8)).unevenSplit).toBe(true);
    expect(fitOn(qwen, gpus(4)).unevenSplit).toBeUndefined();
  });

  it('finds no count for what does not fit anywhere', () => {
    const huge = { ...facts('llama-3.1-405b', 'fp32'), parameters: 4e12 };
    const fit = fitOn(huge, parseGpus('T4')!);
    expect(fit.gpusNeeded).toBeUndefined();
    expect(fit.mostSequences).toBe(0);
  });
});

describe('hardwareFactsOf', () => {
  const entity = (spec: object): ModelEntityV1alpha1 =>
    ({
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'm' },
      spec: { type: 'llm', ...spec },
    } as ModelEntityV1alpha1);

  it('reads format and size of a single file', () => {
    const { facts, formatFrom, missingForCache } = hardwareFactsOf(
      entity({
        parameters: 8e9,
        hardware: {
          architecture: { layers: 32, kvHeads: 8, headDim: 128 },
        },
      }),
      {
        name: 'one',
        artifact: { uri: 'hf://a/b/B-Q4_K_M.gguf', sizeBytes: 5e9 },
      },
    );
    expect(facts).toMatchObject({ fileBytes: 5e9, layers: 32 });
    expect(facts?.format.id).toBe('gguf-q4-k-m');
    expect(formatFrom).toBe('the address of the artifact');
    expect(missingForCache).toEqual([]);
  });

  it('does not take the size of a repository for that of its weights', () => {
    const { facts } = hardwareFactsOf(entity({ parameters: 8e9 }), {
      name: 'bf16',
      artifact: { uri: 'hf://meta-llama/Llama-3.1-8B', sizeBytes: 32e9 },
    });
    expect(facts).toEqual({
      parameters: 8e9,
      format: expect.objectContaining({ id: 'bf16' }),
    });
  });

  it('takes the dtype, and a quantisation only where there is but one', () => {
    const version = { name: '1.0', artifact: { uri: 'hf://a/b' } };
    const formatOf = (spec: object) =>
      hardwareFactsOf(entity({ parameters: 1e9, ...spec }), version).facts
        ?.format.id;
    expect(formatOf({ hardware: { architecture: { dtype: 'fp16' } } })).toBe(
      'fp16',
    );
    expect(formatOf({ compatibility: { quantizations: ['fp8'] } })).toBe('fp8');
    expect(
      formatOf({ compatibility: { quantizations: ['fp8', 'int4-awq'] } }),
    ).toBeUndefined();
  });

  it('says what is missing, where it goes and where to find it', () => {
    const { facts, missing, missingForCache } = hardwareFactsOf(entity({}), {
      name: '1.0',
    });
    expect(facts).toBeUndefined();
    expect(missing.map(({ field }) => field)).toEqual([
      'spec.parameters',
      'spec.hardware.architecture.dtype',
    ]);
    expect(missingForCache.map(({ howToAdd }) => howToAdd)).toEqual([
      expect.stringContaining('num_hidden_layers'),
      expect.stringContaining('num_key_value_heads'),
      expect.stringContaining('head_dim'),
    ]);
  });

  it('asks for no cache of what writes no text', () => {
    const { missingForCache } = hardwareFactsOf(entity({ type: 'embedding' }), {
      name: 'fp32',
    });
    expect(missingForCache).toEqual([]);
  });
});
