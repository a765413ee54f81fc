import {
  estimateMemory,
  fitOn,
  parseGpus,
  weightFormatOf,
  type MemoryFacts,
} from '@modelhub/backstage-plugin-models-common';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** Public catalogs of validated models, beside the repository where somebody put them. */
const folder = resolve(
  __dirname,
  ...['..', '..', '..', '..', '..', '..', 'shared', 'data', 'model-catalogs'],
);

const whereTheyAre = existsSync(folder) ? describe : describe.skip;

interface Listed {
  name: string;
  readme: string;
}

const listed = new Map(
  (existsSync(folder) ? readdirSync(folder) : []).flatMap(file =>
    (
      parse(readFileSync(join(folder, file), 'utf8')) as { models: Listed[] }
    ).models.map(({ name, readme }) => [name, readme] as const),
  ),
);

const facts = (
  format: string,
  parameters: number,
  more: Partial<MemoryFacts> = {},
): MemoryFacts => ({ parameters, format: weightFormatOf(format)!, ...more });

const mistral24 = (parameters: number) =>
  facts('bf16', parameters, {
    layers: 40,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    hiddenSize: 5120,
    intermediateSize: 32_768,
    vocabSize: 131_072,
  });

const llama70: Partial<MemoryFacts> = {
  layers: 80,
  attentionHeads: 64,
  kvHeads: 8,
  headDim: 128,
  hiddenSize: 8192,
  intermediateSize: 28_672,
  vocabSize: 128_256,
};

const ONE = { sequences: 1, contextTokens: 4096 };
const GB = 1e9 / 1024 ** 3;

/** How far an estimate is from what was published, as a share of that. */
const off = (estimate: number, published: number) =>
  Math.abs(estimate - published) / published;

