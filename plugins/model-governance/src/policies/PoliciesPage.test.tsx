import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { demands } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { PoliciesPage } from './PoliciesPage';

const policies = {
  version: `sha256:${'a'.repeat(64)}`,
  loadedAt: '2026-05-01T10:00:00Z',
  tiers: [demands],
  layers: [
    { name: 'Internal use', scope: 'organisation', file: 'internal.yaml' },
  ],
};

const render = (given: object = {}) =>
  renderGovernance(<PoliciesPage />, {
    backend: new FakeBackend().on('GET /policies', { ...policies, ...given }),
  });

describe('PoliciesPage', () => {
  it('says what each tier asks for', async () => {
    await render();
    const tier = await screen.findByRole('region', { name: 'Internal' });
    expect(within(tier).getByText('Model card completeness')).toBeVisible();
    expect(within(tier).getByText('One person as team lead')).toBeVisible();
    expect(
      screen.getByRole('table', { name: 'Policy layers' }),
    ).toHaveTextContent('internal.yaml');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says that the last good policies apply when a file is wrong, and which', async () => {
    await render({
      error: {
        message: 'tier: unknown value "intern"',
        file: 'internal.yaml',
        at: '2026-05-02T10:00:00Z',
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('the last good policies apply');
    expect(alert).toHaveTextContent(
      'internal.yaml: tier: unknown value "intern"',
    );
    expect(screen.getByRole('region', { name: 'Internal' })).toBeVisible();
  });

  it('says what to do without policies', async () => {
    await render({ tiers: [], layers: [] });
    expect(await screen.findByText('No policies are loaded')).toBeVisible();
  });
});
