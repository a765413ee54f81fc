import type {
  ApprovalDetail,
  ArtifactScanEvidence,
  GateResult,
} from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failure, FakeBackend } from '../../__testUtils__/FakeBackend';
import { CHECKLIST, approval, checklist } from '../../__testUtils__/fixtures';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { ApprovalPage } from '../ApprovalPage';
import { sizeText } from './words';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const FILE = 'GET /approvals/a1/gates/artifact-security/evidence/scan.json';

const evidence = (
  changes: Partial<ArtifactScanEvidence> = {},
): ArtifactScanEvidence => ({
  kind: 'artifact-scan',
  uri: 'hf://acme/router/model.bin',
  pinnedUri: 'hf://acme/router@3f2a/model.bin',
  digest: DIGEST,
  declaredDigest: DIGEST,
  scannedAt: '2026-05-01T10:00:00Z',
  scanner: '0.1.0+12345678',
  reused: false,
  verdict: 'clean',
  files: 1,
  bytes: 3 * 1024 ** 3,
  formats: [{ format: 'zip', files: 1 }],
  failOn: 'high',
  counts: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  findings: [],
  moreFindings: 0,
  notRead: [],
  moreNotRead: 0,
  ...changes,
});

const gate = (changes: Partial<GateResult>): GateResult => ({
  gateId: 'artifact-security',
  title: 'Artifact security',
  required: true,
  status: 'pass',
  summary: 'Nothing was found in 1 file.',
  findings: [],
  attempts: 1,
  evidence: evidence() as GateResult['evidence'],
  ...changes,
});

async function show(
  one: GateResult,
  backend = new FakeBackend(),
  state: ApprovalDetail['state'] = 'checking',
) {
  backend
    .on('GET /approvals/a1', approval({ state, gates: [one] }))
    .on(CHECKLIST, checklist())
    .on('GET /approvals/a1/timeline', { items: [] });
  await renderGovernance(<ApprovalPage />, {
    backend,
    path: '/approvals/:id',
    at: '/approvals/a1',
  });
  return within(
    await screen.findByRole('article', { name: 'Artifact security' }),
  );
}

