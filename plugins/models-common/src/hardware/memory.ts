import type { WeightFormat } from './weightFormats';

/**
 * What has to be known of a model to tell its memory. All but the parameters
 * and the format may be missing; what stands in is told as an assumption.
 *
 * @public
 */
export interface MemoryFacts {
  /** All parameters, of a mixture of experts those of all experts. */
  parameters: number;
  /** Of a mixture of experts: those that work on one token. */
  activeParameters?: number;
  format: WeightFormat;
  /** Size of the artifact's file in bytes, where the artifact is the one file that is loaded. */
  fileBytes?: number;
  /** Parameters that stay in 16 bits where the format is for linear layers only. */
  unquantizedParameters?: number;
  layers?: number;
  /** Layers with attention, where others have a state of fixed size instead (Mamba). */
  attentionLayers?: number;
  /** Heads of keys and values; fewer than heads of queries where queries share them (GQA, MQA). */
  kvHeads?: number;
  attentionHeads?: number;
  headDim?: number;
  /** Multi-head latent attention: values that are kept of one token in one layer, `kv_lora_rank + qk_rope_head_dim`. */
  latentDim?: number;
  hiddenSize?: number;
  intermediateSize?: number;
  vocabSize?: number;
  /** The output layer is the embeddings. */
  tiedEmbeddings?: boolean;
  /** Layers that look back over `slidingWindow` tokens only. */
  slidingWindowLayers?: number;
  /** In tokens. */
  slidingWindow?: number;
}

/**
 * Under which conditions a model runs.
 *
 * @public
 */
export interface MemoryConditions {
  /** Tokens of one sequence, prompt and answer together. */
  contextTokens: number;
  /** Sequences at once. */
  sequences: number;
  /** 2 for 16 bits, 1 for 8. */
  kvBytes: number;
  /** Tokens of prompts that are worked on at once. */
  prefillTokens: number;
  /** GiB on each GPU for the driver's context, kernels, graphs and communication. */
  runtimeGiBPerGpu: number;
  /** GPUs over which the model is split. */
  gpus: number;
}

/**
 * @public
 */
export const defaultMemoryConditions: MemoryConditions = {
  contextTokens: 8192,
  sequences: 4,
  kvBytes: 2,
  prefillTokens: 2048,
  runtimeGiBPerGpu: 1,
  gpus: 1,
};

/**
 * Memory over all GPUs of one replica, in GiB.
 *
 * @public
 */
export interface MemoryEstimate {
  weightsGiB: number;
  /** Undefined where the shape of the attention is not known. */
  kvCacheGiB?: number;
  /** What one more sequence takes. */
  kvCacheGiBPerSequence?: number;
  activationsGiB: number;
  runtimeGiB: number;
  totalGiB: number;
  /** What the fullest GPU holds. */
  perGpuGiB: number;
  /** What stood in for facts that are missing, one sentence each. */
  assumptions: string[];
}

const GIB = 1024 ** 3;
const KEPT_BYTES = 2;

/** Hidden size where it is not told: 4096 at 8 billion parameters, with their cube root. */
const usualHiddenSize = ({ parameters, activeParameters }: MemoryFacts) =>
  4096 * Math.cbrt((activeParameters ?? parameters) / 8e9);

const USUAL_VOCABULARY = 128_000;

/** Parameters that a format for linear layers leaves in 16 bits. */
function keptParameters(facts: MemoryFacts, assumptions: string[]): number {
  const { parameters, unquantizedParameters, vocabSize, hiddenSize } = facts;
  if (unquantizedParameters !== undefined) {
    return Math.min(unquantizedParameters, parameters);
  }
  if (!vocabSize || !hiddenSize) {
    assumptions.push(
      'The size of the embeddings, which stay in 16 bits, is taken as usual for this many parameters.',
    );
  }
  const tables = facts.tiedEmbeddings ? 1 : 2;
  return Math.min(
    parameters,
    tables *
      (vocabSize ?? USUAL_VOCABULARY) *
      (hiddenSize ?? usualHiddenSize(facts)),
  );
}

