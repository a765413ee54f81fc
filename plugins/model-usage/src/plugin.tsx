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
import DataUsageIcon from '@material-ui/icons/DataUsage';
import { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import { modelUsageApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  enforcementReportRouteRef,
  entityContentRouteRef,
  objectiveRouteRef,
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

const entityContent = EntityContentBlueprint.make({
  name: 'usage',
  params: {
    path: '/usage',
    title: 'Usage',
    filter: { kind: 'model' },
    routeRef: entityContentRouteRef,
    loader: () =>
      import('./entity/EntityModelUsage').then(m => <m.EntityModelUsage />),
  },
});

const modelCard = EntityCardBlueprint.make({
  name: 'usage',
  params: {
    type: 'info',
    filter: { kind: 'model' },
    loader: () =>
      import('./entity/ModelUsageCard').then(m => <m.ModelUsageCard />),
  },
});

const groupCard = EntityCardBlueprint.make({
  name: 'group-usage',
  params: {
    type: 'info',
    filter: { kind: 'group' },
    loader: () =>
      import('./entity/GroupUsageCard').then(m => <m.GroupUsageCard />),
  },
});

const objectivesCard = EntityCardBlueprint.make({
  name: 'objectives',
  params: {
    type: 'info',
    filter: { kind: 'model' },
    loader: () =>
      import('./slo/ModelObjectives').then(m => <m.ModelObjectivesCard />),
  },
});

/**
 * Model usage for the new frontend system: the page, the tab and the card
 * on the page of a model, the card on the page of a group, and the client of
 * the backend.
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
    objective: objectiveRouteRef,
    spending: spendingRouteRef,
    entityContent: entityContentRouteRef,
  },
  extensions: [api, page, entityContent, modelCard, groupCard, objectivesCard],
});
