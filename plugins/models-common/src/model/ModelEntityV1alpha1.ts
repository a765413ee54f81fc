import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type {
  COMMERCIAL_USES,
  MODEL_CURATIONS,
  MODEL_LIFECYCLES,
  MODEL_TYPES,
} from './constants';
import type { ModelVersion } from './ModelVersion';

/**
 * What a model does.
 *
 * @public
 */
export type ModelType = (typeof MODEL_TYPES)[number];

/**
 * Where a model is in its life.
 *
 * @public
 */
export type ModelLifecycle = (typeof MODEL_LIFECYCLES)[number];

/**
 * Who stands behind a model. What the YAML says is a claim: show `official`
 * only after governance says that the official policy is passed.
 *
 * @public
 */
export type ModelCuration = (typeof MODEL_CURATIONS)[number];

/**
 * Whether a licence allows commercial use.
 *
 * @public
 */
export type CommercialUse = (typeof COMMERCIAL_USES)[number];

/**
 * The licence of a model.
 *
 * @public
 */
export type ModelLicense = {
  /** SPDX id or expression, `LicenseRef-…`, or a Hugging Face licence id. */
  id: string;
  /** What people call it. */
  name?: string;
  /** Where its text is. */
  url?: string;
  commercialUse?: CommercialUse;
  /** Duties and limits in plain words, one sentence each. */
  conditions?: string[];
  /** The notice that has to be shown, e.g. `Built with Llama`. */
  attribution?: string;
  /** Monthly active users above which another licence has to be asked for. */
  userThreshold?: number;
};

/**
 * What goes in and what comes out: `text`, `image`, `audio`, `video`, …
 *
 * @public
 */
export type ModelModalities = {
  input?: string[];
  output?: string[];
};

/**
 * Where prompts go and how long they stay; the provider's word.
 *
 * @public
 */
export type ModelData = {
  /** Regions, lower case: `eu`, `us`, … */
  regions?: string[];
  /** Days that prompts and answers are kept; 0 is not at all. */
  retentionDays?: number;
};

/**
 * What the model is for, what it is not for, and what binds its users.
 *
 * @public
 */
export type ModelUseCases = {
  intended?: string[];
  outOfScope?: string[];
  restrictions?: string[];
};

/**
 * Context window.
 *
 * @public
 */
export type ModelContext = {
  /** The documented window, in tokens. */
  maxTokens?: number;
  /** The window that was found to work, in tokens. */
  testedTokens?: number;
};

/**
 * The shape of the network, as its config.json tells it; what memory is told
 * from. A claim like everything in the entity.
 *
 * @public
 */
export type ModelArchitecture = {
  /** Of weights without a quantisation: `bf16`, `fp16`, `fp32`. */
  dtype?: string;
  /** Of a mixture of experts: parameters that work on one token. */
  activeParameters?: number;
  /** Parameters that stay in 16 bits when the rest is quantised. */
  unquantizedParameters?: number;
  layers?: number;
  /** Layers with attention, where others are recurrent. */
  attentionLayers?: number;
  attentionHeads?: number;
  /** Heads of keys and values: fewer than heads of queries with grouped or multi-query attention. */
  kvHeads?: number;
  headDim?: number;
  /** Multi-head latent attention: `kv_lora_rank + qk_rope_head_dim`. */
  latentDim?: number;
  hiddenSize?: number;
  /** Of the inner projections; of a mixture of experts, of those that work on one token together. */
  intermediateSize?: number;
  vocabSize?: number;
  /** The output layer is the embeddings. */
  tiedEmbeddings?: boolean;
  /** Tokens that layers with a sliding window look back over. */
  slidingWindow?: number;
  /** Layers with a sliding window; all where only the window is told. */
  slidingWindowLayers?: number;
};

/**
 * What one replica needs.
 *
 * @public
 */
export type ModelHardware = {
  /** Least GPU memory over all GPUs of one replica, in GiB. */
  minGpuMemoryGiB?: number;
  /** e.g. `2x H100 80GB`. */
  recommendedGpu?: string;
  /** CPU cores. */
  cpu?: number;
  /** Main memory, in GiB. */
  memoryGiB?: number;
  architecture?: ModelArchitecture;
};

