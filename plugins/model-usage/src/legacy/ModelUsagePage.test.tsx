import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import { modelUsageApiRef } from '@modelhub/backstage-plugin-models-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { backends } from '../__testUtils__/fixtures';
import { rootRouteRef } from '../routes';
import { ModelUsagePage } from './ModelUsagePage';

describe('ModelUsagePage', () => {
  it('opens the spending, and what enforcing would refuse beside it', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [modelUsageApiRef, new ModelUsageClient(backends())],
          [catalogApiRef, catalogApiMock()],
          [
            permissionApiRef,
            { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
          ],
        ]}
      >
        <Routes>
          <Route path="/model-usage/*" element={<ModelUsagePage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: ['/model-usage'],
        mountedRoutes: {
          '/model-usage': rootRouteRef,
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );
    expect(await screen.findByText(/^Nothing was spent in/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('tab', { name: 'What enforcing would refuse' }),
    );
    expect(
      await screen.findByRole('table', {
        name: /^What enforcing would have refused/,
      }),
    ).toBeVisible();
  });
});
