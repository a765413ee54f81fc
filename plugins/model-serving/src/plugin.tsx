import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import PlayCircleOutlineIcon from '@material-ui/icons/PlayCircleOutline';
import { ModelServingClient } from '@modelhub/backstage-plugin-models-common';
import { modelServingApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  approvalRouteRef,
  batchRouteRef,
  endpointRouteRef,
  modelsRouteRef,
  playgroundRouteRef,
  requestRouteRef,
  rootRouteRef,
} from './routes';

const icon = <PlayCircleOutlineIcon fontSize="inherit" />;

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: modelServingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelServingClient(deps),
    }),
});

/** A header tab of the models page. */
const evaluateTab = SubPageBlueprint.make({
  name: 'evaluate',
  attachTo: { id: 'page:model-cards', input: 'pages' },
  params: {
    path: 'evaluate',
    title: 'Evaluate',
    routeRef: rootRouteRef,
    loader: () =>
      import('./page/EvaluateRoutes').then(m => <m.EvaluateRoutes />),
  },
});

/** The same as a page of its own, for portals without the models page. */
const evaluatePage = PageBlueprint.make({
  disabled: true,
  params: {
    path: '/model-serving',
    title: 'Evaluate models',
    icon,
    routeRef: rootRouteRef,
    loader: () =>
      import('./page/EvaluateRoutes').then(m => <m.EvaluateRoutes />),
  },
});

const evaluateCard = EntityCardBlueprint.make({
  name: 'evaluate',
  params: {
    type: 'info',
    filter: { kind: 'model' },
    loader: () => import('./entity/EvaluateCard').then(m => <m.EvaluateCard />),
  },
});

/**
 * Evaluate models, for the new frontend system: the tab of the models page with
 * one's endpoints, the playground and own inputs, the card on the page of a
 * model, and the client of the backend.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'model-serving',
  title: 'Evaluate models',
  icon,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    endpoint: endpointRouteRef,
    playground: playgroundRouteRef,
    batch: batchRouteRef,
  },
  externalRoutes: {
    approval: approvalRouteRef,
    request: requestRouteRef,
    models: modelsRouteRef,
  },
  extensions: [api, evaluateTab, evaluatePage, evaluateCard],
});
