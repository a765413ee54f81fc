/**
 * The kind of an evaluation pack in the catalog.
 *
 * @public
 */
export const EVALUATION_PACK_KIND = 'EvaluationPack';

/**
 * The API version of {@link EvaluationPackEntityV1alpha1}.
 *
 * @public
 */
export const EVALUATION_PACK_API_VERSION = 'modelhub.dev/v1alpha1';

/**
 * Whether a pack is still made, counts, or counts no more, as in
 * `spec.lifecycle`.
 *
 * @public
 */
export const EVALUATION_PACK_LIFECYCLES = [
  'experimental',
  'active',
  'deprecated',
] as const;

/**
 * What a pack is about, as in `spec.type`.
 *
 * @public
 */
export const EVALUATION_PACK_TYPES = [
  'quality',
  'fairness',
  'safety',
  'agentic',
] as const;

/**
 * Which number of a metric a criterion is about, as in
 * `spec.criteria[].statistic`.
 *
 * @public
 */
export const EVALUATION_PACK_STATISTICS = [
  'p50',
  'p90',
  'p95',
  'p99',
  'mean',
  'max',
  'rate',
] as const;

/**
 * How a case becomes an answer, as in `spec.task`.
 *
 * @public
 */
export const EVALUATION_PACK_TASKS = [
  'chat',
  'completion',
  'retrieval',
  'agent',
] as const;

/**
 * A version as https://semver.org/spec/v2.0.0.html writes it.
 *
 * @public
 */
export const SEMANTIC_VERSION_PATTERN =
  '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$';
