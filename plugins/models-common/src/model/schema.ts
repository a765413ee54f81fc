import type { JsonObject } from '@backstage/types';
import {
  amount,
  choice,
  count,
  list,
  record,
  text,
  texts,
} from '../jsonSchemaFields';
import {
  COMMERCIAL_USES,
  MODEL_CURATIONS,
  MODEL_LIFECYCLES,
  MODEL_TYPES,
} from './constants';

const day = (description: string): JsonObject => ({
  type: 'string',
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: `${description}, YYYY-MM-DD.`,
});

const artifact = record(
  'The bytes of the version.',
  {
    uri: text('Where the bytes are: hf://, s3://, oci:// or https://.'),
    revision: text('Commit or tag at uri.'),
    format: text('safetensors, gguf, onnx, …'),
    digest: {
      type: 'string',
      pattern: '^sha256:[0-9a-f]{64}$',
      description: 'sha256: and 64 hex digits.',
    },
    sizeBytes: count('Size in bytes.'),
  },
  ['uri'],
);

const version = record(
  'One immutable build.',
  {
    name: text('Name of the version, in quotes when it is a number.'),
    artifact,
    providerModelId: text('What the provider calls this version.'),
    snapshot: day("Date of the provider's snapshot"),
    reproduce: record('How to make the version again.', {
      seed: { type: 'integer', description: 'Random seed.' },
      config: text('Where the training configuration is.'),
      code: text('Where the training code is.'),
    }),
  },
  ['name'],
);

const benchmark = record(
  'One measured result.',
  {
    suite: text('The suite with its version.'),
    metric: text('e.g. rougeL.'),
    value: { type: 'number', description: "In the metric's own unit." },
    version: text('Name of the model version that was measured.'),
    on: day('Day of the measurement'),
    source: text('internal, or where the number was published.'),
  },
  ['suite', 'metric', 'value'],
);

const architecture = record(
  'The shape of the network, from its config.json; memory is told from it.',
  {
    dtype: text('Of weights without a quantisation: bf16, fp16 or fp32.'),
    activeParameters: amount('Of a mixture of experts: those for one token.'),
    unquantizedParameters: amount('Those that stay in 16 bits.'),
    layers: count('num_hidden_layers.'),
    attentionLayers: count('Layers with attention, if others are recurrent.'),
    attentionHeads: count('num_attention_heads.'),
    kvHeads: count('num_key_value_heads.'),
    headDim: count('head_dim, or hidden size through attention heads.'),
    latentDim: count('kv_lora_rank + qk_rope_head_dim, for latent attention.'),
    hiddenSize: count('hidden_size.'),
    intermediateSize: count('intermediate_size.'),
    vocabSize: count('vocab_size.'),
    tiedEmbeddings: {
      type: 'boolean',
      description: 'The output layer is the embeddings.',
    },
    slidingWindow: count('Tokens that a sliding window spans.'),
    slidingWindowLayers: count('Layers with a sliding window.'),
  },
);

const operations = record('How it is run, and what happens when it fails.', {
  runbook: text('URL of what to do when it fails.'),
  onCall: text('URL of the rota, or ref of who is called.'),
  slo: record('What it promises to hold over a month.', {
    availabilityPercent: amount('Share of calls that are answered: 99.5.'),
    firstTokenP95Ms: amount('95 of 100 answers begin within, in ms.'),
    latencyP95Ms: amount('95 of 100 answers are whole within, in ms.'),
    dashboard: text('Where they are shown.'),
  }),
  rollback: text('How to go back: a URL, or the steps in words.'),
  fallback: text('Ref of the model that takes over meanwhile.'),
});

/**
 * JSON schema of {@link ModelEntityV1alpha1} without kind, apiVersion and
 * metadata, as a catalog model layer wants it. Unknown fields are allowed.
 *
 * @public
 */
export const modelJsonSchema: JsonObject = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: record(
      'What a person writes about the model.',
      {
        type: choice(MODEL_TYPES, 'What the model does.'),
        lifecycle: choice(MODEL_LIFECYCLES, 'Where it is in its life.'),
        owner: text('Ref of the group or user that owns it.'),
        steward: text('Ref of who takes over when the owner is gone.'),
        system: text('Ref of the system it belongs to.'),
        curation: choice(MODEL_CURATIONS, 'Who stands behind it; a claim.'),
        provider: text('The vendor, lower case.'),
        gatewayId: {
          type: 'string',
          pattern: '^[^\\s\\u0000-\\u001f]{1,200}$',
          description:
            'Provider-prefixed id that callers use, without white space.',
        },
        license: record(
          'The licence.',
          {
            id: text('SPDX id, LicenseRef- or Hugging Face licence id.'),
            name: text('What people call it.'),
            url: text('Where its text is.'),
            commercialUse: choice(COMMERCIAL_USES, 'Commercial use.'),
            conditions: texts('Duties and limits in plain words.'),
            attribution: text('The notice that has to be shown.'),
            userThreshold: count('Monthly active users above which to ask.'),
          },
          ['id'],
        ),
        baseModel: text('Ref of the model it was made from.'),
        supersededBy: text('Ref of the model that replaces it.'),
        trainedOn: texts('Refs of the data it was trained on.'),
        features: texts('Refs of feature definitions, with @version.'),
        modalities: record('What goes in and out.', {
          input: texts('text, image, audio, …'),
          output: texts('text, image, audio, …'),
        }),
        languages: texts('BCP 47 tags.'),
        tasks: texts('Hugging Face task ids.'),
        domains: texts('Use-case domains.'),
        data: record("Where prompts go; the provider's word.", {
          regions: texts('eu, us, …'),
          retentionDays: amount('Days that prompts are kept; 0 is not at all.'),
        }),
        useCases: record('What it is for and not for.', {
          intended: texts('What it is for.'),
          outOfScope: texts('What it is not for.'),
          restrictions: texts('What binds its users.'),
        }),
        limitations: texts('What it does badly.'),
        parameters: amount('Number of parameters.'),
        context: record('Context window.', {
          maxTokens: count('Documented, in tokens.'),
          testedTokens: count('Found to work, in tokens.'),
        }),
        hardware: record('What one replica needs.', {
          minGpuMemoryGiB: amount('GPU memory over all GPUs, in GiB.'),
          recommendedGpu: text('e.g. 2x H100 80GB.'),
          cpu: amount('CPU cores.'),
          memoryGiB: amount('Main memory, in GiB.'),
          architecture,
        }),
        compatibility: record('What runs it.', {
          frameworks: texts('vllm, sglang, llama.cpp, …'),
          quantizations: texts('fp8, int4-awq, …'),
        }),
        pricing: record('List price.', {
          inputPerMTok: amount('Per million input tokens.'),
          outputPerMTok: amount('Per million output tokens.'),
          currency: {
            type: 'string',
            pattern: '^[A-Z]{3}$',
            description: 'ISO 4217 code.',
          },
        }),
        operations,
        benchmarks: list(benchmark, 'Measured results.'),
        versions: list(version, 'Immutable builds.'),
        card: text('Path or URL of a Hugging Face style model card.'),
      },
      ['type', 'lifecycle', 'owner', 'provider', 'gatewayId'],
    ),
  },
};
