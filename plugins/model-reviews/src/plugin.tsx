import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import RateReviewIcon from '@material-ui/icons/RateReview';
import { ModelReviewsClient } from '@modelhub/backstage-plugin-models-common';
import { modelReviewsApiRef } from '@modelhub/backstage-plugin-models-react';
import { entityContentRouteRef, rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: modelReviewsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelReviewsClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/model-reviews',
    title: 'Model reviews',
    icon: <RateReviewIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    // The page brings its header itself: its tabs are views of one address.
    noHeader: true,
    loader: () => import('./page/ReviewsPage').then(m => <m.ReviewsPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  name: 'reviews',
  params: {
    path: '/reviews',
    title: 'Reviews',
    filter: { kind: 'model' },
    routeRef: entityContentRouteRef,
    loader: () =>
      import('./entity/EntityModelReviews').then(m => <m.EntityModelReviews />),
  },
});

const reviewsCard = EntityCardBlueprint.make({
  name: 'reviews',
  params: {
    type: 'info',
    filter: { kind: 'model' },
    loader: () => import('./entity/ReviewsCard').then(m => <m.ReviewsCard />),
  },
});

const contributionsCard = EntityCardBlueprint.make({
  name: 'contributions',
  params: {
    type: 'info',
    filter: { kind: 'user' },
    loader: () =>
      import('./people/ContributionsCard').then(m => <m.ContributionsCard />),
  },
});

const newestReviews = HomePageWidgetBlueprint.make({
  name: 'newest-reviews',
  params: {
    name: 'ModelReviewsNewest',
    title: 'Newest reviews and tips',
    description: 'What people say about models that your teams use',
    layout: {
      width: { minColumns: 4, maxColumns: 12, defaultColumns: 6 },
      height: { minRows: 3, maxRows: 12, defaultRows: 5 },
    },
    components: () =>
      import('./home/NewestReviews').then(m => ({
        Content: m.NewestReviewsContent,
      })),
  },
});

/**
 * What people say about models, for the new frontend system: the tab and the
 * card on the page of a model, the card on the page of a person, the widget for
 * the home page, the page with all of them and for moderators, and the client
 * of the backend.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'model-reviews',
  title: 'Model reviews',
  icon: <RateReviewIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  extensions: [
    api,
    page,
    entityContent,
    reviewsCard,
    contributionsCard,
    newestReviews,
  ],
});
