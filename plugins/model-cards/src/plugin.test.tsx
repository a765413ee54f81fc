import {
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import plugin from './plugin';
import { FakeBackends } from './__testUtils__/FakeBackends';
import { modelRow } from './__testUtils__/models';

jest.setTimeout(30_000);

/** The page and its tabs are loaded on demand. */
const PATIENCE = { timeout: 20_000 };

const otherRoom = createFrontendPlugin({
  pluginId: 'other-room',
  extensions: [
    SubPageBlueprint.make({
      name: 'playground',
      attachTo: { id: 'page:model-cards', input: 'pages' },
      params: {
        path: 'playground',
        title: 'Playground',
        loader: async () => <p>Try a model here</p>,
      },
    }),
  ],
});

function renderPlugin(at: string) {
  const backends = new FakeBackends([
    modelRow('writer', { title: 'Writer' }),
    modelRow('painter', { title: 'Painter' }),
  ]);
  renderTestApp({
    features: [plugin, otherRoom],
    initialRouteEntries: [at],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [discoveryApiRef, mockApis.discovery()],
      [fetchApiRef, { fetch: backends.fetch as typeof fetch }],
    ],
  });
  return backends;
}

describe('the plugin in the new frontend system', () => {
  it('opens the first tab and keeps what the address asks for', async () => {
    const backends = renderPlugin('/models?q=paint');

    expect(
      await screen.findByText('Painter', {}, PATIENCE),
    ).toBeInTheDocument();
    expect(screen.queryByText('Writer')).toBeNull();
    expect(backends.lastQuery.get('q')).toBe('paint');
  });

  it('names the open tab in the title of the document', async () => {
    renderPlugin('/models');
    await waitFor(
      () => expect(document.title).toMatch(/^Browse · Models · /),
      PATIENCE,
    );
  });

  it('takes tabs of other plugins', async () => {
    renderPlugin('/models/playground');

    expect(
      await screen.findByText('Try a model here', {}, PATIENCE),
    ).toBeInTheDocument();
    await waitFor(() => {
      const tabs = ['Browse', 'Playground'].map(
        name => screen.getAllByText(name).length,
      );
      expect(tabs.every(count => count > 0)).toBe(true);
      expect(document.title).toMatch(/^Playground · Models · /);
    });
  });
});