function weightBytes(facts: MemoryFacts, assumptions: string[]): number {
  const { parameters, format, fileBytes } = facts;
  if (fileBytes) return fileBytes;
  if (!format.linearOnly) return (parameters * format.bits) / 8;
  const kept = keptParameters(facts, assumptions);
  return ((parameters - kept) * format.bits) / 8 + kept * KEPT_BYTES;
}

/**
 * Bytes of the KV cache for one sequence; undefined where the shape of the
 * attention is not known.
 */
function kvBytesPerSequence(
  facts: MemoryFacts,
  { contextTokens, kvBytes }: MemoryConditions,
): number | undefined {
  const { layers, kvHeads, headDim, latentDim } = facts;
  const attending = facts.attentionLayers ?? layers;
  if (attending === undefined) return undefined;
  const perLayer =
    latentDim ?? (kvHeads && headDim ? 2 * kvHeads * headDim : undefined);
  if (perLayer === undefined) return undefined;
  const windowed = facts.slidingWindow
    ? Math.min(facts.slidingWindowLayers ?? attending, attending)
    : 0;
  const tokens =
    (attending - windowed) * contextTokens +
    windowed * Math.min(contextTokens, facts.slidingWindow ?? contextTokens);
  return perLayer * tokens * kvBytes;
}

/**
 * What the layers hold on each GPU while they work on prompts: the outputs of
 * the two inner projections, which are split, and of attention, which is not,
 * with room for their copies.
 */
function activationBytesPerGpu(
  facts: MemoryFacts,
  { prefillTokens, gpus }: MemoryConditions,
): number {
  const hidden = facts.hiddenSize ?? usualHiddenSize(facts);
  const inner = facts.intermediateSize ?? 3.5 * hidden;
  return prefillTokens * ((2.5 * inner) / gpus + 5 * hidden) * KEPT_BYTES;
}

/**
 * The memory that one replica of a model takes:
 *
 * ```text
 * weights      = quantised × bits / 8 + kept in 16 bits × 2        (or the file's size)
 * KV cache     = sequences × tokens × layers × 2 × KV heads × head dim × bytes
 * activations  = prompt tokens at once × (2.5 × inner + 5 × GPUs × hidden size) × 2
 * runtime      = GPUs × 1 GiB
 * ```
 *
 * docs/hardware-memory.md says where the parts come from and how they compare
 * with published figures.
 *
 * @public
 */
export function estimateMemory(
  facts: MemoryFacts,
  changes: Partial<MemoryConditions> = {},
): MemoryEstimate {
  const conditions = { ...defaultMemoryConditions, ...changes };
  const { gpus, sequences } = conditions;
  const assumptions: string[] = [];
  const weights = weightBytes(facts, assumptions) / GIB;
  const perSequence = kvBytesPerSequence(facts, conditions);
  const kv = perSequence === undefined ? 0 : (perSequence * sequences) / GIB;
  if (facts.attentionLayers && facts.layers !== facts.attentionLayers) {
    assumptions.push(
      'Layers without attention keep a state of fixed size, which is not counted.',
    );
  }
  const activations = activationBytesPerGpu(facts, conditions) / GIB;
  // More GPUs than heads of keys and values hold copies of them.
  const heads = facts.latentDim ? 1 : facts.kvHeads ?? gpus;
  const kvShare = Math.max(1 / gpus, 1 / heads);
  const kvOverall = kvShare * gpus;
  const perGpu =
    weights / gpus + kv * kvShare + activations + conditions.runtimeGiBPerGpu;
  return {
    weightsGiB: weights,
    ...(perSequence !== undefined && {
      kvCacheGiB: kv * kvOverall,
      kvCacheGiBPerSequence: (perSequence / GIB) * kvOverall,
    }),
    activationsGiB: activations * gpus,
    runtimeGiB: conditions.runtimeGiBPerGpu * gpus,
    totalGiB: perGpu * gpus,
    perGpuGiB: perGpu,
    assumptions,
  };
}
