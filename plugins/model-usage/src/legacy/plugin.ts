import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import { modelUsageApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  enforcementReportRouteRef,
  entityContentRouteRef,
  objectiveRouteRef,
  rootRouteRef,
  spendingRouteRef,
} from '../routes';

/**
 * Model usage for the older frontend system.
 *
 * @public
 */
export const modelUsagePlugin = createPlugin({
  id: 'model-usage',
  apis: [
    createApiFactory({
      api: modelUsageApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelUsageClient(deps),
    }),
  ],
  routes: {
    root: rootRouteRef,
    enforcementReport: enforcementReportRouteRef,
    objective: objectiveRouteRef,
    spending: spendingRouteRef,
    entityContent: entityContentRouteRef,
  },
});

/**
 * The page, for `<Route path="/model-usage" …>`.
 *
 * @public
 */
export const ModelUsagePage = modelUsagePlugin.provide(
  createRoutableExtension({
    name: 'ModelUsagePage',
    component: () => import('./ModelUsagePage').then(m => m.ModelUsagePage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab "Usage", for `<EntityLayout.Route path="/usage" …>` of a model.
 *
 * @public
 */
export const EntityModelUsageContent = modelUsagePlugin.provide(
  createRoutableExtension({
    name: 'EntityModelUsageContent',
    component: () =>
      import('../entity/EntityModelUsage').then(m => m.EntityModelUsage),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * The card with what became of a model in 28 days, for its overview.
 *
 * @public
 */
export const EntityModelUsageCard = modelUsagePlugin.provide(
  createComponentExtension({
    name: 'EntityModelUsageCard',
    component: {
      lazy: () =>
        import('../entity/ModelUsageCard').then(m => m.ModelUsageCard),
    },
  }),
);

/**
 * The card with what a group used and its budget, for the page of a group.
 *
 * @public
 */
export const EntityGroupUsageCard = modelUsagePlugin.provide(
  createComponentExtension({
    name: 'EntityGroupUsageCard',
    component: {
      lazy: () =>
        import('../entity/GroupUsageCard').then(m => m.GroupUsageCard),
    },
  }),
);

/**
 * The card that says whether a model keeps its objectives, for its overview.
 *
 * @public
 */
export const EntityModelObjectivesCard = modelUsagePlugin.provide(
  createComponentExtension({
    name: 'EntityModelObjectivesCard',
    component: {
      lazy: () =>
        import('../slo/ModelObjectives').then(m => m.ModelObjectivesCard),
    },
  }),
);
