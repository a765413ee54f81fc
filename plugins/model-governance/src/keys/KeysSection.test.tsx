import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { KeysSection } from './KeysSection';

const SECRET = 'mh_secret_1234';
const key = {
  id: 'k1',
  name: 'CI',
  hint: '1234',
  profile: 'checkout',
  purpose: 'summaries',
  tier: 'internal',
  owner: 'user:default/dana',
  issuedBy: 'user:default/dana',
  createdAt: '2026-05-01T10:00:00Z',
};

const backend = () => {
  const keys: object[] = [];
  return new FakeBackend()
    .on('GET /keys', () => ({ items: [...keys] }))
    .on('GET /allowlist', { epoch: 1, version: 1, items: [] })
    .on('GET /access-profiles', {
      items: [
        {
          id: 'checkout',
          title: 'Checkout',
          members: [],
          enforcement: 'enforce',
          mine: true,
        },
      ],
    })
    .on('GET /purposes', {
      items: [
        { id: 'summaries', title: 'Summaries', dataClasses: [], regions: [] },
      ],
    })
    .on('POST /keys', () => {
      keys.push(key);
      return { ...key, secret: SECRET };
    })
    .on('DELETE /keys/k1', () => {
      keys.splice(0, 1, { ...key, revokedAt: '2026-05-02T10:00:00Z' });
      return keys[0];
    });
};

async function issue() {
  await screen.findByText('You have no key yet');
  fireEvent.click(screen.getByRole('button', { name: 'Issue key' }));
  fireEvent.change(await screen.findByLabelText(/^Name/), {
    target: { value: 'CI' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Issue' }));
  return screen.findByLabelText('Gateway key');
}

describe('KeysSection', () => {
  it('shows a secret once, and lets go of it only when it was stored', async () => {
    const fake = backend();
    await renderGovernance(<KeysSection />, { backend: fake });
    expect(await issue()).toHaveTextContent(SECRET);
    expect(fake.sent('POST /keys')[0].body).toEqual({
      name: 'CI',
      profile: 'checkout',
      purpose: 'summaries',
      tier: 'internal',
      expiresInDays: 90,
    });
    const done = screen.getByRole('button', { name: 'Done' });
    expect(done).toBeDisabled();
    fireEvent.click(screen.getByLabelText('I stored it'));
    fireEvent.click(done);
    await waitFor(() =>
      expect(screen.queryByLabelText('Gateway key')).toBeNull(),
    );
    expect(document.body).not.toHaveTextContent(SECRET);
    const table = await screen.findByRole('table', { name: 'Gateway keys' });
    expect(within(table).getByText('…1234')).toBeVisible();
  });

  it('revokes after asking', async () => {
    const fake = backend();
    await renderGovernance(<KeysSection />, { backend: fake });
    await issue();
    fireEvent.click(screen.getByLabelText('I stored it'));
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    fireEvent.click(
      await screen.findByRole('button', {
        name: 'Revoke key CI…',
        hidden: true,
      }),
    );
    expect(fake.sent('DELETE /keys/k1')).toEqual([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('Revoked')).toBeVisible();
  });

  it('offers no key to those who may not have one', async () => {
    await renderGovernance(<KeysSection />, {
      backend: backend(),
      denied: ['model.key.issue'],
    });
    expect(await screen.findByText('You have no key yet')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Issue key' })).toBeNull();
  });
});
