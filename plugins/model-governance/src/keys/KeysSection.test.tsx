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
    .on('GET /keys', () => ({
      items: [...keys],
      expiry: { defaultDays: 30, maxDays: 60 },
    }))
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
    .on('POST /keys/k1/rotate', () => {
      const rotated = {
        ...key,
        hint: '5678',
        previous: { hint: '1234', until: '2999-01-01T10:00:00Z' },
      };
      keys.splice(0, 1, rotated);
      return { ...rotated, secret: 'mh_secret_5678' };
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
      expiresInDays: 30,
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

  it('shows keys of evaluation endpoints apart, and rotates none of them', async () => {
    const endpointKey = {
      ...key,
      tier: 'sandbox',
      expiresAt: '2999-01-01T10:00:00Z',
    };
    const fake = new FakeBackend()
      .on('GET /keys', {
        items: [key],
        endpointKeys: [
          { ...endpointKey, id: 'k2', name: 'Tiny', endpoint: { id: 'ep-1' } },
          {
            ...endpointKey,
            id: 'k3',
            name: 'Small',
            endpoint: {
              id: 'ep-2',
              gatewayId: 'acme/small',
              version: '1.0',
              boundAt: '2026-05-01T10:00:00Z',
            },
          },
        ],
        expiry: { defaultDays: 30, maxDays: 60 },
      })
      .on('GET /access-profiles', { items: [] })
      .on('GET /purposes', { items: [] })
      .on('DELETE /keys/k3', { ...endpointKey, id: 'k3' });
    await renderGovernance(<KeysSection />, { backend: fake });
    const table = await screen.findByRole('table', {
      name: 'Keys of evaluation endpoints',
    });
    expect(within(table).getByText(/Nothing yet/)).toBeVisible();
    expect(within(table).getByText('acme/small@1.0')).toBeVisible();
    expect(within(table).queryByRole('button', { name: /Rotate/ })).toBeNull();
    const ordinary = screen.getByRole('table', { name: 'Gateway keys' });
    expect(within(ordinary).queryByText(/Small/)).toBeNull();
    expect(
      within(ordinary).getByRole('button', { name: 'Rotate key CI…' }),
    ).toBeVisible();
    fireEvent.click(
      within(table).getByRole('button', { name: 'Revoke key Small…' }),
    );
    expect(
      await screen.findByText(/The endpoint itself goes on/),
    ).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(fake.sent('DELETE /keys/k3')).toHaveLength(1));
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

  it('issues keys for components, within limits and as long as is allowed', async () => {
    const fake = backend();
    await renderGovernance(<KeysSection />, { backend: fake });
    await screen.findByText('You have no key yet');
    fireEvent.click(screen.getByRole('button', { name: 'Issue key' }));
    const write = async (label: RegExp, value: string) =>
      fireEvent.change(await screen.findByLabelText(label), {
        target: { value },
      });
    await write(/^Name/, 'Shop');
    await write(/^Owner/, 'component:default/shop');
    await write(/^Requests a minute/, '10');
    const button = screen.getByRole('button', { name: 'Issue' });
    for (const [label, wrong, right] of [
      [/^Ends after days/, '61', '60'],
      [/^Requests a minute/, '0', '20'],
    ] as const) {
      await write(label, wrong);
      expect(button).toBeDisabled();
      await write(label, right);
      expect(button).toBeEnabled();
    }
    fireEvent.click(button);
    await screen.findByLabelText('Gateway key');
    expect(fake.sent('POST /keys')[0].body).toEqual({
      name: 'Shop',
      profile: 'checkout',
      purpose: 'summaries',
      tier: 'internal',
      expiresInDays: 60,
      owner: 'component:default/shop',
      limits: { requestsPerMinute: 20 },
    });
  });

  it('rotates: shows the new secret once, and how long the old one holds', async () => {
    const fake = backend();
    await renderGovernance(<KeysSection />, { backend: fake });
    await issue();
    fireEvent.click(screen.getByLabelText('I stored it'));
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    fireEvent.click(
      await screen.findByRole('button', {
        name: 'Rotate key CI…',
        hidden: true,
      }),
    );
    fireEvent.change(await screen.findByLabelText(/^The secret of today/), {
      target: { value: '168' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    expect(await screen.findByLabelText('Gateway key')).toHaveTextContent(
      'mh_secret_5678',
    );
    expect(fake.sent('POST /keys/k1/rotate')[0].body).toEqual({
      overlapHours: 168,
    });
    fireEvent.click(screen.getByLabelText('I stored it'));
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() =>
      expect(document.body).not.toHaveTextContent('mh_secret_5678'),
    );
    expect(await screen.findByText(/Valid; …1234 ends/)).toBeVisible();
  });

  it('says when the owner of a key is gone, and rotates it no more', async () => {
    await renderGovernance(<KeysSection />, {
      backend: backend().on('GET /keys', {
        items: [
          {
            ...key,
            ownerMissing: {
              since: '2026-05-01T10:00:00Z',
              revokedAfter: '2999-01-01T10:00:00Z',
            },
          },
        ],
      }),
    });
    expect(await screen.findByText(/Its owner is gone: ends/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Rotate/ })).toBeNull();
    expect(screen.getByRole('button', { name: /^Revoke/ })).toBeVisible();
  });

  it('says when the owner of a key left its profile, and rotates it no more', async () => {
    await renderGovernance(<KeysSection />, {
      backend: backend().on('GET /keys', {
        items: [
          {
            ...key,
            ownerLeft: {
              since: '2026-05-01T10:00:00Z',
              revokedAfter: '2999-01-01T10:00:00Z',
            },
          },
        ],
      }),
    });
    expect(
      await screen.findByText(/Refused, its owner left the profile: ends/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Rotate/ })).toBeNull();
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
