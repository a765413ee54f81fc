import {
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { FakeBackend } from './__testUtils__/FakeBackend';
import { CHECKLIST, approval, checklist } from './__testUtils__/fixtures';
import plugin from './plugin';

/** The page and its views are loaded on demand. */
const PATIENCE = { timeout: 30_000 };

function renderPlugin(at: string, denied: string[] = []) {
  const backend = new FakeBackend()
    .on('GET /approvals', { items: [approval()], totalItems: 1 })
    .on('GET /approvals/a1', approval())
    .on(CHECKLIST, checklist())
    .on('GET /approvals/a1/timeline', { items: [] });
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [at],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [discoveryApiRef, backend.discoveryApi],
      [fetchApiRef, backend.fetchApi],
      [identityApiRef, mockApis.identity()],
      [
        permissionApiRef,
        {
          authorize: async request => ({
            result: denied.includes(request.permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          }),
        },
      ],
    ],
  });
  return backend;
}

describe('the plugin in the new frontend system', () => {
  it('opens the queue, with the tabs that the reader may open', async () => {
    renderPlugin('/model-governance', ['model.ledger.read']);
    expect(
      await screen.findByRole('table', { name: 'Needs my decision' }, PATIENCE),
    ).toBeInTheDocument();
    expect(await screen.findByText('Allowlist', {}, PATIENCE)).toBeVisible();
    expect(screen.queryByText('Ledger')).toBeNull();
  });

  it('opens one approval by its address', async () => {
    const backend = renderPlugin('/model-governance/approvals/a1');
    expect(
      await screen.findByRole('heading', { name: 'Llama 1.0' }, PATIENCE),
    ).toBeInTheDocument();
    expect(backend.sent('GET /approvals/a1')).not.toHaveLength(0);
  });

  it.each([
    ['', 'Queue'],
    ['/my-requests', 'My requests'],
    ['/asks', 'Waiting for a person'],
    ['/allowlist', 'Allowlist'],
    ['/gateways', 'Gateways and keys'],
    ['/policies', 'Policies'],
    ['/ledger', 'Ledger'],
    ['/passkeys', 'My duties'],
    ['/request', 'Request access'],
    ['/request?entityRef=model:meta/llama', 'Request llama'],
    ['/approvals/a1', 'Request a1 · Llama 1.0'],
    ['/nowhere', 'No such page'],
  ])('calls /model-governance%s %s', async (path, title) => {
    renderPlugin(`/model-governance${path}`);
    await waitFor(
      () =>
        expect(document.title).toMatch(
          new RegExp(`^${title} · Model governance · `),
        ),
      PATIENCE,
    );
  });

  it('says that there is no such page', async () => {
    renderPlugin('/model-governance/nowhere');
    expect(
      await screen.findByText('There is no such page', {}, PATIENCE),
    ).toBeInTheDocument();
  });
});
