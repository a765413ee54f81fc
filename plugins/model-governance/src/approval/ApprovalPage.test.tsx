import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import { MODEL_GOVERNANCE_SIGNAL } from '@modelhub/backstage-plugin-models-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import {
  CHECKLIST,
  approval,
  checklist,
  option,
  refused,
} from '../__testUtils__/fixtures';
import { stubAuthenticator } from '../__testUtils__/passkeys';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { ApprovalPage } from './ApprovalPage';

const COMMANDS = 'POST /approvals/a1/commands';

function backendWith(detail: ApprovalDetail) {
  return new FakeBackend()
    .on('GET /approvals/a1', detail)
    .on(CHECKLIST, checklist())
    .on('GET /approvals/a1/evaluations', { items: [], mayAttach: false })
    .on('GET /approvals/a1/timeline', { items: [] });
}

const render = (backend: FakeBackend) =>
  renderGovernance(<ApprovalPage />, {
    backend,
    path: '/approval/:id',
    at: '/approval/a1',
  });

describe('ApprovalPage', () => {
  it('tells the requester in words that somebody else decides, and draws no sign-off', async () => {
    const message = 'You asked for this, so somebody else has to decide.';
    await render(
      backendWith(
        approval({
          commands: [
            refused('approve', 'own-request', message, { role: 'lead' }),
            refused('reject', 'own-request', message, { role: 'lead' }),
            option('withdraw'),
          ],
        }),
      ),
    );
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Approve/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Reject/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Withdraw…' })).toBeEnabled();
  });

  it('says what it waits for', async () => {
    await render(backendWith(approval({ waitingFor: ['security', 'legal'] })));
    expect(
      await screen.findByText(/Waiting for security and legal/),
    ).toBeVisible();
  });

  it('signs with the revision that was seen, and shows the answer', async () => {
    const backend = backendWith(
      approval({ commands: [option('approve', { role: 'lead' })] }),
    ).on(COMMANDS, approval({ state: 'approved', revision: 8 }));
    await render(backend);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve as lead' }),
    );
    await userEvent.click(screen.getByLabelText('Comment'));
    await userEvent.paste('Good fit');
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));

    expect(await screen.findByText('Approved')).toBeVisible();
    const [sent] = backend.sent(COMMANDS);
    expect(sent.body).toEqual({
      command: 'approve',
      role: 'lead',
      revision: 7,
      reason: 'Good fit',
    });
    expect(sent.idempotencyKey).toBeTruthy();
  });

  it('does not send a rejection without a reason', async () => {
    const backend = backendWith(
      approval({
        commands: [option('reject', { role: 'lead', needsReason: true })],
      }),
    );
    await render(backend);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject as lead…' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Reject' }));
    expect(screen.getByText(/Write at least 3 characters/)).toBeVisible();
    expect(backend.sent(COMMANDS)).toEqual([]);
  });

  it('sends an uncertain command again under the same key', async () => {
    let calls = 0;
    const backend = backendWith(
      approval({ commands: [option('approve', { role: 'lead' })] }),
    ).on(COMMANDS, () => {
      calls += 1;
      return calls === 1
        ? failure(503, 'ServiceUnavailableError', 'Try again.')
        : approval({ state: 'approved' });
    });
    await render(backend);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve as lead' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText('Try again.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    await screen.findByText('Approved');
    const keys = backend.sent(COMMANDS).map(one => one.idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('reloads after a conflict and says that it changed meanwhile', async () => {
    let current = approval({ commands: [option('approve', { role: 'lead' })] });
    const backend = backendWith(current)
      .on('GET /approvals/a1', () => current)
      .on(COMMANDS, () => {
        current = approval({ state: 'rejected', revision: 8 });
        return failure(409, 'ConflictError', 'Revision 7 is stale.');
      });
    await render(backend);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve as lead' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText(/changed meanwhile/)).toBeVisible();
    expect(await screen.findByText('Rejected')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('asks again when something changed, twice at most for a burst', async () => {
    let current = approval();
    const backend = backendWith(current).on('GET /approvals/a1', () => current);
    const { signals } = await render(backend);
    expect(await screen.findByText('In review')).toBeVisible();
    const before = backend.sent('GET /approvals/a1').length;
    jest.useFakeTimers({ advanceTimers: true });
    try {
      const changed = () =>
        act(() => signals.send(MODEL_GOVERNANCE_SIGNAL, { type: 'changed' }));
      changed();
      changed();
      current = approval({ state: 'approved' });
      changed();
      await act(() => jest.advanceTimersByTimeAsync(2000));
    } finally {
      jest.useRealTimers();
    }
    expect(await screen.findByText('Approved')).toBeVisible();
    expect(backend.sent('GET /approvals/a1')).toHaveLength(before + 2);
  });

  it('offers to clear an open hold only to those who may', async () => {
    const hold = {
      kind: 'manual' as const,
      placedBy: 'user:default/sam',
      placedAt: '2026-05-01T10:00:00Z',
    };
    await render(
      backendWith(
        approval({
          state: 'suspended',
          holds: [
            { ...hold, id: 'h1', reason: 'Odd answers', mayClear: true },
            { ...hold, id: 'h2', reason: 'Advisory', mayClear: false },
            { ...hold, id: 'h3', reason: 'Of the model', mayClear: false },
          ],
          commands: [
            option('clear-hold', { holdId: 'h1', needsReason: true }),
            refused('clear-hold', 'hold-not-clearable', 'Ask security.', {
              holdId: 'h2',
            }),
            option('clear-hold', { holdId: 'h3', needsReason: true }),
          ],
        }),
      ),
    );
    const holds = await screen.findByRole('region', { name: 'Holds' });
    expect(
      within(holds).getAllByRole('button', { name: 'Clear hold…' }),
    ).toHaveLength(1);
    expect(within(holds).getByText('Ask security.')).toBeVisible();
    expect(screen.getByText(/On hold for 3 reasons/)).toBeVisible();
  });

  it('shows what a gate found and how to fix it', async () => {
    await render(
      backendWith(
        approval({
          state: 'checking',
          gates: [
            {
              gateId: 'licence',
              title: 'Licence',
              required: true,
              status: 'fail',
              attempts: 1,
              summary: 'The licence is unknown.',
              findings: [
                {
                  id: 'f1',
                  severity: 'high',
                  message: 'No licence stated',
                  field: 'spec.license.id',
                  howToFix: 'Add an SPDX id.',
                },
              ],
            },
          ],
        }),
      ),
    );
    const gate = await screen.findByRole('article', { name: 'Licence' });
    expect(within(gate).getByText('spec.license.id')).toBeVisible();
    expect(within(gate).getByText('Add an SPDX id.')).toBeVisible();
    expect(
      within(gate).getByRole('button', { name: 'Run Licence again' }),
    ).toBeEnabled();
  });

  it('says of a gate that it does not apply, not that it passed', async () => {
    await render(
      backendWith(
        approval({
          state: 'changes-requested',
          gates: [
            {
              gateId: 'artifact-security',
              title: 'Artifact security',
              required: true,
              status: 'not-applicable',
              attempts: 0,
              summary: 'Does not apply to this model.',
            },
          ],
        }),
      ),
    );
    const gate = await screen.findByRole('article', {
      name: 'Artifact security',
    });
    expect(within(gate).getByText('Does not apply')).toBeVisible();
    expect(within(gate).queryByText('Passed')).toBeNull();
    expect(within(gate).queryByRole('button')).toBeNull();
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this'],
    [404, 'NotFoundError', 'The approval could not be loaded'],
  ])('answers %s in words', async (status, name, title) => {
    await render(
      new FakeBackend()
        .on('GET /approvals/a1', () => failure(status, name, 'No.'))
        .on('GET /approvals/a1/timeline', { items: [] }),
    );
    expect(await screen.findByText(title)).toBeVisible();
  });
});

describe('ApprovalPage with a passkey', () => {
  const needsPasskey = () =>
    backendWith(
      approval({
        commands: [option('approve', { role: 'security', needsStepUp: true })],
      }),
    )
      .on('POST /step-up/challenges', {
        challengeId: 'c1',
        options: { challenge: 'Y2hhbGxlbmdl' },
      })
      .on('GET /passkeys', {
        items: [{ id: 'p1', name: 'Laptop', createdAt: '2026-01-01' }],
        mayEnrol: true,
      });
  const sign = async () => {
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve as security' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve with passkey' }),
    );
  };

  it('has exactly the command confirmed', async () => {
    const { asked } = stubAuthenticator();
    const backend = needsPasskey().on(
      COMMANDS,
      approval({ state: 'approved' }),
    );
    await render(backend);
    await sign();
    expect(await screen.findByText('Approved')).toBeVisible();

    const command = { command: 'approve', role: 'security', revision: 7 };
    expect(backend.sent('POST /step-up/challenges')[0].body).toEqual({
      action: 'approval.command',
      payload: { id: 'a1', ...command },
    });
    expect(
      new TextDecoder().decode(asked[0].publicKey?.challenge as ArrayBuffer),
    ).toBe('challenge');
    expect(backend.sent(COMMANDS)[0].body).toMatchObject({
      ...command,
      stepUp: { challengeId: 'c1', response: { id: 'credential-1' } },
    });
  });

  it('links to the passkeys page when there is none', async () => {
    const backend = needsPasskey().on('GET /passkeys', {
      items: [],
      mayEnrol: false,
    });
    await render(backend);
    await sign();
    expect(
      await screen.findByRole('link', { name: 'Enrol a passkey' }),
    ).toHaveAttribute('href', '/governance/passkeys');
    expect(backend.sent(COMMANDS)).toEqual([]);
  });

  it('does nothing when the passkey dialog is cancelled', async () => {
    stubAuthenticator(new DOMException('cancelled', 'NotAllowedError'));
    const backend = needsPasskey();
    await render(backend);
    await sign();
    expect(
      await screen.findByText(/The passkey was not confirmed/),
    ).toBeVisible();
    expect(backend.sent(COMMANDS)).toEqual([]);
  });
});
