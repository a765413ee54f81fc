import {
  coreExtensionData,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import MemoryIcon from '@material-ui/icons/Memory';
import { rootRouteRef } from './routes';

const icon = <MemoryIcon fontSize="inherit" />;

/**
 * `/models`. Other plugins add a header tab by attaching a sub-page to
 * `{ id: 'page:model-cards', input: 'pages' }`.
 */
export const modelsPage = PageBlueprint.makeWithOverrides({
  factory(originalFactory, { config, inputs, node }) {
    const title = config.title ?? 'Models';
    return originalFactory({
      path: '/models',
      title,
      icon,
      routeRef: rootRouteRef,
      noHeader: true,
      loader: async () => {
        const { ModelsLayout } = await import('./browse/ModelsLayout');
        const tabs = inputs.pages.map(page => {
          const path = page.get(coreExtensionData.routePath);
          return {
            path,
            title: page.get(coreExtensionData.title) ?? path,
            icon: page.get(coreExtensionData.icon),
            element: page.get(coreExtensionData.reactElement),
          };
        });
        return (
          <ModelsLayout
            pluginId={node.spec.plugin.pluginId}
            title={title}
            icon={icon}
            tabs={tabs}
          />
        );
      },
    });
  },
});

/** The first tab: find a model by what it must do. */
export const browsePage = SubPageBlueprint.make({
  name: 'browse',
  params: {
    path: 'browse',
    title: 'Browse',
    loader: () =>
      import('./browse/BrowsePage').then(module => <module.BrowsePage />),
  },
});
