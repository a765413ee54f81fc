import {
  publishedCaches,
  publishedFiles,
  publishedUse,
  type Published,
} from './__testUtils__/published';
import { shapes } from './__testUtils__/shapes';
import { estimateMemory, type MemoryFacts } from './memory';
import { weightFormatOf } from './weightFormats';

const factsOf = (model: Published[0], format: string): MemoryFacts => ({
  ...(typeof model === 'number' ? { parameters: model } : shapes[model]),
  format: weightFormatOf(format)!,
});

/** How far an estimate is from what was published, as a share of that. */
const off = (estimate: number | undefined, published: number) =>
  Math.abs((estimate ?? 0) - published) / published;

const bf16 = (model: keyof typeof shapes) => factsOf(model, 'bf16');

describe('memory against published figures', () => {
  it.each(publishedFiles)(
    'weights of %s in %s: %d GiB',
    (model, format, gib) => {
      const { weightsGiB } = estimateMemory(factsOf(model, format));
      expect(off(weightsGiB, gib)).toBeLessThan(0.1);
    },
  );

  it.each(publishedCaches)(
    'KV cache of %s in %s: %d GiB, %j',
    (model, format, gib, conditions) => {
      const { kvCacheGiBPerSequence } = estimateMemory(
        factsOf(model, format),
        conditions,
      );
      expect(off(kvCacheGiBPerSequence, gib)).toBeLessThan(0.1);
    },
  );

  it.each(publishedUse)(
    'memory of %s in %s: %d GiB, %j',
    (model, format, gib, conditions) => {
      const { totalGiB } = estimateMemory(factsOf(model, format), conditions);
      expect(off(totalGiB, gib)).toBeLessThan(0.1);
    },
  );
});

describe('estimateMemory', () => {
  const parts = (facts: MemoryFacts, conditions = {}) => {
    const estimate = estimateMemory(facts, conditions);
    return (
      estimate.weightsGiB +
      (estimate.kvCacheGiB ?? 0) +
      estimate.activationsGiB +
      estimate.runtimeGiB
    );
  };

  it.each([1, 2, 4, 8, 16])('is the sum of its parts on %d GPUs', gpus => {
    const estimate = estimateMemory(bf16('llama-3.3-70b'), { gpus });
    expect(parts(bf16('llama-3.3-70b'), { gpus })).toBeCloseTo(
      estimate.totalGiB,
      6,
    );
    expect(estimate.perGpuGiB * gpus).toBeCloseTo(estimate.totalGiB, 6);
  });

  it('splits the cache by heads, and copies it where there are more GPUs', () => {
    const cache = (gpus: number) =>
      estimateMemory(bf16('llama-3.1-8b'), { gpus }).kvCacheGiB!;
    expect(cache(8)).toBeCloseTo(cache(1), 6);
    expect(cache(16)).toBeCloseTo(2 * cache(1), 6);
  });

  it('keeps the one latent head of MLA on every GPU', () => {
    const facts = factsOf('deepseek-r1', 'fp8');
    const one = estimateMemory(facts, { sequences: 1, contextTokens: 131_072 });
    // 61 layers × 576 values × 2 bytes: 68.6 KiB per token.
    expect(one.kvCacheGiB! * 1024 ** 2).toBeCloseTo(68.625 * 131_072, 0);
    const eight = estimateMemory(facts, {
      sequences: 1,
      contextTokens: 131_072,
      gpus: 8,
    });
    expect(eight.kvCacheGiB).toBeCloseTo(8 * one.kvCacheGiB!, 6);
  });

  it('halves the cache in 8 bits and looks back no further than the window', () => {
    const cache = (conditions: object) =>
      estimateMemory(bf16('gemma-2-9b'), { sequences: 1, ...conditions })
        .kvCacheGiB!;
    const short = cache({ contextTokens: 4096 });
    expect(cache({ contextTokens: 8192 })).toBeCloseTo(1.5 * short, 6);
    expect(cache({ contextTokens: 4096, kvBytes: 1 })).toBeCloseTo(short / 2);
  });

  it('goes by the size of the file where there is one', () => {
    const { weightsGiB } = estimateMemory({
      ...bf16('qwen3-8b'),
      fileBytes: 3 * 1024 ** 3,
    });
    expect(weightsGiB).toBe(3);
  });

  it('says what it took as usual, and stays near what is so', () => {
    const { parameters } = shapes['llama-3.3-70b'];
    const facts = { parameters, format: weightFormatOf('w4a16')! };
    const guessed = estimateMemory(facts);
    expect(guessed.kvCacheGiB).toBeUndefined();
    expect(guessed.assumptions).toEqual([
      expect.stringContaining('embeddings'),
    ]);
    const known = estimateMemory({ ...facts, ...shapes['llama-3.3-70b'] });
    expect(known.assumptions).toEqual([]);
    expect(off(guessed.weightsGiB, known.weightsGiB)).toBeLessThan(0.05);
  });

  it('says that recurrent layers are not counted', () => {
    const facts = { ...bf16('llama-3.1-8b'), layers: 40, attentionLayers: 4 };
    const { assumptions, kvCacheGiB } = estimateMemory(facts);
    expect(assumptions).toEqual([expect.stringContaining('fixed size')]);
    expect(kvCacheGiB).toBeCloseTo(
      estimateMemory(bf16('llama-3.1-8b')).kvCacheGiB! / 8,
      6,
    );
  });
});
