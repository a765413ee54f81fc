import type { MemoryConditions } from '../memory';
import type { shapes } from './shapes';

export type Published = [
  model: keyof typeof shapes | number,
  format: string,
  /** GiB. */
  need: number,
  conditions: Partial<MemoryConditions>,
];

const GIB = 1024 ** 3;

/**
 * Sizes of files that an engine loads as they are, in bytes: from
 * huggingface.co, the LFS pointers of the files.
 */
const file = (
  model: Published[0],
  format: string,
  bytes: number,
): Published => [model, format, bytes / GIB, {}];

export const publishedFiles: Published[] = [
  file('llama-3.1-8b', 'Q4_K_M.gguf', 4_920_739_232),
  file('llama-3.3-70b', 'Q4_K_M.gguf', 42_520_398_816),
  file('llama-3.1-405b', 'Q4_K_M.gguf', 249.1e9),
  file('qwen2.5-7b', 'Q4_K_M.gguf', 4_683_073_504),
  file('qwen3-8b', 'Q8_0.gguf', 8_709_518_112),
  file('qwen3-8b', 'Q4_K_M.gguf', 5_027_783_488),
  file('gemma-2-9b', 'Q4_K_M.gguf', 5_761_057_728),
  file('phi-4', 'Q4_K_M.gguf', 9_053_114_816),
  file('mistral-small-24b', 'Q4_K_M.gguf', 14_333_908_672),
  // OpenAI's model card paper, arXiv 2508.10925, table 1.
  ['gpt-oss-120b', 'mxfp4', 60.8, {}],
  ['gpt-oss-20b', 'mxfp4', 12.8, {}],
  // By their number of parameters alone.
  file(568e6, 'fp32', 2_271_071_852),
  file(334e6, 'fp32', 1_333_384_464),
  file(3.5e9, 'fp16', 6_938_078_334),
];

/** KV cache in 16 bits, https://huggingface.co/blog/llama31 ("GB" there are GiB). */
export const publishedCaches: Published[] = [
  ['llama-3.1-8b', 'fp16', 0.125, { contextTokens: 1024 }],
  ['llama-3.1-8b', 'fp16', 1.95, { contextTokens: 16_000 }],
  ['llama-3.1-8b', 'fp16', 15.62, { contextTokens: 128_000 }],
  ['llama-3.3-70b', 'fp16', 0.313, { contextTokens: 1024 }],
  ['llama-3.3-70b', 'fp16', 4.88, { contextTokens: 16_000 }],
  ['llama-3.3-70b', 'fp16', 39.06, { contextTokens: 128_000 }],
];

/**
 * What the allocator held at most, by Qwen's speed benchmark with Transformers
 * (docs/source/benchmark/speed_benchmark.rst of QwenLM/Qwen2.5; "GB" there are
 * GiB): one prompt of so many tokens at once, and 2048 tokens of answer.
 */
const measured = (
  model: Published[0],
  format: string,
  prompt: number,
  need: number,
): Published => [
  model,
  format,
  need,
  {
    contextTokens: prompt + 2048,
    prefillTokens: prompt,
    runtimeGiBPerGpu: 0,
    sequences: 1,
  },
];

export const publishedUse: Published[] = [
  measured('qwen2.5-0.5b', 'bf16', 1, 0.97),
  measured('qwen2.5-0.5b', 'bf16', 30_720, 2.34),
  measured('qwen2.5-0.5b', 'gptq-int4', 1, 0.48),
  measured('qwen2.5-0.5b', 'gptq-int4', 30_720, 1.85),
  measured('qwen2.5-1.5b', 'bf16', 1, 2.95),
  measured('qwen2.5-1.5b', 'gptq-int8', 1, 1.82),
  measured('qwen2.5-1.5b', 'gptq-int4', 1, 1.18),
  measured('qwen2.5-1.5b', 'bf16', 30_720, 5.62),
  measured('qwen2.5-14b', 'bf16', 1, 28.08),
  measured('qwen2.5-14b', 'bf16', 14_336, 31.95),
  measured('qwen2.5-14b', 'bf16', 30_720, 36.85),
  measured('qwen2.5-14b', 'gptq-int8', 1, 16.11),
  measured('qwen2.5-14b', 'gptq-int4', 1, 9.94),
  measured('qwen2.5-14b', 'awq', 1, 9.79),
  measured('qwen2.5-14b', 'awq', 30_720, 18.57),
  measured('qwen2.5-32b', 'bf16', 14_336, 67.31),
  measured('qwen2.5-32b', 'bf16', 30_720, 74.47),
  measured('qwen2.5-32b', 'gptq-int8', 30_720, 46.45),
  measured('qwen2.5-32b', 'gptq-int4', 14_336, 24.67),
  measured('qwen2.5-32b', 'awq', 30_720, 31.56),
  measured('qwen2.5-72b', 'bf16', 1, 136.2),
  measured('qwen2.5-72b', 'bf16', 14_336, 149.14),
  measured('qwen2.5-72b', 'bf16', 30_720, 164.79),
  measured('qwen2.5-72b', 'gptq-int8', 1, 72.61),
  measured('qwen2.5-72b', 'gptq-int4', 1, 39.91),
  measured('qwen2.5-72b', 'gptq-int4', 14_336, 46.86),
];
