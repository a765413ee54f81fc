import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { GatewaysPage } from './GatewaysPage';

const gateway = (id: string, given: object = {}) => ({
  id,
  name: id,
  enrolledAt: '2026-05-01T10:00:00Z',
  connected: false,
  ...given,
});

const backend = (items: object[]) =>
  new FakeBackend()
    .on('GET /keys', { items: [] })
    .on('GET /access-profiles', { items: [] })
    .on('GET /purposes', { items: [] })
    .on('GET /signing-keys', { items: [] })
    .on('GET /gateways', () => ({ items: [...items] }));

describe('GatewaysPage', () => {
  it('says how far each gateway is', async () => {
    await renderGovernance(<GatewaysPage />, {
      backend: backend([
        gateway('silent'),
        gateway('current', {
          epoch: 1,
          version: 9,
          behind: 0,
          connected: true,
          lastSeenAt: '2026-05-01T10:00:00Z',
        }),
        gateway('late', {
          lastSeenAt: new Date(Date.now() - 3 * 3600_000).toISOString(),
          epoch: 1,
          version: 7,
          behind: 2,
          alarms: ['clock is off'],
        }),
        gateway('gone', { removedAt: '2026-05-02T10:00:00Z' }),
      ]),
    });
    const table = await screen.findByRole('table', { name: 'Gateways' });
    const [, ...rows] = within(table)
      .getAllByRole('row')
      .map(row =>
        within(row)
          .queryAllByRole('cell')
          .map(cell => cell.textContent),
      );
    expect(rows.map(cells => cells.slice(0, 4))).toEqual([
      ['silent', 'Has not reported yet', '–', 'Never seen'],
      ['current', 'Up to date', '1.9', 'Connected'],
      [
        'late',
        '2 versions behind',
        '1.7',
        'Not connected, last seen 3 hours ago',
      ],
      ['gone', 'Removed', '–', 'Never seen'],
    ]);
    expect(within(table).getByText('clock is off')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Remove gateway gone…' }),
    ).toBeNull();
  });

  it('shows the token of an invitation once', async () => {
    const fake = backend([]).on('POST /gateways/invitations', {
      token: 'enrol-me',
      expiresAt: '2099-01-01T00:00:00Z',
    });
    await renderGovernance(<GatewaysPage />, { backend: fake });
    await screen.findByText('No gateway is enrolled');
    fireEvent.click(screen.getByRole('button', { name: 'Invite gateway' }));
    fireEvent.change(await screen.findByLabelText(/^Name/), {
      target: { value: ' eu-1 ' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Invite' }));
    expect(await screen.findByLabelText('Invitation token')).toHaveTextContent(
      'enrol-me',
    );
    expect(fake.sent('POST /gateways/invitations')[0].body).toEqual({
      name: 'eu-1',
    });
    fireEvent.click(screen.getByLabelText('I stored it'));
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() =>
      expect(document.body).not.toHaveTextContent('enrol-me'),
    );
  });

  it('says that gateways could not be loaded, and tries again', async () => {
    let away = true;
    const fake = backend([gateway('eu-1')]).on('GET /gateways', () =>
      away
        ? failure(503, 'ServiceUnavailableError', 'The database is away')
        : { items: [gateway('eu-1')] },
    );
    await renderGovernance(<GatewaysPage />, { backend: fake });
    expect(
      await screen.findByText('The gateways could not be loaded'),
    ).toBeVisible();
    away = false;
    fireEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(await screen.findByText('eu-1')).toBeVisible();
  });

  it('removes one after asking', async () => {
    const items = [gateway('eu-1')];
    const fake = backend(items).on('DELETE /gateways/eu-1', () => {
      items.splice(0, 1);
      return new Response(null, { status: 204 });
    });
    await renderGovernance(<GatewaysPage />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Remove gateway eu-1…' }),
    );
    expect(fake.sent('DELETE /gateways/eu-1')).toEqual([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(
      await screen.findByText('No gateway is enrolled'),
    ).toBeInTheDocument();
  });
});
