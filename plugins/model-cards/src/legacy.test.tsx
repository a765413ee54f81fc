import { FlatRoutes } from '@backstage/core-app-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  renderInTestApp,
  TestApiProvider,
  mockApis,
} from '@backstage/test-utils';
import { ModelCardsClient } from '@modelhub/backstage-plugin-models-common';
import { modelCardsApiRef } from '@modelhub/backstage-plugin-models-react';
import { screen, waitFor } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { isModelAvailable, ModelsPage } from './legacy';
import { FakeBackends } from './__testUtils__/FakeBackends';
import { modelEntity, modelRow } from './__testUtils__/models';

describe('the plugin in the older frontend system', () => {
  it('mounts the models page', async () => {
    const backends = new FakeBackends([
      modelRow('writer', { title: 'Writer' }),
    ]);
    const client = new ModelCardsClient({
      discoveryApi: mockApis.discovery(),
      fetchApi: { fetch: backends.fetch as typeof fetch },
    });
    await renderInTestApp(
      <TestApiProvider apis={[[modelCardsApiRef, client]]}>
        <FlatRoutes>
          <Route path="/models" element={<ModelsPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      {
        routeEntries: ['/models'],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );

    expect(await screen.findByText('Writer')).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
      'Models',
    );
    await waitFor(() => expect(document.title).toMatch(/^Browse · Models · /));
  });

  it('knows a model when it sees one', () => {
    expect(isModelAvailable(modelEntity())).toBe(true);
    expect(
      isModelAvailable({ ...modelEntity(), apiVersion: 'other.dev/v1' }),
    ).toBe(false);
    expect(isModelAvailable({ ...modelEntity(), kind: 'Component' })).toBe(
      false,
    );
  });
});
