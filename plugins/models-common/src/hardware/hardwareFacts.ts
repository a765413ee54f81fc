import type { ModelEntityV1alpha1, ModelVersion } from '../model';
import type { MemoryFacts } from './memory';
import { type WeightFormat, weightFormatOf } from './weightFormats';

/**
 * Something that is not known of a model's hardware.
 *
 * @public
 */
export type MissingFact = {
  /** Path in the entity. */
  field: string;
  /** What it is, in plain words. */
  title: string;
  howToAdd: string;
};

/**
 * What a card says of a version's memory. All of it is the word of who wrote
 * the card.
 *
 * @public
 */
export type HardwareFacts = {
  /** Undefined where parameters or format are missing. */
  facts?: MemoryFacts;
  /** Where the format was read. */
  formatFrom?: string;
  /** Without these no memory can be told. */
  missing: MissingFact[];
  /** Without these the KV cache is not known. */
  missingForCache: MissingFact[];
};

const SINGLE_FILE = /\.(gguf|safetensors|bin|pt|pth|onnx)$/i;

/** The names of a version in which a weight format may be told, the surest first. */
function formatNames(
  { spec }: ModelEntityV1alpha1,
  version: ModelVersion,
): Array<[string, string]> {
  const quantizations = spec.compatibility?.quantizations ?? [];
  return [
    ...(version.artifact?.uri
      ? [['the address of the artifact', version.artifact.uri]]
      : []),
    ['the name of the version', version.name],
    ...(spec.hardware?.architecture?.dtype
      ? [['spec.hardware.architecture.dtype', spec.hardware.architecture.dtype]]
      : []),
    ...(quantizations.length === 1
      ? [['spec.compatibility.quantizations', quantizations[0]]]
      : []),
  ] as Array<[string, string]>;
}

function formatOf(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
): { format: WeightFormat; from: string } | undefined {
  for (const [from, text] of formatNames(entity, version)) {
    const format = weightFormatOf(text.split('/').at(-1) ?? text);
    if (format) return { format, from };
  }
  return undefined;
}

const missing = (
  field: string,
  title: string,
  howToAdd: string,
): MissingFact => ({ field, title, howToAdd });

const CONFIG =
  'It is in the config.json of the model, or in the header of its GGUF file.';

function missingForCache(
  architecture: NonNullable<
    NonNullable<ModelEntityV1alpha1['spec']['hardware']>['architecture']
  >,
): MissingFact[] {
  const { layers, kvHeads, headDim, latentDim } = architecture;
  const at = (name: string) => `spec.hardware.architecture.${name}`;
  return [
    ...(layers
      ? []
      : [
          missing(
            at('layers'),
            'the number of layers',
            `${CONFIG} Its key is num_hidden_layers.`,
          ),
        ]),
    ...(kvHeads || latentDim
      ? []
      : [
          missing(
            at('kvHeads'),
            'the number of heads of keys and values',
            `${CONFIG} Its key is num_key_value_heads.`,
          ),
        ]),
    ...(headDim || latentDim
      ? []
      : [
          missing(
            at('headDim'),
            'the size of a head',
            `${CONFIG} Its key is head_dim, or hidden_size divided by num_attention_heads.`,
          ),
        ]),
  ];
}

/**
 * What the card of a model says that its memory can be told from.
 *
 * @public
 */
export function hardwareFactsOf(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
): HardwareFacts {
  const { spec } = entity;
  const architecture = spec.hardware?.architecture ?? {};
  const { dtype, ...shape } = architecture;
  const found = formatOf(entity, version);
  const absent = [
    ...(spec.parameters
      ? []
      : [
          missing(
            'spec.parameters',
            'the number of parameters',
            'Add it in full, such as 70600000000.',
          ),
        ]),
    ...(found
      ? []
      : [
          missing(
            'spec.hardware.architecture.dtype',
            'the format of the weights',
            'Name it in the version (bf16, fp8, q4-k-m) or add spec.hardware.architecture.dtype.',
          ),
        ]),
  ];
  const { uri, sizeBytes } = version.artifact ?? {};
  return {
    missing: absent,
    missingForCache: spec.type === 'llm' ? missingForCache(architecture) : [],
    ...(spec.parameters &&
      found && {
        formatFrom: found.from,
        facts: {
          parameters: spec.parameters,
          format: found.format,
          ...(uri &&
            sizeBytes &&
            SINGLE_FILE.test(uri) && { fileBytes: sizeBytes }),
          ...shape,
        },
      }),
  };
}
