import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { LedgerPage } from './LedgerPage';

const event = (seq: number, given: object = {}) => ({
  seq,
  at: '2026-05-01T10:00:00Z',
  actor: 'user:default/lee',
  type: 'approval.gates-passed',
  subject: 'approval:a1',
  payload: {},
  hash: `hash-${seq}`,
  ...given,
});

const backend = () =>
  new FakeBackend().on('GET /ledger', ({ path }) =>
    path.includes('cursor=next')
      ? { items: [event(1)], totalItems: 3 }
      : {
          items: [
            event(3, { summary: 'Lee approved version 1.0.', text: 'Good.' }),
            event(2),
          ],
          nextCursor: 'next',
          totalItems: 3,
        },
  );

async function verify(fake: FakeBackend) {
  await renderGovernance(<LedgerPage />, { backend: fake });
  fireEvent.click(
    await screen.findByRole('button', { name: 'Verify the chain' }),
  );
}

describe('LedgerPage', () => {
  it('reads as a history, page by page', async () => {
    const fake = backend();
    await renderGovernance(<LedgerPage />, { backend: fake });
    const list = await screen.findByRole('list', { name: 'Ledger' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringContaining('Lee approved version 1.0.“Good.”'),
      expect.stringContaining('Approval: gates passed'),
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(
        within(screen.getByRole('list', { name: 'Ledger' })).getAllByRole(
          'listitem',
        ),
      ).toHaveLength(1),
    );
  });

  it('filters when asked to', async () => {
    const fake = backend();
    await renderGovernance(<LedgerPage />, { backend: fake });
    await screen.findByRole('list', { name: 'Ledger' });
    fireEvent.change(screen.getByLabelText('Model'), {
      target: { value: ' model:meta/llama ' },
    });
    expect(fake.sent('GET /ledger')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Filter' }));
    await waitFor(() =>
      expect(fake.sent('GET /ledger').pop()?.path).toContain(
        'entityRef=model%3Ameta%2Fllama',
      ),
    );
  });

  it('says that the chain holds', async () => {
    await verify(
      backend().on('GET /ledger/verification', {
        ok: true,
        events: 12,
        checkpoints: 2,
      }),
    );
    expect(
      await screen.findByText(
        'The ledger verifies: 12 events, 2 signed checkpoints.',
      ),
    ).toBeVisible();
  });

  it('names the first event that does not fit', async () => {
    await verify(
      backend().on('GET /ledger/verification', {
        ok: false,
        events: 12,
        firstBad: { seq: 7, reason: 'its hash is another' },
      }),
    );
    expect(
      await screen.findByText(/event 7, its hash is another/),
    ).toBeVisible();
  });

  it('does not take a failed check for a good one', async () => {
    await verify(
      backend().on('GET /ledger/verification', () =>
        failure(503, 'ServiceUnavailableError', 'Try again.'),
      ),
    );
    expect(await screen.findByText('Try again.')).toBeVisible();
    expect(screen.queryByText(/The ledger verifies/)).toBeNull();
  });

  it('says why an export failed', async () => {
    await renderGovernance(<LedgerPage />, {
      backend: backend().on('GET /ledger/export', () =>
        failure(403, 'NotAllowedError', 'Not for you.'),
      ),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Export' }));
    expect(await screen.findByText('Not for you.')).toBeVisible();
  });
});