whereTheyAre('the memory formula against the public catalogs', () => {
  it('reads them', () => expect(listed.size).toBe(109));

  describe('figures in GB', () => {
    const figure = (name: string, pattern: RegExp) =>
      Number(pattern.exec(listed.get(name)!)?.[1]);

    it.each([
      ['RedHatAI/Mistral-Small-24B-Instruct-2501', 23.57e9],
      ['RedHatAI/Mistral-Small-3.1-24B-Instruct-2503', 24.01e9],
    ])('%s, with one prompt of 32k tokens', (name, parameters) => {
      const { totalGiB } = estimateMemory(mistral24(parameters), {
        sequences: 1,
        contextTokens: 32_768,
      });
      const alone = figure(name, /requires ~(\d+) GB of GPU RAM/);
      expect(off(totalGiB, alone * GB)).toBeLessThan(0.1);
      // Under vLLM, which leaves a tenth of the GPU free.
      const served = figure(name, /requires over (\d+) GB of GPU RAM/);
      expect(off(totalGiB / 0.9, served * GB)).toBeLessThan(0.1);
    });
  });

  describe('what quantisation saves', () => {
    const claim =
      /(\d+) to (\d+),? (?:reducing|.{0,40}reducing)[^\n]*?approximately (\d+)%/;
    const claims = [...listed].flatMap(([name, readme]) => {
      const [, from, , percent] = claim.exec(readme) ?? [];
      return percent ? [[name, Number(from), Number(percent)] as const] : [];
    });

    it('is published of many', () => {
      expect(claims.length).toBeGreaterThanOrEqual(40);
    });

    it('is what the layers that the cards speak of save', () => {
      const far = claims.filter(([name, from, percent]) => {
        const { bits } = weightFormatOf(name.split('/').at(-1)!)!;
        return off(100 * (1 - bits / from), percent) >= 0.1;
      });
      expect(far).toEqual([]);
    });

    it('is near that for a whole large model, too, but for what stays in 16 bits', () => {
      const whole = (name: string) =>
        estimateMemory(facts(name, 70.55e9, llama70)).weightsGiB;
      const saved = (name: string) => 100 * (1 - whole(name) / whole('bf16'));
      expect(off(saved('quantized.w4a16'), 75)).toBeLessThan(0.1);
      expect(off(saved('FP8-dynamic'), 50)).toBeLessThan(0.1);
    });
  });

  describe('GPUs that are enough', () => {
    const llama4 = 'RedHatAI/Llama-4-Maverick-17B-128E-Instruct';
    const nemotron = 'RedHatAI/NVIDIA-Nemotron-3-';
    const large3 = 'RedHatAI/Mistral-Large-3-675B-Instruct-2512';
    const ministral: Partial<MemoryFacts> = {
      kvHeads: 8,
      headDim: 128,
      vocabSize: 131_072,
    };

    /** Card, what it says, the model, GPUs that are enough, and some that are not. */
    const rows: Array<[string, RegExp, MemoryFacts, string, string]> = [
      [
        'RedHatAI/Llama-3.1-Nemotron-70B-Instruct-HF',
        /2 A100 80GB GPUs/,
        facts('bf16', 70.55e9, llama70),
        '2x A100 80GB',
        '1x A100 80GB',
      ],
      [
        'RedHatAI/Ministral-3-14B-Instruct-2512',
        /fitting in 24GB of VRAM in FP8/,
        facts('fp8', 13.9e9, {
          ...ministral,
          layers: 40,
          hiddenSize: 5120,
          intermediateSize: 16_384,
        }),
        '1x RTX 4090 24GB',
        '1x T4 16GB',
      ],
      [
        'RedHatAI/Ministral-3-3B-Instruct-2512',
        /fitting in 8GB of VRAM in FP8/,
        facts('fp8', 3.85e9, {
          ...ministral,
          layers: 26,
          hiddenSize: 3072,
          intermediateSize: 9216,
          tiedEmbeddings: true,
        }),
        '1x card of 8GB',
        '1x card of 4GB',
      ],
      [
        'RedHatAI/gpt-oss-120b',
        /run on a single 80GB GPU/,
        facts('mxfp4', 116.83e9, {
          activeParameters: 5.13e9,
          unquantizedParameters: 2.12e9,
        }),
        '1x H100 80GB',
        '1x L40S 48GB',
      ],
      [
        'RedHatAI/gpt-oss-20b',
        /run within 16GB of memory/,
        facts('mxfp4', 20.91e9, {
          activeParameters: 3.61e9,
          unquantizedParameters: 1.8e9,
          hiddenSize: 2880,
        }),
        '1x V100 16GB',
        '1x card of 12GB',
      ],
      [
        llama4,
        /can fit within a single H100 GPU with on-the-fly int4/,
        facts('int4', 108.6e9, { activeParameters: 17e9 }),
        '1x H100 80GB',
        '1x L40S 48GB',
      ],
      [
        llama4,
        /FP8 quantized weights fit on a single H100 DGX host/,
        facts('fp8', 400.7e9, { activeParameters: 17e9 }),
        '8x H100 80GB',
        '4x H100 80GB',
      ],
      [
        large3,
        /\*\*FP8\*\* on a single node of B200s or H200s/,
        facts('fp8', 675e9, { activeParameters: 41e9 }),
        '8x H200 141GB',
        '8x H100 80GB',
      ],
      [
        `${large3}-NVFP4`,
        /\*\*NVFP4\*\* on a single node of H100s or A100s/,
        facts('nvfp4', 675e9, { activeParameters: 41e9 }),
        '8x A100 80GB',
        '4x A100 80GB',
      ],
      [
        `${nemotron}Super-120B-A12B-FP8`,
        /Minimum GPU Requirement\*\* \| 2× H100-80GB/,
        facts('fp8', 120e9, { activeParameters: 12e9 }),
        '2x H100 80GB',
        '1x H100 80GB',
      ],
      [
        `${nemotron}Super-120B-A12B-NVFP4`,
        /Minimum GPU Requirement\*\* \| 1× B200/,
        facts('nvfp4', 120e9, { activeParameters: 12e9 }),
        '1x B200 180GB',
        '1x L40S 48GB',
      ],
      [
        `${nemotron}Super-120B-A12B-BF16`,
        /Minimum GPU Requirement\*\* \| 8× H100-80GB/,
        facts('bf16', 120e9, { activeParameters: 12e9 }),
        '8x H100 80GB',
        '2x H100 80GB',
      ],
      [
        `${nemotron}Ultra-550B-A55B-NVFP4`,
        /Minimum GPU Requirement\*\* \| .*4xB200,.*8xH100/,
        facts('nvfp4', 550e9, { activeParameters: 55e9 }),
        '8x H100 80GB',
        '3x H100 80GB',
      ],
    ];

    it.each(rows)('%s: %s', (name, says, model, enough, tooLittle) => {
      expect(listed.get(name)).toMatch(says);
      const on = (gpus: string) =>
        fitOn(model, parseGpus(gpus)!, { ...ONE, utilization: 1 }).fits;
      expect(on(enough)).toBe(true);
      expect(on(tooLittle)).toBe(false);
    });
  });

  describe('figures that are off', () => {
    it('24 billion parameters in 8 bits do not fit the RTX 4090 that their card names', () => {
      const name = 'RedHatAI/Devstral-Small-2-24B-Instruct-2512';
      expect(listed.get(name)).toMatch(/run on a single RTX 4090/);
      expect(listed.get(name)).toMatch(/Instruct model in \*\*FP8\*\*/);
      const model = { ...mistral24(24.01e9), format: weightFormatOf('fp8')! };
      const on = (one: MemoryFacts) =>
        fitOn(one, parseGpus('RTX 4090')!, { ...ONE, utilization: 1 }).fits;
      expect(on(model)).toBe(false);
      expect(on({ ...model, format: weightFormatOf('int4')! })).toBe(true);
    });

    it('half of the GPUs that are called the minimum are enough, as the same card runs it', () => {
      const readme = listed.get(
        'RedHatAI/NVIDIA-Nemotron-3-Super-120B-A12B-BF16',
      )!;
      expect(readme).toMatch(/Minimum GPU Requirement\*\* \| 8× H100-80GB/);
      expect(readme).toMatch(/--tensor-parallel-size 4/);
      const model = facts('bf16', 120e9, { activeParameters: 12e9 });
      expect(fitOn(model, parseGpus('4x H100 80GB')!, ONE).fits).toBe(true);
    });
  });
});
