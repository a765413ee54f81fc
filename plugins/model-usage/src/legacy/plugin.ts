import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import { modelUsageApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  enforcementReportRouteRef,
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
    spending: spendingRouteRef,
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
