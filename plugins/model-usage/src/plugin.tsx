import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import DataUsageIcon from '@material-ui/icons/DataUsage';
import { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import { modelUsageApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  enforcementReportRouteRef,
  rootRouteRef,
  spendingRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: modelUsageApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelUsageClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/model-usage',
    title: 'Model usage',
    icon: <DataUsageIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    // The page brings its header itself: its tabs are views of one address.
    noHeader: true,
    loader: () => import('./usage/UsagePage').then(m => <m.UsagePage />),
  },
});

/**
 * Model usage for the new frontend system: the page, and the client of the
 * backend.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'model-usage',
  title: 'Model usage',
  icon: <DataUsageIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    enforcementReport: enforcementReportRouteRef,
    spending: spendingRouteRef,
  },
  extensions: [api, page],
});