describe('the evidence of a scan', () => {
  it('lists what was found, where, why it matters and what stops the request', async () => {
    const row = await show(
      gate({
        status: 'fail',
        summary: 'Pickle imports what runs code.',
        evidence: evidence({
          verdict: 'malicious',
          findings: [
            {
              rule: 'pickle-dangerous-import',
              title: 'Pickle imports what runs code',
              severity: 'critical',
              file: 'model.bin',
              location: 'archive/data.pkl@112',
              message: 'imports os.system',
              explanation: 'Do not load it.',
              blocks: true,
            },
            {
              rule: 'extension-mismatch',
              title: 'The name says something else',
              severity: 'medium',
              file: 'model.bin',
              location: '',
              message: 'is named .bin',
              explanation: 'Loaders go by the content.',
              blocks: false,
            },
          ],
          moreFindings: 3,
          notRead: [{ file: 'extra.7z', reason: 'is an archive' }],
          moreNotRead: 1,
        }) as GateResult['evidence'],
      }),
    );
    const table = row.getByRole('table', { name: 'Findings in the artifact' });
    const [, worst, other] = within(table).getAllByRole('row');
    for (const words of [
      'critical, stops',
      'Pickle imports what runs code',
      'pickle-dangerous-import',
      'model.bin',
      'archive/data.pkl@112',
      'imports os.system',
    ]) {
      expect(within(worst).getByText(words)).toBeVisible();
    }
    expect(worst).toHaveTextContent(
      'Do not load it. (pickle-dangerous-import)',
    );
    expect(within(other).getByText('medium')).toBeVisible();
    expect(row.getByText(/And 3 more, which are in the reports/)).toBeVisible();
    expect(
      within(
        row.getByRole('list', { name: 'Not judged to the end' }),
      ).getByRole('listitem'),
    ).toHaveTextContent('extra.7z: is an archive');
    expect(row.getByText('And 1 more.')).toBeVisible();
  });

  it('says what was read, by what and when', async () => {
    const row = await show(
      gate({ evidence: evidence({ reused: true }) as GateResult['evidence'] }),
    );
    expect(row.getByText('1 file, 3.0 GiB')).toBeVisible();
    expect(row.getByText('hf://acme/router@3f2a/model.bin')).toBeVisible();
    expect(row.getByText(DIGEST)).toBeVisible();
    expect(row.getByText('As the catalog says.')).toBeVisible();
    expect(
      row.getByText(/scanner 0\.1\.0\+12345678, for an earlier request/),
    ).toBeVisible();
    expect(row.getByText(/None: nothing in 1 file runs code/)).toBeVisible();
    expect(row.queryByRole('table')).toBeNull();
  });

  it.each([
    [{ declaredDigest: undefined }, /names none; this scan pins it/],
    [{ declaredDigest: 'sha256:bb' }, /The catalog says sha256:bb/],
    [{ digest: undefined }, /not all bytes could be read/],
  ])('tells how the digest stands with %j', async (changes, words) => {
    const row = await show(
      gate({ evidence: evidence(changes) as GateResult['evidence'] }),
    );
    expect(row.getByText(words)).toBeVisible();
  });

  it('shows how far it is', async () => {
    const row = await show(
      gate({
        status: 'running',
        summary: undefined,
        evidence: undefined,
        progress: { message: '2 of 7 files, 1.2 GiB read', fraction: 0.42 },
      }),
    );
    expect(row.getByRole('status')).toHaveTextContent(
      '2 of 7 files, 1.2 GiB read',
    );
    const bar = row.getByRole('progressbar', { name: /runs/ });
    expect(bar).toHaveAttribute('aria-valuenow', '42');
    expect(bar).toHaveAttribute('aria-valuetext', '2 of 7 files, 1.2 GiB read');
  });

  it('says what to do when it could not run', async () => {
    const row = await show(
      gate({
        status: 'error',
        evidence: undefined,
        summary: 'The artifact could not be read: 503. Look whether …',
      }),
    );
    expect(row.getByText('Could not run')).toBeVisible();
    expect(row.getByText(/could not be read: 503/)).toBeVisible();
    expect(
      row.getByRole('button', { name: 'Run Artifact security again' }),
    ).toBeEnabled();
  });

  it('is not asked again when the request went back to the requester', async () => {
    const row = await show(
      gate({ status: 'fail' }),
      undefined,
      'changes-requested',
    );
    expect(row.getByText('Failed')).toBeVisible();
    expect(row.queryByRole('button', { name: /again$/ })).toBeNull();
  });

  it('hands out the reports', async () => {
    const kept: Blob[] = [];
    URL.createObjectURL = blob => {
      kept.push(blob as Blob);
      return 'blob:x';
    };
    URL.revokeObjectURL = () => {};
    let isDown = true;
    const backend = new FakeBackend().on(FILE, () =>
      isDown ? failure(503, 'ServiceUnavailableError', 'Later.') : { a: 1 },
    );
    const row = await show(
      gate({
        files: [
          {
            name: 'scan.json',
            mediaType: 'application/json',
            sizeBytes: 2048,
            sha256: 'c'.repeat(64),
          },
        ],
      }),
      backend,
    );
    const button = row.getByRole('button', {
      name: 'Download JSON report, 2.0 KiB',
    });
    await userEvent.click(button);
    expect(await row.findByRole('alert')).toHaveTextContent('Later.');
    isDown = false;
    await userEvent.click(button);
    expect(kept).toHaveLength(1);
    expect(kept[0].size).toBe('{"a":1}'.length);
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1536, '1.5 KiB'],
    [1024 ** 2 * 250, '250 MiB'],
    [1024 ** 4 * 5000, '5000 TiB'],
  ])('%d', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});
