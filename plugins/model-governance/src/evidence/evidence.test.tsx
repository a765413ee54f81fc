import type {
  ApprovalEvidence,
  EvidenceSubmission,
  EvidenceToken,
  GateResult,
} from '@modelhub/backstage-plugin-models-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { approval } from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { EvidenceSection } from './EvidenceSection';
import { EvidenceTokensPage } from './EvidenceTokensPage';

const LIST = 'GET /approvals/a1/evidence';

const gate = (more: Partial<GateResult> = {}): GateResult => ({
  gateId: 'performance-sla',
  title: 'Performance',
  required: true,
  status: 'needs-evidence',
  attempts: 1,
  takesEvidence: true,
  ...more,
});

const submission: EvidenceSubmission = {
  id: 'e1',
  digest: `sha256:${'ab'.repeat(32)}`,
  gateId: 'performance-sla',
  entityRef: 'model:meta/llama',
  modelVersion: '1.0',
  pin: 'sha256:aa',
  predicateType: 'https://modelhub.dev/evidence/evaluation-run/v1',
  producedAt: '2026-05-01T10:00:00Z',
  submittedAt: '2026-05-01T10:01:00Z',
  submittedBy: 'group:default/ml-platform',
  token: {
    id: 't1',
    name: 'acme/evals',
    kind: 'ci',
    identity: { run_id: '4711' },
  },
  mayWithdraw: true,
};

const listed = (more: Partial<ApprovalEvidence> = {}): ApprovalEvidence => ({
  gates: [
    {
      gateId: 'performance-sla',
      title: 'Performance',
      required: true,
      predicateTypes: ['https://modelhub.dev/evidence/evaluation-run/v1'],
    },
  ],
  items: [],
  mayIssue: true,
  ...more,
});

const token: EvidenceToken = {
  id: 't1',
  kind: 'issued',
  name: 'nightly',
  hint: 'wxyz',
  keyId: 'k',
  entityRef: 'model:meta/llama',
  modelVersion: '1.0',
  pin: 'sha256:aa',
  gates: ['performance-sla'],
  owner: 'user:default/dana',
  issuedBy: 'user:default/dana',
  createdAt: '2026-05-01T10:00:00Z',
  expiresAt: '2999-05-01T10:00:00Z',
};

const show = (backend: FakeBackend, gates = [gate()]) =>
  renderGovernance(
    <EvidenceSection approval={approval({ state: 'checking', gates })} />,
    { backend },
  );

describe('EvidenceSection', () => {
  it('is not there where no check takes evidence', async () => {
    const backend = new FakeBackend();
    await show(backend, [gate({ takesEvidence: undefined })]);
    expect(screen.queryByText('Evidence from pipelines')).toBeNull();
    expect(backend.received).toEqual([]);
  });

  it('says how a waiting check is helped, issues a token and shows it once', async () => {
    const backend = new FakeBackend()
      .on(LIST, listed())
      .on('POST /evidence/tokens', { ...token, token: 'mhe1.aaa.bbb' });
    await show(backend);
    const section = await screen.findByRole('region', {
      name: 'Evidence for Performance',
    });
    expect(section).toHaveTextContent('Nothing was submitted yet.');
    expect(section).toHaveTextContent(
      'modelhub evidence upload results.json --gate performance-sla',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Issue token…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('checkbox', { name: 'Performance' })).toBeChecked();
    fireEvent.change(dialog.getByLabelText(/^Name/), {
      target: { value: 'nightly' },
    });
    fireEvent.change(dialog.getByLabelText(/^Ends after days/), {
      target: { value: '7' },
    });
    fireEvent.click(dialog.getByRole('button', { name: 'Issue' }));
    expect(await screen.findByLabelText('Evidence token')).toHaveTextContent(
      'mhe1.aaa.bbb',
    );
    expect(backend.sent('POST /evidence/tokens')[0].body).toEqual({
      name: 'nightly',
      entityRef: 'model:meta/llama',
      modelVersion: '1.0',
      gates: ['performance-sla'],
      expiresInDays: 7,
    });
    fireEvent.click(screen.getByLabelText('I stored it'));
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByText('mhe1.aaa.bbb')).toBeNull());
  });

  it('lists who sent what and takes it back with a reason', async () => {
    let items = [submission];
    const backend = new FakeBackend()
      .on(LIST, () => listed({ items }))
      .on('POST /evidence/e1/withdraw', () => {
        items = [
          {
            ...submission,
            mayWithdraw: false,
            withdrawn: {
              at: '2026-05-02T10:00:00Z',
              by: 'user:default/dana',
              reason: 'Wrong machine',
            },
          },
        ];
        return items[0];
      });
    await show(backend, [gate({ status: 'pass' })]);
    const table = within(
      await screen.findByRole('table', { name: 'Evidence for Performance' }),
    );
    expect(table.getByText(/acme\/evals, run 4711/)).toBeInTheDocument();
    expect(table.getByText(submission.digest)).toBeInTheDocument();
    fireEvent.click(
      table.getByRole('button', { name: 'Withdraw evidence abababab…' }),
    );
    const confirm = await screen.findByRole('button', { name: 'Withdraw' });
    expect(confirm).toBeDisabled();
    fireEvent.change(screen.getByLabelText(/^Reason/), {
      target: { value: 'Wrong machine' },
    });
    fireEvent.click(confirm);
    expect(await screen.findByText(/“Wrong machine/)).toBeInTheDocument();
    expect(backend.sent('POST /evidence/e1/withdraw')[0].body).toEqual({
      reason: 'Wrong machine',
    });
  });

  it('says who issues tokens where one may not, and why something failed', async () => {
    const backend = new FakeBackend()
      .on(
        LIST,
        listed({ mayIssue: false, mayNotIssueBecause: 'Ask ml-platform.' }),
      )
      .on(
        'GET /approvals/a1/evidence-bundle',
        failure(409, 'ConflictError', 'The approval changes too fast.'),
      );
    await show(backend);
    expect(await screen.findByText('Ask ml-platform.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Issue token…' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Download bundle' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The approval changes too fast.',
    );
  });
});

describe('EvidenceTokensPage', () => {
  it('lists my tokens and revokes one', async () => {
    let items = [
      token,
      { ...token, id: 't2', name: 'old', expiresAt: '2020-01-01T00:00:00Z' },
    ];
    const backend = new FakeBackend()
      .on('GET /evidence/tokens', () => ({
        items,
        expiry: { defaultDays: 30, maxDays: 180 },
      }))
      .on('DELETE /evidence/tokens/t1', () => {
        items = [{ ...token, revokedAt: '2026-05-02T10:00:00Z' }];
        return items[0];
      });
    await renderGovernance(<EvidenceTokensPage />, { backend });
    expect(await screen.findByText('Live')).toBeInTheDocument();
    expect(screen.getByText('Ended')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Revoke token old…' }),
    ).toBeNull();
    fireEvent.click(
      screen.getByRole('button', { name: 'Revoke token nightly…' }),
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('Revoked')).toBeInTheDocument();
  });

  it('says where tokens are issued where there is none', async () => {
    await renderGovernance(<EvidenceTokensPage />, {
      backend: new FakeBackend().on('GET /evidence/tokens', {
        items: [],
        expiry: { defaultDays: 30, maxDays: 180 },
      }),
    });
    expect(
      await screen.findByText('You have no evidence token'),
    ).toBeInTheDocument();
  });
});
