import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { stubAuthenticator } from '../__testUtils__/passkeys';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { PoliciesRoutes } from './PoliciesRoutes';

jest.setTimeout(60_000);

const text = 'tier: sandbox\nexpiresAfterDays: 30\n';
const after = 'tier: sandbox\nexpiresAfterDays: 20\n';
const files = {
  manage: 'portal',
  folder: 'policies',
  version: `sha256:${'a'.repeat(64)}`,
  hash: 'sha256:0',
  files: [
    { name: 'internal.yaml', content: 'tier: internal\n' },
    { name: 'sandbox.yaml', content: text },
  ],
  conflicts: [],
  mayPropose: true,
  mayActivate: true,
};
const proposal = {
  id: 'p1',
  title: 'Shorter trials',
  reason: 'Nobody tries a model out for a month.',
  author: 'user:default/priya',
  state: 'open',
  revision: 3,
  baseVersion: files.version,
  files: ['sandbox.yaml'],
  createdAt: '2026-05-01T10:00:00Z',
  updatedAt: '2026-05-01T10:00:00Z',
};
const may = (...allowed: string[]) =>
  ['edit', 'rebase', 'withdraw', 'activate'].map(command => ({
    command,
    allowed: allowed.includes(command),
    ...(!allowed.includes(command) && {
      refusal: { code: 'no', message: `No ${command} for you.` },
    }),
  }));
const detail = (commands: string[], more: object = {}) => ({
  proposal: { ...proposal, ...more },
  changes: [{ name: 'sandbox.yaml', before: text, after }],
  commands: may(...commands),
});
const good = {
  valid: true,
  version: 'sha256:next',
  baseVersion: files.version,
  errors: [],
  tests: [{ file: 'tests/a.yaml', name: 'A trial', differences: [] }],
  uncovered: [],
  changes: [
    {
      tier: 'sandbox',
      items: [{ effect: 'stricter', text: 'Approvals end after 20 days.' }],
    },
  ],
};
const replay = {
  version: 'sha256:next',
  baseVersion: files.version,
  at: '2026-05-01T10:00:00Z',
  approvals: {
    looked: 4,
    ends: 1,
    stricter: 0,
    looser: 0,
    unchanged: 3,
    unknown: 0,
    items: [
      {
        id: 'a1',
        entityRef: 'model:meta/llama',
        title: 'Llama',
        version: '1.0',
        tier: 'sandbox',
        purpose: 'support',
        profile: 'care',
        effect: 'ends',
        reasons: [{ code: 'life-over', message: 'Its life was over.' }],
      },
    ],
  },
  calls: {
    known: true,
    looked: 12,
    wouldBeRefused: 5,
    byModel: [
      {
        gatewayId: 'meta/llama',
        profile: 'care',
        purpose: 'support',
        tier: 'sandbox',
        calls: 5,
        reason: 'Its life was over.',
        lastAt: '2026-04-30T10:00:00Z',
      },
    ],
    from: '2026-02-01T10:00:00Z',
    to: '2026-05-01T10:00:00Z',
  },
};

const backend = (found: object = detail(['edit', 'withdraw'])) =>
  new FakeBackend()
    .on('GET /policies/files', files)
    .on('GET /policies/proposals', {
      items: [proposal],
      totalItems: 1,
    })
    .on('GET /policies/proposals/p1', found)
    .on('POST /policies/check', good)
    .on('POST /policies/replay', replay);

const open = (at: string, fake: FakeBackend) =>
  renderGovernance(<PoliciesRoutes />, { at, backend: fake });

const click = (button: HTMLElement) => fireEvent.click(button);
const write = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });
const editor = () =>
  screen.findByRole('textbox', { name: 'Text of sandbox.yaml' });

