import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import { backends } from './__testUtils__/fixtures';
import plugin from './plugin';

/** The page and its views are loaded on demand. */
const PATIENCE = { timeout: 30_000 };

describe('the plugin in the new frontend system', () => {
  it.each([
    ['', 'Reviews'],
    ['/tips', 'Tips'],
    ['/nowhere', 'No such page'],
  ])('calls /model-reviews%s %s', async (path, title) => {
    const fake = backends({
      caller: { mayContribute: true, mayModerate: true },
    });
    renderTestApp({
      features: [plugin],
      initialRouteEntries: [`/model-reviews${path}`],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [discoveryApiRef, fake.discoveryApi],
        [fetchApiRef, fake.fetchApi],
        [catalogApiRef, catalogApiMock()],
      ],
    });
    await waitFor(
      () =>
        expect(document.title).toMatch(
          new RegExp(`^${title} · Model reviews · `),
        ),
      PATIENCE,
    );
    expect(
      await screen.findByText('Moderation', { selector: 'a *, a' }),
    ).toBeVisible();
  });
});
