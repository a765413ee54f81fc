import { screen, waitFor } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { ModelGovernancePage } from './ModelGovernancePage';

const backend = () =>
  new FakeBackend().on('GET /approvals', { items: [], totalItems: 0 });
const labels = () => screen.getAllByRole('tab').map(tab => tab.textContent);

describe('ModelGovernancePage', () => {
  it('opens the queue, and shows every tab to those who may see them', async () => {
    await renderGovernance(<ModelGovernancePage />, { backend: backend() });
    expect(await screen.findByText('You are done')).toBeVisible();
    await waitFor(() =>
      expect(labels()).toEqual([
        'Queue',
        'My requests',
        'Waiting for a person',
        'Allowlist',
        'Gateways and keys',
        'Policies',
        'Waivers',
        'Ledger',
        'My duties',
      ]),
    );
  });

  it('names what is open in the title of the document', async () => {
    await renderGovernance(<ModelGovernancePage />, {
      backend: backend(),
      at: '/my-requests',
    });
    await waitFor(() =>
      expect(document.title).toMatch(/^My requests · Model governance · /),
    );
  });

  it('hides the tabs that the reader may not open', async () => {
    await renderGovernance(<ModelGovernancePage />, {
      backend: backend(),
      denied: [
        'model.allowlist.read',
        'model.gateway.manage',
        'model.access.manage',
        'model.key.issue',
        'model.policy.read',
        'model.ledger.read',
      ],
    });
    expect(await screen.findByText('You are done')).toBeVisible();
    await waitFor(() =>
      expect(labels()).toEqual([
        'Queue',
        'My requests',
        'Waiting for a person',
        'My duties',
      ]),
    );
  });
});