describe('the list of proposals', () => {
  it('says where each stands, and begins one', async () => {
    const fake = backend().on('POST /policies/proposals', {
      ...detail(['edit']),
    });
    await open('/proposals', fake);
    const table = await screen.findByRole('table', { name: 'Proposals' });
    expect(table).toHaveTextContent('Shorter trials');
    expect(within(table).getByText('Open')).toBeVisible();
    click(
      await screen.findByRole('button', { name: 'Propose a change' }),
    );
    const begin = screen.getByRole('button', { name: 'Begin' });
    expect(begin).toBeDisabled();
    write(screen.getByLabelText(/Title/), 'Longer trials');
    write(screen.getByLabelText(/Why it should change/), 'A month is short.');
    click(begin);
    await waitFor(() =>
      expect(fake.sent('POST /policies/proposals')[0].body).toEqual({
        title: 'Longer trials',
        reason: 'A month is short.',
      }),
    );
  });

  it('says what to do where there is none', async () => {
    await open(
      '/proposals',
      backend()
        .on('GET /policies/proposals', { items: [], totalItems: 0 })
        .on('GET /policies/files', { ...files, mayPropose: false }),
    );
    expect(
      await screen.findByText('Nobody has proposed anything yet'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Propose a change' }),
    ).toBeNull();
  });
});

describe('one proposal', () => {
  it('shows a mistake at its line, and takes what is mended', async () => {
    const fake = backend().on('POST /policies/check', ({ body }) =>
      JSON.stringify(body).includes('oops')
        ? {
            ...good,
            valid: false,
            version: undefined,
            tests: [],
            changes: [],
            errors: [
              {
                file: 'sandbox.yaml',
                field: 'expiresAfterDays',
                line: 2,
                message: 'must be an integer',
              },
            ],
          }
        : good,
    );
    fake.on('PUT /policies/proposals/p1', detail(['edit'], { revision: 4 }));
    await open('/proposals/p1?file=sandbox.yaml', fake);
    fireEvent.change(await editor(), {
      target: { value: text.replace('30', 'oops') },
    });
    const wrong = await screen.findByRole('list', { name: 'What is wrong' });
    expect(wrong).toHaveTextContent(
      'Line 2expiresAfterDays: must be an integer',
    );
    click(
      within(wrong).getByRole('button', { name: 'Go to line 2' }),
    );
    const field = (await editor()) as HTMLTextAreaElement;
    expect(field).toHaveFocus();
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe(
      'expiresAfterDays: oops',
    );
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByText(/do not load: 1 mistake/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Replay' })).toBeDisabled();

    const mended = text.replace('30', '25');
    fireEvent.change(field, { target: { value: mended } });
    await waitFor(() =>
      expect(screen.queryByRole('list', { name: 'What is wrong' })).toBeNull(),
    );
    expect(screen.getByText('Not saved yet')).toBeVisible();
    click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(fake.sent('PUT /policies/proposals/p1')[0].body).toEqual({
        revision: 3,
        title: proposal.title,
        reason: proposal.reason,
        files: [{ name: 'sandbox.yaml', content: mended }],
      }),
    );
  });

  it('says which tests expect something else', async () => {
    await open(
      '/proposals/p1',
      backend(detail(['activate'])).on('POST /policies/check', {
        ...good,
        tests: [
          {
            file: 'tests/a.yaml',
            name: 'A trial',
            differences: ['expiresAfterDays: expected 30, got 20'],
          },
        ],
      }),
    );
    const failed = await screen.findByRole('list', {
      name: 'Tests that expect something else',
    });
    expect(failed).toHaveTextContent('expected 30, got 20');
    expect(screen.getByRole('button', { name: 'Activate' })).toBeDisabled();
  });

  it('shows its author the difference, and why somebody else activates it', async () => {
    await open('/proposals/p1?view=difference', backend());
    const difference = await screen.findByRole('region', {
      name: 'Difference of sandbox.yaml',
    });
    expect(difference).toHaveTextContent('-expiresAfterDays: 30');
    expect(difference).toHaveTextContent('+expiresAfterDays: 20');
    expect(screen.getByText('No activate for you.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Activate' })).toBeDisabled();
  });

  it('names what ends before somebody confirms with a passkey', async () => {
    const { asked } = stubAuthenticator();
    const fake = backend(detail(['activate', 'withdraw']))
      .on('GET /passkeys', { items: [{ id: 'k' }], mayEnrol: false })
      .on('POST /step-up/challenges', {
        challengeId: 'c1',
        options: { challenge: 'AAAA', rpId: 'localhost' },
      })
      .on('POST /policies/proposals/p1/activate', detail([]));
    await open('/proposals/p1', fake);
    const button = await screen.findByRole('button', { name: 'Activate' });
    await waitFor(() => expect(button).toBeEnabled());
    click(button);
    expect(
      await screen.findByRole('list', { name: 'Approvals that end' }),
    ).toHaveTextContent('Llama 1.0: Sandbox, support, care');
    write(screen.getByLabelText(/Reason/), 'Agreed in the round.');
    click(
      screen.getByRole('button', { name: 'Activate with passkey' }),
    );
    await waitFor(() =>
      expect(
        fake.sent('POST /policies/proposals/p1/activate')[0]?.body,
      ).toMatchObject({
        revision: 3,
        version: 'sha256:next',
        reason: 'Agreed in the round.',
        stepUp: { challengeId: 'c1' },
      }),
    );
    expect(asked).toHaveLength(1);
    expect(fake.sent('POST /step-up/challenges')[0].body).toEqual({
      action: 'policy.activate',
      payload: {
        id: 'p1',
        revision: 3,
        version: 'sha256:next',
        reason: 'Agreed in the round.',
      },
    });
  });

  it('replays, and says what would have been refused', async () => {
    const fake = backend();
    const { signals } = await open('/proposals/p1', fake);
    const button = await screen.findByRole('button', { name: 'Replay' });
    click(button);
    expect(
      await screen.findByText(
        'Of 4 live approvals, 1 approval would end. 5 of 12 calls would have been refused.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('table', { name: 'Approvals that change' }),
    ).toHaveTextContent('Its life was over.');
    expect(
      screen.getByRole('table', { name: 'Calls that would have been refused' }),
    ).toHaveTextContent('meta/llama');

    // Somebody else's news: asked again, and what was replayed is about this still.
    act(() => signals.send('model-governance', { type: 'policy.proposed' }));
    await waitFor(() =>
      expect(fake.sent('GET /policies/proposals/p1').length).toBeGreaterThan(1),
    );
    expect(
      screen.getByRole('table', { name: 'Approvals that change' }),
    ).toBeVisible();
  });

  it('says why it could not be replayed, and tries again', async () => {
    await open(
      '/proposals/p1',
      backend().on('POST /policies/replay', () =>
        failure(503, 'ServiceUnavailableError', 'The database is away'),
      ),
    );
    click(
      await screen.findByRole('button', { name: 'Replay' }),
    );
    expect(await screen.findByText('It could not be replayed')).toBeVisible();
    expect(screen.getByText(/The database is away/)).toBeVisible();
  });

  it('is put over what is in force when it is outdated', async () => {
    const fake = backend(detail(['edit', 'rebase'], { state: 'outdated' })).on(
      'POST /policies/proposals/p1/rebase',
      { proposal: detail(['edit']), conflicts: [] },
    );
    await open('/proposals/p1', fake);
    click(
      await screen.findByRole('button', {
        name: 'Put it over what is in force',
      }),
    );
    await waitFor(() =>
      expect(fake.sent('POST /policies/proposals/p1/rebase')[0].body).toEqual({
        revision: 3,
      }),
    );
  });

  it('says how it gets into the folder, where that is the truth', async () => {
    await open(
      '/proposals/p1',
      backend().on('GET /policies/files', { ...files, manage: 'files' }),
    );
    expect(
      await screen.findByText('Policies are managed in files here'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Download the patch' }),
    ).toBeEnabled();
  });
});

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
    write(screen.getByLabelText(/Why it should change/), 'It was better before.');
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
    click(
      screen.getByRole('button', { name: 'Keep what is in force' }),
    );
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
