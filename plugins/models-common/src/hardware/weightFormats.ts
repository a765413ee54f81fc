/**
 * How a model's weights are kept in memory.
 *
 * @public
 */
export interface WeightFormat {
  /** `bf16`, `fp8`, `int4`, `gguf-q4-k-m`, … */
  id: string;
  /** What people call it. */
  title: string;
  /**
   * Bits per weight with the scales of its blocks. For GGUF the average over a
   * whole file.
   */
  bits: number;
  /**
   * Only the linear layers are in this format: embeddings, and the output layer
   * where it is not the embeddings, stay in 16 bits.
   */
  linearOnly: boolean;
}

/**
 * Average over the file of Llama 3.1 8B, from llama.cpp's tools/quantize/README.md
 * (the types that mix are a few percent smaller for larger models); Q4_0, Q4_1,
 * Q5_0 and Q5_1 from their blocks in ggml-common.h, Q3_K_M from its file.
 */
const GGUF_BITS: Record<string, number> = {
  f32: 32,
  f16: 16,
  bf16: 16,
  q8_0: 8.5,
  q6_k: 6.56,
  q5_k_m: 5.7,
  q5_k_s: 5.57,
  q5_1: 6,
  q5_0: 5.5,
  q4_k_m: 4.89,
  q4_k_s: 4.67,
  q4_1: 5,
  q4_0: 4.5,
  iq4_nl: 4.68,
  iq4_xs: 4.46,
  q3_k_l: 4.3,
  q3_k_m: 4,
  q3_k_s: 3.64,
  iq3_m: 3.76,
  iq3_s: 3.66,
  iq3_xs: 3.5,
  iq3_xxs: 3.25,
  q2_k: 3.16,
  q2_k_s: 2.97,
  iq2_m: 2.93,
  iq2_s: 2.74,
  iq2_xs: 2.59,
  iq2_xxs: 2.38,
  iq1_m: 2.15,
  iq1_s: 2,
  mxfp4: 4.25,
};

const format = (
  id: string,
  title: string,
  bits: number,
  linearOnly = false,
): WeightFormat => ({ id, title, bits, linearOnly });

/** A 16-bit scale for each group of 128 weights, and a 4-bit zero point. */
const GROUP_OF_128 = (16 + 4) / 128;

/** Weight formats of safetensors files, which engines such as vLLM load. */
const FORMATS: Record<string, WeightFormat> = Object.fromEntries(
  [
    format('fp32', '32-bit float', 32),
    format('bf16', '16-bit bfloat', 16),
    format('fp16', '16-bit float', 16),
    format('fp8', '8-bit float', 8, true),
    format('int8', '8-bit integer', 8, true),
    format('int8-w8a16', '8-bit integer, groups of 128', 8.16, true),
    format('int4', '4-bit integer, groups of 128', 4 + GROUP_OF_128, true),
    format('nvfp4', '4-bit float, a scale for each 16', 4.5, true),
    format('mxfp4', '4-bit float, a scale for each 32', 4.25, true),
  ].map(one => [one.id, one]),
);

/** The most telling first; tried on names in lower case with `_` for every separator. */
const NAMES: Array<[RegExp, string]> = [
  [/(^|_)mxfp4(_|$)/, 'mxfp4'],
  [/(^|_)(nvfp4|fp4)(_|$)/, 'nvfp4'],
  [/(^|_)(w4a16|int4|awq|gptq_int4|4bit|nf4)(_|$)/, 'int4'],
  [/(^|_)(w8a16|gptq_int8)(_|$)/, 'int8-w8a16'],
  [/(^|_)(w8a8|int8|8bit)(_|$)/, 'int8'],
  [/(^|_)(fp8|f8|e4m3)(_|$)/, 'fp8'],
  [/(^|_)gptq(_|$)/, 'int4'],
  [/(^|_)(bf16|bfloat16)(_|$)/, 'bf16'],
  [/(^|_)(fp16|f16|float16)(_|$)/, 'fp16'],
  [/(^|_)(fp32|f32|float32)(_|$)/, 'fp32'],
];

const GGUF_NAMES = Object.keys(GGUF_BITS).sort((a, b) => b.length - a.length);

const folded = (text: string) =>
  text
    .toLocaleLowerCase('en-US')
    .replace(/\.(gguf|safetensors|bin|pt)$/, '')
    .replace(/[^a-z0-9]+/g, '_');

/**
 * The format of GGUF files that a text names: `Llama-3.3-70B-Q4_K_M.gguf`,
 * `gguf-q4-k-m`, `q8-0`.
 *
 * @public
 */
export function ggufFormatOf(text: string): WeightFormat | undefined {
  const name = folded(text);
  const type = GGUF_NAMES.find(one => `_${name}_`.includes(`_${one}_`));
  return type === undefined
    ? undefined
    : {
        id: `gguf-${type.replaceAll('_', '-')}`,
        title: `GGUF ${type.toLocaleUpperCase('en-US')}`,
        bits: GGUF_BITS[type],
        linearOnly: false,
      };
}

/**
 * The weight format that a text names, such as the name of a version, of an
 * artifact or of a quantisation: `bf16`, `FP8-dynamic`, `quantized.w4a16`,
 * `int4-awq`, `gguf-q4-k-m`.
 *
 * @public
 */
export function weightFormatOf(text: string): WeightFormat | undefined {
  const name = folded(text);
  if (/(^|_)gguf(_|$)/.test(name) || /\.gguf$/i.test(text)) {
    return ggufFormatOf(text);
  }
  const id = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  return id ? FORMATS[id] : ggufFormatOf(text);
}
