/**
 * What people say about models: reviews, tips, questions and answers, ratings
 * and moderation.
 *
 * @packageDocumentation
 */
export {
  createModelReviewConditionalDecision,
  modelReviewConditions,
  modelReviewResourceRef,
  modelReviewRules,
  type ModelReviewFilter,
  type ModelReviewResource,
} from './permissions';
