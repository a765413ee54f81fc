import { act, screen, waitFor, within } from '@testing-library/react';
import { failure } from '../__testUtils__/FakeBackend';
import { stubAuthenticator } from '../__testUtils__/passkeys';
import { click, editor, open, write } from './__testUtils__/openPolicies';
import {
  backend,
  detail,
  files,
  good,
  proposal,
  text,
} from './__testUtils__/proposals';

jest.setTimeout(120_000);

describe('the list of proposals', () => {
  it('says where each stands, and begins one', async () => {
    const fake = backend().on('POST /policies/proposals', {
      ...detail(['edit']),
    });
    await open('/proposals', fake);
    const table = await screen.findByRole('table', { name: 'Proposals' });
    expect(table).toHaveTextContent('Shorter trials');
    expect(within(table).getByText('Open')).toBeVisible();
    click(await screen.findByRole('button', { name: 'Propose a change' }));
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
    write(await editor(), text.replace('30', 'oops'));
    const wrong = await screen.findByRole('list', { name: 'What is wrong' });
    expect(wrong).toHaveTextContent(
      'Line 2expiresAfterDays: must be an integer',
    );
    click(within(wrong).getByRole('button', { name: 'Go to line 2' }));
    const field = (await editor()) as HTMLTextAreaElement;
    expect(field).toHaveFocus();
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe(
      'expiresAfterDays: oops',
    );
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByText(/do not load: 1 mistake/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Replay' })).toBeDisabled();

    const mended = text.replace('30', '25');
    write(field, mended);
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
    click(screen.getByRole('button', { name: 'Activate with passkey' }));
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
    click(await screen.findByRole('button', { name: 'Replay' }));
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
