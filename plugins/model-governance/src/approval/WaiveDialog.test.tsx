import { fireEvent, screen, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import {
  CHECKLIST,
  approval,
  checklist,
  demands,
} from '../__testUtils__/fixtures';
import { stubAuthenticator } from '../__testUtils__/passkeys';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { ApprovalPage } from './ApprovalPage';

const WAIVER = 'POST /approvals/a1/gates/licence/waiver';
const REASON = 'Legal has a licence of its own.';

const gate = {
  gateId: 'licence',
  title: 'Licence',
  required: true,
  status: 'fail' as const,
  attempts: 1,
};
const failed = (given: object = {}) =>
  approval({
    state: 'changes-requested',
    waitingFor: [],
    gates: [gate],
    demands: {
      ...demands,
      gates: [
        {
          id: 'licence',
          title: 'Licence',
          required: true,
          waivableBy: ['legal'],
        },
      ],
    },
    ...given,
  });
const waived = approval({
  gates: [
    {
      ...gate,
      status: 'waived',
      waiver: {
        by: 'user:default/lara',
        reason: REASON,
        until: '2099-12-31T23:59:59.000Z',
      },
    },
  ],
});

const backendWith = (detail = failed()) =>
  new FakeBackend()
    .on('GET /approvals/a1', detail)
    .on(CHECKLIST, checklist())
    .on('GET /approvals/a1/timeline', { items: [] });

async function openDialog(backend: FakeBackend, denied: string[] = []) {
  await renderGovernance(<ApprovalPage />, {
    backend,
    path: '/approval/:id',
    at: '/approval/a1',
    denied,
  });
  fireEvent.click(
    await screen.findByRole('button', { name: 'Waive Licence…' }),
  );
  fireEvent.change(await screen.findByLabelText(/^Reason/), {
    target: { value: REASON },
  });
  fireEvent.change(screen.getByLabelText(/^Until/), {
    target: { value: '2099-12-31' },
  });
}

describe('WaiveDialog', () => {
  it('waives with a reason and an end, and shows who did', async () => {
    const backend = backendWith().on(WAIVER, waived);
    await openDialog(backend);
    fireEvent.click(screen.getByRole('button', { name: 'Waive' }));
    const row = await screen.findByRole('article', {
      name: 'Licence',
      hidden: true,
    });
    expect(await within(row).findByText(new RegExp(REASON))).toBeVisible();
    expect(backend.sent(WAIVER)[0].body).toEqual({
      reason: REASON,
      until: '2099-12-31T23:59:59.000Z',
    });
  });

  it('asks for a passkey when the backend wants one, over what is sent', async () => {
    stubAuthenticator();
    const backend = backendWith()
      .on('GET /passkeys', {
        items: [{ id: 'p1', name: 'Laptop', createdAt: '2026-01-01' }],
        mayEnrol: true,
      })
      .on('POST /step-up/challenges', {
        challengeId: 'c1',
        options: { challenge: 'Y2hhbGxlbmdl' },
      })
      .on(WAIVER, ({ body }) =>
        body?.stepUp
          ? waived
          : failure(403, 'NotAllowedError', 'Confirm this with a passkey.'),
      );
    await openDialog(backend);
    fireEvent.click(screen.getByRole('button', { name: 'Waive' }));
    fireEvent.click(
      await screen.findByRole('button', { name: 'Waive with passkey' }),
    );
    expect(await screen.findByText('Waived')).toBeInTheDocument();
    expect(backend.sent('POST /step-up/challenges')[0].body).toEqual({
      action: 'gate.waive',
      payload: {
        id: 'a1',
        gateId: 'licence',
        reason: REASON,
        until: '2099-12-31T23:59:59.000Z',
      },
    });
  });

  it.each([
    ['without the permission', failed(), ['model.gate.waive']],
    ['where the policy has no exception', failed({ demands }), []],
    ['when it is decided', failed({ state: 'rejected' }), []],
  ])('is not offered %s', async (_, detail, denied) => {
    await renderGovernance(<ApprovalPage />, {
      backend: backendWith(detail),
      path: '/approval/:id',
      at: '/approval/a1',
      denied,
    });
    expect(
      await screen.findByRole('article', { name: 'Licence' }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Waive Licence…' })).toBeNull();
  });
});
