import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { backends } from './__testUtils__/fixtures';
import plugin from './plugin';

/** The page and its views are loaded on demand. */
const PATIENCE = { timeout: 30_000 };

describe('the plugin in the new frontend system', () => {
  it.each([
    ['', 'Spend and budgets'],
    ['/enforcement', 'What enforcing would refuse'],
    ['/nowhere', 'No such page'],
  ])('calls /model-usage%s %s', async (path, title) => {
    const fake = backends();
    renderTestApp({
      features: [plugin],
      initialRouteEntries: [`/model-usage${path}`],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [discoveryApiRef, fake.discoveryApi],
        [fetchApiRef, fake.fetchApi],
        [catalogApiRef, catalogApiMock()],
        [
          permissionApiRef,
          { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
        ],
      ],
    });
    await waitFor(
      () =>
        expect(document.title).toMatch(
          new RegExp(`^${title} · Model usage · `),
        ),
      PATIENCE,
    );
    expect(
      await screen.findByText('What enforcing would refuse', {
        selector: 'a *, a',
      }),
    ).toBeVisible();
  });
});
