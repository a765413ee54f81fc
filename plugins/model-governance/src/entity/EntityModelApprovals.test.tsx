import { EntityProvider } from '@backstage/plugin-catalog-react';
import { MODEL_GOVERNANCE_SIGNAL } from '@modelhub/backstage-plugin-models-react';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval, CHECKLIST, checklist } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { EntityModelApprovals } from './EntityModelApprovals';

const entity = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'meta', name: 'llama' },
  spec: { versions: [{ name: '0.9' }, { name: '1.0' }] },
};
const STANDING = 'GET /models/meta/llama/standing';
const HOLDS = 'GET /models/meta/llama/holds';
const CLEAR = 'POST /models/meta/llama/holds/h1/clear';
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

const hold = {
  id: 'h1',
  kind: 'manual',
  reason: 'Leaks prompts',
  placedBy: 'user:default/sam',
  placedAt: '2026-05-01T10:00:00Z',
  covers: 'model',
  mayClear: true,
};

const backend = () =>
  new FakeBackend()
    .on(STANDING, standing)
    .on(CHECKLIST, checklist({ tier: 'customer-facing' }))
    .on(HOLDS, { items: [] })
    .on('GET /ledger', {
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
    expect(screen.queryByRole('region', { name: 'On hold' })).toBeNull();
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

  it('suspends one version of a model of which nothing is approved', async () => {
    const held: object[] = [];
    const fake = backend()
      .on(STANDING, { ...standing, grants: [] })
      .on(HOLDS, () => ({ items: held }))
      .on(SUSPEND, () => {
        held.push({ ...hold, covers: 'version', modelVersion: '0.9' });
        return { items: [] };
      });
    await render(fake);
    fireEvent.click(await screen.findByRole('button', { name: 'Suspend…' }));
    expect(
      await screen.findByText(/Nothing is approved today/),
    ).toHaveTextContent('No request is approved until the hold is cleared.');
    fireEvent.change(screen.getByLabelText('Version'), {
      target: { value: '0.9' },
    });
    fireEvent.change(screen.getByLabelText(/Reason/), {
      target: { value: 'Leaks prompts' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Suspend' }));
    expect(await screen.findByText('Version 0.9: Leaks prompts')).toBeVisible();
    expect(fake.sent(SUSPEND)[0].body).toEqual({
      reason: 'Leaks prompts',
      modelVersion: '0.9',
    });
  });

  it('says why the model is on hold, and clears it with a reason', async () => {
    let items: object[] = [
      hold,
      {
        ...hold,
        id: 'h2',
        reason: 'Slow',
        covers: 'version',
        modelVersion: '0.9',
        mayClear: false,
      },
      { ...hold, id: 'h3', reason: 'Of one approval', covers: 'approval' },
    ];
    let answer: object = failure(409, 'ConflictError', 'Try again.');
    const fake = backend()
      .on(STANDING, {
        ...standing,
        problems: [
          { code: 'on-hold', message: 'The model is on hold: Leaks prompts.' },
        ],
      })
      .on(HOLDS, () => ({ items }))
      .on(CLEAR, () => answer);
    await render(fake);
    const region = await screen.findByRole('region', { name: 'On hold' });
    expect(region).toHaveTextContent(
      /The whole model: Leaks prompts\s*By sam/i,
    );
    expect(region).toHaveTextContent('Version 0.9: Slow');
    expect(screen.queryByText(/Of one approval/)).toBeNull();
    expect(
      screen.queryByText('The model is on hold: Leaks prompts.'),
    ).toBeNull();
    expect(
      region.compareDocumentPosition(
        screen.getByRole('table', { name: 'Live approvals' }),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);

    fireEvent.click(
      within(region).getByRole('button', { name: 'Clear hold…' }),
    );
    const confirm = await screen.findByRole('button', { name: 'Clear hold' });
    fireEvent.click(confirm);
    expect(fake.sent(CLEAR)).toEqual([]);
    fireEvent.change(screen.getByLabelText(/Reason/), {
      target: { value: 'Fixed upstream' },
    });
    fireEvent.click(confirm);
    expect(await screen.findByText('Try again.')).toBeVisible();
    answer = { items: [] };
    items = items.slice(1);
    fireEvent.click(screen.getByRole('button', { name: 'Clear hold' }));
    await waitFor(() =>
      expect(screen.queryByText(/The whole model/)).toBeNull(),
    );
    expect(fake.sent(CLEAR)[1].body).toEqual({ reason: 'Fixed upstream' });
    expect(screen.getByText('Version 0.9: Slow')).toBeVisible();
  });

  it('hears of a hold that somebody else places', async () => {
    let items: object[] = [];
    const { signals } = await render(backend().on(HOLDS, () => ({ items })));
    await screen.findByText('Use it with a gateway key.');
    items = [hold];
    act(() => signals.send(MODEL_GOVERNANCE_SIGNAL, { type: 'changed' }));
    expect(
      await screen.findByText('The whole model: Leaks prompts'),
    ).toBeVisible();
  });

  it('says that the holds could not be loaded, beside the rest', async () => {
    await render(
      backend().on(HOLDS, () => failure(500, 'Error', 'Out of order.')),
    );
    expect(
      await screen.findByText('The holds could not be loaded'),
    ).toBeVisible();
    expect(screen.getByText('Use it with a gateway key.')).toBeVisible();
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
