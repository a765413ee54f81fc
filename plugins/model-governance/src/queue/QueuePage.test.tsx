import { fireEvent, screen } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { QueuePage } from './QueuePage';

const asked = (backend: FakeBackend) => {
  const all = backend.sent('GET /approvals');
  return new URLSearchParams(all[all.length - 1].path.split('?')[1]);
};

describe('QueuePage', () => {
  it('starts with what needs the own decision, longest waiting first', async () => {
    const backend = new FakeBackend().on('GET /approvals', {
      items: [
        approval({
          blockers: [{ code: 'gate-error', message: 'The scanner is away.' }],
        }),
      ],
      totalItems: 1,
    });
    await renderGovernance(<QueuePage />, { backend });
    expect(
      await screen.findByRole('link', { name: 'Llama 1.0' }),
    ).toHaveAttribute('href', '/governance/approvals/a1');
    expect(screen.getByText('The scanner is away.')).toBeVisible();
    expect(asked(backend).get('needsMyDecision')).toBe('true');
    expect(asked(backend).get('order')).toBe('waiting-longest');
  });

  it('keeps its filters in the address', async () => {
    const backend = new FakeBackend().on('GET /approvals', {
      items: [],
      totalItems: 0,
    });
    await renderGovernance(<QueuePage />, {
      backend,
      at: '/?all=yes&tier=regulated&role=risk',
    });
    expect(await screen.findByText('Nothing fits these filters')).toBeVisible();
    expect(asked(backend).get('needsMyDecision')).toBeNull();
    expect(asked(backend).getAll('tier')).toEqual(['regulated']);
    expect(asked(backend).get('role')).toBe('risk');
  });

  it('can be tried again after a failure', async () => {
    let works = false;
    const backend = new FakeBackend().on('GET /approvals', () =>
      works
        ? { items: [], totalItems: 0 }
        : failure(500, 'Error', 'The database is away.'),
    );
    await renderGovernance(<QueuePage />, { backend });
    expect(await screen.findByText('The database is away.')).toBeVisible();
    works = true;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('You are done')).toBeVisible();
  });
});
