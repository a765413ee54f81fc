import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { ModelReviewsClient } from '@modelhub/backstage-plugin-models-common';
import { modelReviewsApiRef } from '@modelhub/backstage-plugin-models-react';
import { entityContentRouteRef, rootRouteRef } from '../routes';

/**
 * What people say about models, for the older frontend system.
 *
 * @public
 */
export const modelReviewsPlugin = createPlugin({
  id: 'model-reviews',
  apis: [
    createApiFactory({
      api: modelReviewsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelReviewsClient(deps),
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/**
 * The page, for `<Route path="/model-reviews" …>`.
 *
 * @public
 */
export const ModelReviewsPage = modelReviewsPlugin.provide(
  createRoutableExtension({
    name: 'ModelReviewsPage',
    component: () => import('./ModelReviewsPage').then(m => m.ModelReviewsPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab "Reviews", for `<EntityLayout.Route path="/reviews" …>`.
 *
 * @public
 */
export const EntityModelReviewsContent = modelReviewsPlugin.provide(
  createRoutableExtension({
    name: 'EntityModelReviewsContent',
    component: () =>
      import('../entity/EntityModelReviews').then(m => m.EntityModelReviews),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * The card with stars and the newest review, for the overview of a model.
 *
 * @public
 */
export const EntityModelReviewsCard = modelReviewsPlugin.provide(
  createComponentExtension({
    name: 'EntityModelReviewsCard',
    component: {
      lazy: () => import('../entity/ReviewsCard').then(m => m.ReviewsCard),
    },
  }),
);

/**
 * The card with what a person contributed, for the page of a user.
 *
 * @public
 */
export const EntityUserContributionsCard = modelReviewsPlugin.provide(
  createComponentExtension({
    name: 'EntityUserContributionsCard',
    component: {
      lazy: () =>
        import('../people/ContributionsCard').then(m => m.ContributionsCard),
    },
  }),
);

/**
 * The newest reviews and tips of models that one's teams use, for a card of the
 * home page.
 *
 * @public
 */
export const HomePageNewestReviews = modelReviewsPlugin.provide(
  createComponentExtension({
    name: 'HomePageNewestReviews',
    component: {
      lazy: () =>
        import('../home/NewestReviews').then(m => m.NewestReviewsContent),
    },
  }),
);
