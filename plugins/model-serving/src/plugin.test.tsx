import {
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { FakeBackends } from '@modelhub/backstage-plugin-models-react/testUtils';
import { screen } from '@testing-library/react';
import { targets } from './__testUtils__/fixtures';
import plugin from './plugin';

/** The page and its views are loaded on demand. */
const PATIENCE = { timeout: 30_000 };

/** The page that the tab is in. */
const models = createFrontendPlugin({
  pluginId: 'model-cards',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/models',
        title: 'Models',
        routeRef: createRouteRef({ id: 'models' }),
      },
    }),
  ],
});

it('is a tab of the models page in the new frontend system', async () => {
  const fake = new FakeBackends()
    .on('GET model-serving/playground/targets', targets({ items: [] }))
    .on('GET model-serving/engines', { items: [] });
  renderTestApp({
    features: [models, plugin],
    initialRouteEntries: ['/models/evaluate/playground'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [discoveryApiRef, fake.discoveryApi],
      [fetchApiRef, fake.fetchApi],
      [catalogApiRef, catalogApiMock()],
    ],
  });
  expect(
    await screen.findByText('There is no model to prompt', {}, PATIENCE),
  ).toBeVisible();
  expect(screen.getByText('Evaluate', { selector: 'a *, a' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Playground' })).toHaveAttribute(
    'href',
    '/models/evaluate/playground',
  );
});
