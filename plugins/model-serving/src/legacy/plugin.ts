import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
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
} from '../routes';

/**
 * Evaluate models, for the older frontend system.
 *
 * @public
 */
export const modelServingPlugin = createPlugin({
  id: 'model-serving',
  apis: [
    createApiFactory({
      api: modelServingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelServingClient(deps),
    }),
  ],
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
});

/**
 * The page, for `<Route path="/model-serving" …>`.
 *
 * @public
 */
export const ModelServingPage = modelServingPlugin.provide(
  createRoutableExtension({
    name: 'ModelServingPage',
    component: () => import('./ModelServingPage').then(m => m.ModelServingPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The card "Evaluate", for the overview of a model.
 *
 * @public
 */
export const EntityModelEvaluateCard = modelServingPlugin.provide(
  createComponentExtension({
    name: 'EntityModelEvaluateCard',
    component: {
      lazy: () => import('../entity/EvaluateCard').then(m => m.EvaluateCard),
    },
  }),
);
