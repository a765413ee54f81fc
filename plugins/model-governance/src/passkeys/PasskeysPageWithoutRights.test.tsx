import { screen } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { PasskeysPage } from './PasskeysPage';

// In a file of its own: what one may do is remembered between tests.
describe('PasskeysPage without rights', () => {
  it('tells those who are not invited whom to ask', async () => {
    await renderGovernance(<PasskeysPage />, {
      backend: new FakeBackend()
        .on('GET /passkeys', { items: [], mayEnrol: false })
        .on('GET /delegations', { items: [] }),
      denied: ['model.passkey.invite'],
    });
    expect(
      await screen.findByText(/A first passkey needs an invitation/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Enrol passkey' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Invite' })).toBeNull();
  });
});
