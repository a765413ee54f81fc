/**
 * The API group of the Model kind.
 *
 * @public
 */
export const MODEL_API_GROUP = 'modelhub.dev';

/**
 * The API version of {@link ModelEntityV1alpha1}.
 *
 * @public
 */
export const MODEL_API_VERSION = 'modelhub.dev/v1alpha1';

/**
 * The kind of a model in the catalog.
 *
 * @public
 */
export const MODEL_KIND = 'Model';

/**
 * Annotation by which other AI plugins for Backstage recognise an AI asset.
 *
 * @public
 */
export const AI_ASSET_CATEGORY_ANNOTATION = 'rhdh.io/ai-asset-category';

/**
 * Value of {@link AI_ASSET_CATEGORY_ANNOTATION} on a Model.
 *
 * @public
 */
export const AI_ASSET_CATEGORY_MODEL = 'ai-model';

/**
 * From a model to the model it was made from, by `spec.baseModel`.
 *
 * @public
 */
export const RELATION_DERIVED_FROM = 'derivedFrom';

/**
 * Inverse of {@link RELATION_DERIVED_FROM}.
 *
 * @public
 */
export const RELATION_HAS_DERIVATIVE = 'hasDerivative';

/**
 * From a model to the one that replaces it, by `spec.supersededBy`.
 *
 * @public
 */
export const RELATION_SUPERSEDED_BY = 'supersededBy';

/**
 * Inverse of {@link RELATION_SUPERSEDED_BY}.
 *
 * @public
 */
export const RELATION_SUPERSEDES = 'supersedes';

/**
 * From a model to the data it was trained on, by `spec.trainedOn`.
 *
 * @public
 */
export const RELATION_TRAINED_ON = 'trainedOn';

/**
 * Inverse of {@link RELATION_TRAINED_ON}.
 *
 * @public
 */
export const RELATION_USED_TO_TRAIN = 'usedToTrain';

/**
 * From a model to the feature definitions that it was trained and is served
 * with, by `spec.features`.
 *
 * @public
 */
export const RELATION_USES_FEATURES = 'usesFeatures';

/**
 * Inverse of {@link RELATION_USES_FEATURES}.
 *
 * @public
 */
export const RELATION_FEATURES_USED_BY = 'featuresUsedBy';

/**
 * From a component to a model it calls, by the component's
 * `spec.consumesModels`.
 *
 * @public
 */
export const RELATION_CONSUMES_MODEL = 'consumesModel';

/**
 * Inverse of {@link RELATION_CONSUMES_MODEL}.
 *
 * @public
 */
export const RELATION_MODEL_CONSUMED_BY = 'modelConsumedBy';

/**
 * From a model to an API that serves it, by the API's `spec.servesModels`.
 *
 * @public
 */
export const RELATION_SERVED_BY = 'servedBy';

/**
 * Inverse of {@link RELATION_SERVED_BY}.
 *
 * @public
 */
export const RELATION_SERVES_MODEL = 'servesModel';

/**
 * What a model does, as in `spec.type`.
 *
 * @public
 */
export const MODEL_TYPES = [
  'llm',
  'embedding',
  'reranker',
  'classifier',
  'vision',
  'speech',
  'image-generation',
  'other',
] as const;

/**
 * Where a model is in its life, as in `spec.lifecycle`.
 *
 * @public
 */
export const MODEL_LIFECYCLES = ['active', 'deprecated', 'retired'] as const;

/**
 * Who stands behind a model, as in `spec.curation`.
 *
 * @public
 */
export const MODEL_CURATIONS = ['official', 'community', 'base'] as const;

/**
 * Whether a licence allows commercial use.
 *
 * @public
 */
export const COMMERCIAL_USES = ['yes', 'no', 'conditional'] as const;
