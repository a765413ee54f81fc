import { EntityProvider } from '@backstage/plugin-catalog-react';
import { fireEvent, screen } from '@testing-library/react';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { EntityModelApprovals } from './EntityModelApprovals';

const entity = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'meta', name: 'llama' },
};
const STANDING = 'GET /models/meta/llama/standing';
const SUSPEND = 'POST /models/meta/llama/suspend';
const grant = {
  approvalId: 'a1',
  kind: 'standard',
  entityRef: 'model:meta/llama',
  gatewayId: 'meta/llama',
  modelVersion: '1.0',
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-05-01T10:00:00Z',
  expiresAt: '2099-05-01T10:00:00Z',
};
const standing = {
  entityRef: 'model:meta/llama',
  maturity: 'validated',
  official: false,
  grants: [grant],
  openRequests: [],
  heldApprovals: [],
  problems: [],
  nextStep: { kind: 'use', message: 'Use it with a gateway key.' },
};

const backend = () =>
  new FakeBackend().on(STANDING, standing).on('GET /ledger', {
    items: [
      {
        seq: 4,
        at: '2026-05-01T10:00:00Z',
        actor: 'user:default/lee',
        type: 'approval.approved',
        subject: 'approval:a1',
        payload: {},
        summary: 'Lee approved version 1.0 at internal.',
        hash: 'abc',
      },
    ],
  });

const render = (fake: FakeBackend, denied: string[] = []) =>
  renderGovernance(
    <EntityProvider entity={entity}>
      <EntityModelApprovals />
    </EntityProvider>,
    { backend: fake, denied },
  );

describe('EntityModelApprovals', () => {
  it('shows where it may be used, its history, and the next step', async () => {
    await render(backend());
    expect(await screen.findByText('Use it with a gateway key.')).toBeVisible();
    expect(
      screen.getByRole('table', { name: 'Live approvals' }),
    ).toHaveTextContent('summaries');
    expect(
      await screen.findByText('Lee approved version 1.0 at internal.'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Request access' }),
    ).toHaveAttribute(
      'href',
      '/governance/request?entityRef=model%3Ameta%2Fllama',
    );
  });

  it('suspends with a reason, and then shows the hold', async () => {
    let held = false;
    const fake = backend()
      .on(STANDING, () =>
        held
          ? {
              ...standing,
              grants: [],
              heldApprovals: [approval({ state: 'suspended' })],
            }
          : standing,
      )
      .on(SUSPEND, () => {
        held = true;
        return { items: [approval({ state: 'suspended' })] };
      })
      .on(
        'GET /approvals/a1',
        approval({
          state: 'suspended',
          holds: [
            {
              id: 'h1',
              kind: 'manual',
              reason: 'Leaks prompts',
              placedBy: 'user:default/sam',
              placedAt: '2026-05-01T10:00:00Z',
            },
          ],
        }),
      );
    await render(fake);
    fireEvent.click(await screen.findByRole('button', { name: 'Suspend…' }));
    fireEvent.change(await screen.findByLabelText(/Reason/), {
      target: { value: 'Leaks prompts' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Suspend' }));
    expect(await screen.findByText(/Leaks prompts \(/)).toBeVisible();
    expect(fake.sent(SUSPEND)[0].body).toEqual({ reason: 'Leaks prompts' });
    expect(screen.getByText('Nowhere yet')).toBeVisible();
  });

  it('draws only what the reader may do', async () => {
    await render(backend(), [
      'model.suspend',
      'model.break-glass',
      'model.approval.create',
    ]);
    await screen.findByText('Use it with a gateway key.');
    expect(screen.queryByRole('button', { name: 'Suspend…' })).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Emergency access…' }),
    ).toBeNull();
    expect(screen.queryByRole('button', { name: 'Request access' })).toBeNull();
  });
});
