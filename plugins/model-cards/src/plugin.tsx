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
import { modelGovernanceRouteRef, rootRouteRef } from './routes';

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
  externalRoutes: { modelGovernance: modelGovernanceRouteRef },
  extensions: [api, modelsPage, browsePage, newModels, ...entityCards],
});
