/**
 * What people say about models: reviews, tips, questions and answers, ratings
 * and moderation.
 *
 * @packageDocumentation
 */
export { modelReviewsPlugin as default } from './plugin';
export {
  createModelReviewConditionalDecision,
  modelReviewConditions,
  modelReviewResourceRef,
  modelReviewRules,
  type ModelReviewFilter,
  type ModelReviewResource,
} from './permissions';
