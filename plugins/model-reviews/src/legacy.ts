/**
 * What people say about models, for the older frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityModelReviewsCard,
  EntityModelReviewsContent,
  EntityUserContributionsCard,
  HomePageNewestReviews,
  ModelReviewsPage,
  modelReviewsPlugin,
} from './legacy/plugin';
