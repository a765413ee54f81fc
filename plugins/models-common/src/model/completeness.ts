import type { ModelEntityV1alpha1 } from './ModelEntityV1alpha1';
import { versionPin } from './ModelVersion';

/**
 * Something that a card should say.
 *
 * @public
 */
export type CompletenessItem = {
  /** Path in the entity, e.g. `spec.useCases.intended`. */
  field: string;
  /** What to write there, in plain words. */
  title: string;
  /** What it is worth, before scaling to 100. */
  weight: number;
};

/**
 * How complete a card is.
 *
 * @public
 */
export type Completeness = {
  /** 0–100, whole. */
  score: number;
  /** What is missing, the weightiest first. */
  missing: CompletenessItem[];
};

type Rule = CompletenessItem & {
  isPresent: (entity: ModelEntityV1alpha1) => boolean;
  appliesTo?: (entity: ModelEntityV1alpha1) => boolean;
};

const some = (list: unknown[] | undefined) => Boolean(list?.length);

/** A model whose weights one can hold, rather than call at its provider. */
const hasWeights = ({ spec }: ModelEntityV1alpha1) =>
  Boolean(spec.versions?.some(({ artifact }) => artifact));

const isHosted = (entity: ModelEntityV1alpha1) =>
  !hasWeights(entity) &&
  Boolean(
    entity.spec.pricing ||
      entity.spec.versions?.some(version => version.providerModelId),
  );

const readsText = ({ spec }: ModelEntityV1alpha1) =>
  ['llm', 'embedding', 'reranker'].includes(spec.type);

const RULES: Rule[] = [
  {
    field: 'metadata.description',
    title: 'one sentence that says what the model is',
    weight: 6,
    isPresent: ({ metadata }) => Boolean(metadata.description?.trim()),
  },
  {
    field: 'spec.useCases.intended',
    title: 'what the model is for',
    weight: 12,
    isPresent: ({ spec }) => some(spec.useCases?.intended),
  },
  {
    field: 'spec.versions',
    title: 'a version pinned by digest, or by provider model id and snapshot',
    weight: 12,
    isPresent: ({ spec }) => Boolean(spec.versions?.some(v => versionPin(v))),
  },
  {
    field: 'spec.license.id',
    title: 'the licence',
    weight: 10,
    isPresent: ({ spec }) => Boolean(spec.license?.id),
  },
  {
    field: 'spec.limitations',
    title: 'what the model does badly',
    weight: 10,
    isPresent: ({ spec }) => some(spec.limitations),
  },
  {
    field: 'spec.useCases.outOfScope',
    title: 'what the model is not for',
    weight: 8,
    isPresent: ({ spec }) => some(spec.useCases?.outOfScope),
  },
  {
    field: 'spec.benchmarks',
    title: 'at least one measured result',
    weight: 8,
    isPresent: ({ spec }) => some(spec.benchmarks),
  },
  {
    field: 'spec.data.regions',
    title: 'the regions where prompts go',
    weight: 6,
    isPresent: ({ spec }) => some(spec.data?.regions),
    appliesTo: isHosted,
  },
  {
    field: 'spec.card',
    title: 'a model card',
    weight: 6,
    isPresent: ({ spec }) => Boolean(spec.card),
  },
  {
    field: 'spec.tasks',
    title: 'the tasks, as Hugging Face task ids',
    weight: 5,
    isPresent: ({ spec }) => some(spec.tasks),
  },
  {
    field: 'spec.hardware.minGpuMemoryGiB',
    title: 'the GPU memory that one replica needs, in GiB',
    weight: 5,
    isPresent: ({ spec }) => spec.hardware?.minGpuMemoryGiB !== undefined,
    appliesTo: hasWeights,
  },
  {
    field: 'spec.context.maxTokens',
    title: 'the context window, in tokens',
    weight: 4,
    isPresent: ({ spec }) => spec.context?.maxTokens !== undefined,
    appliesTo: readsText,
  },
  {
    field: 'spec.license.commercialUse',
    title: 'whether the licence allows commercial use',
    weight: 4,
    isPresent: ({ spec }) => Boolean(spec.license?.commercialUse),
  },
  {
    field: 'spec.pricing',
    title: 'the price per million tokens',
    weight: 4,
    isPresent: ({ spec }) => spec.pricing?.inputPerMTok !== undefined,
    appliesTo: isHosted,
  },
  {
    field: 'spec.data.retentionDays',
    title: 'how many days prompts are kept',
    weight: 4,
    isPresent: ({ spec }) => spec.data?.retentionDays !== undefined,
    appliesTo: isHosted,
  },
  {
    field: 'spec.trainedOn',
    title: 'the data it was trained on, or the model it was made from',
    weight: 4,
    isPresent: ({ spec }) => some(spec.trainedOn) || Boolean(spec.baseModel),
  },
  {
    field: 'spec.modalities',
    title: 'what goes in and what comes out',
    weight: 3,
    isPresent: ({ spec }) =>
      some(spec.modalities?.input) && some(spec.modalities?.output),
  },
  {
    field: 'spec.compatibility.frameworks',
    title: 'the frameworks that serve it',
    weight: 3,
    isPresent: ({ spec }) => some(spec.compatibility?.frameworks),
    appliesTo: hasWeights,
  },
  {
    field: 'spec.parameters',
    title: 'the number of parameters',
    weight: 3,
    isPresent: ({ spec }) => spec.parameters !== undefined,
    appliesTo: hasWeights,
  },
  {
    field: 'spec.languages',
    title: 'the languages it knows',
    weight: 3,
    isPresent: ({ spec }) => some(spec.languages),
    appliesTo: readsText,
  },
  {
    field: 'spec.steward',
    title: 'who takes over when the owner is gone',
    weight: 2,
    isPresent: ({ spec }) => Boolean(spec.steward),
  },
];

/**
 * How complete the card of a model is.
 *
 * @remarks
 *
 * The score is what the present items are worth out of what all items that
 * apply to this model are worth. Weights: intended uses and a pinned version 12
 * each; licence and limitations 10; uses out of scope and a benchmark 8;
 * description and card 6; tasks 5; commercial use and training data 4;
 * modalities 3; steward 2. Models that read text: context 4, languages 3.
 * Models with weights: GPU memory 5, frameworks and parameters 3. Hosted
 * models: regions 6, price and retention 4.
 *
 * @public
 */
export function completeness(entity: ModelEntityV1alpha1): Completeness {
  const rules = RULES.filter(rule => rule.appliesTo?.(entity) ?? true);
  const missing = rules.filter(rule => !rule.isPresent(entity));
  const sum = (items: Rule[]) =>
    items.reduce((total, { weight }) => total + weight, 0);
  return {
    score: Math.floor(100 - (100 * sum(missing)) / sum(rules)),
    missing: missing
      .map(({ field, title, weight }) => ({ field, title, weight }))
      .sort((a, b) => b.weight - a.weight),
  };
}
