import { screen, waitFor } from '@testing-library/react';
import { click, open, write } from './__testUtils__/openPolicies';
import { after, backend, detail, files, text } from './__testUtils__/proposals';

jest.setTimeout(120_000);

describe('the history', () => {
  const activation = {
    id: 7,
    version: 'sha256:old',
    at: '2026-04-01T10:00:00Z',
    how: 'portal',
    by: 'user:default/ines',
    proposalId: 'p0',
    reason: 'It was agreed.',
    changed: ['sandbox.yaml'],
  };

  it('lists what came into force', async () => {
    await open(
      '/history',
      backend().on('GET /policies/activations', { items: [activation] }),
    );
    expect(
      await screen.findByRole('table', { name: 'Versions of the policies' }),
    ).toHaveTextContent('sandbox.yaml');
  });

  it('shows a version, and proposes to go back to it', async () => {
    const fake = backend()
      .on('GET /policies/activations/7', {
        activation,
        files: [{ name: 'sandbox.yaml', before: text, after }],
      })
      .on('POST /policies/proposals', detail(['edit']));
    await open('/history/7', fake);
    expect(await screen.findByText('It was agreed.')).toBeVisible();
    click(
      await screen.findByRole('button', {
        name: 'Propose to go back to this version',
      }),
    );
    write(
      screen.getByLabelText(/Why it should change/),
      'It was better before.',
    );
    click(screen.getByRole('button', { name: 'Begin' }));
    await waitFor(() =>
      expect(fake.sent('POST /policies/proposals')[0].body).toMatchObject({
        revertTo: 7,
      }),
    );
  });
});

describe('files that the folder says otherwise', () => {
  it('are shown, and kept or proposed', async () => {
    const fake = backend()
      .on('GET /policies', {
        version: files.version,
        loadedAt: '2026-05-01T10:00:00Z',
        tiers: [],
        layers: [],
      })
      .on('GET /policies/files', {
        ...files,
        conflicts: [
          { file: 'sandbox.yaml', folderText: after, folderHash: 'sha256:f' },
        ],
      })
      .on('POST /policies/conflicts/keep', files);
    await open('/', fake);
    expect(
      await screen.findByText(/The folder says something else/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Propose what the folder says' }),
    ).toBeVisible();
    click(screen.getByRole('button', { name: 'Keep what is in force' }));
    write(screen.getByLabelText(/Reason/), 'The folder is behind.');
    click(screen.getByRole('button', { name: 'Keep it' }));
    await waitFor(() =>
      expect(fake.sent('POST /policies/conflicts/keep')[0].body).toEqual({
        file: 'sandbox.yaml',
        folderHash: 'sha256:f',
        reason: 'The folder is behind.',
      }),
    );
  });
});
