import { screen } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { GatewaysPage } from './GatewaysPage';

// In a file of its own: what one may do is remembered between tests.
describe('GatewaysPage without rights', () => {
  it('keeps to keys for those who run no gateways and manage no access', async () => {
    const fake = new FakeBackend()
      .on('GET /keys', { items: [] })
      .on('GET /access-profiles', { items: [] })
      .on('GET /purposes', { items: [] });
    await renderGovernance(<GatewaysPage />, {
      backend: fake,
      denied: ['model.gateway.manage', 'model.access.manage'],
    });
    expect(await screen.findByText('You have no key yet')).toBeVisible();
    expect(screen.queryByRole('region', { name: 'Gateways' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Purposes' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Signing keys' })).toBeNull();
    expect(fake.sent('GET /gateways')).toEqual([]);
  });
});