/**
 * What the model promises to hold, measured over a month.
 *
 * @public
 */
export type ModelObjectives = {
  /** Share of calls that are answered, in percent: 99.5. */
  availabilityPercent?: number;
  /** 95 of 100 answers begin within so many milliseconds. */
  firstTokenP95Ms?: number;
  /** 95 of 100 answers are whole within so many milliseconds. */
  latencyP95Ms?: number;
  /** Where they are shown. */
  dashboard?: string;
};

/**
 * How the model is run in daily work, and what happens when it fails.
 *
 * @public
 */
export type ModelOperations = {
  /** URL of what to do when it fails. */
  runbook?: string;
  /** URL of the rota, or ref of the user or group that is called. */
  onCall?: string;
  slo?: ModelObjectives;
  /** How to go back to what ran before: a URL, or the steps in words. */
  rollback?: string;
  /** Ref of the model that takes over when this one is away. */
  fallback?: string;
};

/**
 * What runs the model.
 *
 * @public
 */
export type ModelCompatibility = {
  /** Serving frameworks: `vllm`, `sglang`, `llama.cpp`, … */
  frameworks?: string[];
  /** Quantisations: `fp8`, `int4-awq`, … */
  quantizations?: string[];
};

/**
 * List price.
 *
 * @public
 */
export type ModelPricing = {
  /** Per million input tokens, in `currency`. */
  inputPerMTok?: number;
  /** Per million output tokens, in `currency`. */
  outputPerMTok?: number;
  /** ISO 4217 code; USD unless told. */
  currency?: string;
};

/**
 * One measured result.
 *
 * @public
 */
export type ModelBenchmark = {
  /** The suite with its version, e.g. `acme-summarization-v2`. */
  suite: string;
  /** e.g. `rougeL`. */
  metric: string;
  /** In the metric's own unit. */
  value: number;
  /** The `name` of the model version that was measured. */
  version?: string;
  /** Day of the measurement, `YYYY-MM-DD`. */
  on?: string;
  /** `internal`, or where the number was published. */
  source?: string;
};

/**
 * What a person writes about a model. All but the first five fields are
 * optional; see {@link completeness} for what they are worth.
 *
 * @public
 */
export interface ModelSpecV1alpha1 extends JsonObject {
  type: ModelType;
  lifecycle: ModelLifecycle;
  /** Ref of a group or user. */
  owner: string;
  /** The vendor, lower case: `meta`, `openai`, … */
  provider: string;
  /**
   * Provider-prefixed id that callers use. Unique over the catalog: see
   * {@link resolveGatewayIdClaims}.
   */
  gatewayId: string;
  /** Ref of the user or group who takes over when the owner is gone. */
  steward?: string;
  /** Ref of a system. */
  system?: string;
  curation?: ModelCuration;
  license?: ModelLicense;
  /** Ref of the model that this one was made from. */
  baseModel?: string;
  /** Ref of the model that replaces this one. */
  supersededBy?: string;
  /** Refs of the data that the model was trained on. */
  trainedOn?: string[];
  /** Refs of versioned feature definitions, `resource:default/name@version`. */
  features?: string[];
  modalities?: ModelModalities;
  /** BCP 47 tags. */
  languages?: string[];
  /** Hugging Face task ids. */
  tasks?: string[];
  /** Use-case domains: `legal`, `customer-support`, … */
  domains?: string[];
  data?: ModelData;
  useCases?: ModelUseCases;
  limitations?: string[];
  /** Number of parameters. */
  parameters?: number;
  context?: ModelContext;
  hardware?: ModelHardware;
  compatibility?: ModelCompatibility;
  pricing?: ModelPricing;
  operations?: ModelOperations;
  benchmarks?: Array<ModelBenchmark>;
  versions?: Array<ModelVersion>;
  /** Path or URL of a Hugging Face style model card. */
  card?: string;
}

/**
 * A model in the catalog.
 *
 * @public
 */
export interface ModelEntityV1alpha1 extends Entity {
  apiVersion: 'modelhub.dev/v1alpha1';
  kind: 'Model';
  spec: ModelSpecV1alpha1;
}
