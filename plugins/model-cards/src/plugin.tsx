import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import MemoryIcon from '@material-ui/icons/Memory';
import { ModelCardsClient } from '@modelhub/backstage-plugin-models-common';
import { modelCardsApiRef } from '@modelhub/backstage-plugin-models-react';
import { entityCards } from './entityCards';
import { browsePage, modelsPage } from './pages';
import {
  approvalRouteRef,
  requestAccessRouteRef,
  rootRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: modelCardsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ModelCardsClient(deps),
    }),
});

const newModels = HomePageWidgetBlueprint.make({
  name: 'new-models',
  params: {
    name: 'ModelHubNewModels',
    title: 'New models',
    description: 'Models that came or changed last, and where each may be used',
    layout: {
      width: { minColumns: 4, maxColumns: 12, defaultColumns: 6 },
      height: { minRows: 3, maxRows: 12, defaultRows: 5 },
    },
    components: async () => {
      const { NewModels } = await import('./home/NewModels');
      return { Content: NewModels };
    },
  },
});

/**
 * Models in a portal on Backstage's new frontend system.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'model-cards',
  title: 'Models',
  icon: <MemoryIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  externalRoutes: {
    requestAccess: requestAccessRouteRef,
    approval: approvalRouteRef,
  },
  extensions: [api, modelsPage, browsePage, newModels, ...entityCards],
});
