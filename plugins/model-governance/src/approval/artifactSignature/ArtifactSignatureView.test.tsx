import type { ArtifactSignatureEvidence } from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../../__testUtils__/FakeBackend';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { ArtifactSignatureView } from './ArtifactSignatureView';

const show = (changes: Partial<ArtifactSignatureEvidence> = {}) =>
  renderGovernance(
    <ArtifactSignatureView
      evidence={{
        kind: 'artifact-signature',
        uri: 'hf://acme/router',
        pinnedUri: 'hf://acme/router@3f2a',
        digest: `sha256:${'a'.repeat(64)}`,
        verified: false,
        counts: { matches: 0, differs: 0, missing: 0, unsigned: 0, ignored: 0 },
        files: [],
        moreFiles: 0,
        trusted: ['release key', 'ci'],
        ...changes,
      }}
    />,
    { backend: new FakeBackend(), path: '/', at: '/' },
  );

const base = {
  format: 'openssf-model-signing' as const,
  from: 'model.sig',
  sha256: 'f'.repeat(64),
};

it('tells who signed, as what, with which key and when', async () => {
  await show({
    signature: {
      ...base,
      signer: {
        kind: 'identity',
        name: 'ci',
        keyFingerprint: 'c'.repeat(64),
        subject: 'https://github.com/acme/router/.github/workflows/release.yml',
        issuer: 'https://token.actions.githubusercontent.com',
        validFrom: '2026-10-10T02:12:19Z',
        validTo: '2026-10-10T02:22:19Z',
      },
      signedAt: '2026-10-10T02:12:20Z',
      signedAtBy: 'transparency-log',
      logIndex: '598151086',
      modelName: 'router',
    },
  });
  expect(screen.getByText('ci')).toBeVisible();
  expect(
    screen.getByText(/an identity that Sigstore vouches for/),
  ).toBeVisible();
  expect(
    screen.getByText('OpenSSF Model Signing, from model.sig'),
  ).toBeVisible();
  expect(
    screen.getByText('https://token.actions.githubusercontent.com'),
  ).toBeVisible();
  expect(screen.getByText('Confirmed by')).toBeVisible();
  expect(screen.getByText('10/10/2026 to 10/10/2026')).toBeVisible();
  expect(screen.getByText(`SHA-256 ${'c'.repeat(64)}`)).toBeVisible();
  expect(
    screen.getByText(/by the transparency log \(entry 598151086\)/),
  ).toBeVisible();
  expect(screen.getByText('release key, ci')).toBeVisible();
});

it('shows each file beside what was signed, what is wrong first', async () => {
  await show({
    signature: {
      ...base,
      signer: {
        kind: 'key',
        name: 'release key',
        keyFingerprint: 'c'.repeat(64),
      },
    },
    counts: { matches: 3, differs: 1, missing: 0, unsigned: 1, ignored: 0 },
    files: [
      {
        path: 'model.safetensors',
        standing: 'differs',
        signed: 'sha256:11',
        found: 'sha256:22',
      },
      { path: 'hook.py', standing: 'unsigned', found: 'sha256:33' },
      {
        path: 'config.json',
        standing: 'matches',
        signed: 'sha256:44',
        found: 'sha256:44',
      },
    ],
    moreFiles: 2,
  });
  expect(
    screen.getByText('Files: 3 as signed, 1 changed, 1 not signed'),
  ).toBeVisible();
  const table = screen.getByRole('table', { name: 'Signed files' });
  const [, first, second, third] = within(table).getAllByRole('row');
  expect(first).toHaveTextContent(
    'model.safetensorsChangedsha256:22signed was sha256:11',
  );
  expect(second).toHaveTextContent('hook.pyNot signed');
  expect(third).toHaveTextContent('config.jsonAs signedsha256:44');
  expect(third).not.toHaveTextContent('signed was');
  expect(screen.getByText('And 2 more.')).toBeVisible();
  expect(screen.getByText('nobody who is trusted says when')).toBeVisible();
});

it('says that nobody signed', async () => {
  await show({ trusted: [] });
  expect(screen.getByText('nobody')).toBeVisible();
  expect(screen.getByText('nobody yet')).toBeVisible();
  expect(screen.queryByRole('table')).toBeNull();
});

it('does not say whose a signature is that does not count', async () => {
  await show({ signature: base });
  expect(
    screen.getByText('somebody who is not known or trusted here'),
  ).toBeVisible();
});
