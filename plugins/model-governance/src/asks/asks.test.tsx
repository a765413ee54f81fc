import type { Ask } from '@modelhub/backstage-plugin-models-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { AsksPage } from './AsksPage';
import { leftText } from './TimeLeft';

const ask = (given: Partial<Ask> = {}): Ask => ({
  id: 'a1',
  state: 'waiting',
  gateway: 'edge',
  keyId: 'k1',
  keyName: 'support bot',
  keyOwner: 'group:default/support',
  profile: 'care',
  model: 'meta/llama',
  trace: 'trace-1',
  tools: [
    { name: 'pay', descriptionHash: 'a'.repeat(64), risk: 3 },
    { name: 'mail', descriptionHash: 'b'.repeat(64), risk: 0 },
  ],
  createdAt: new Date(Date.now() - 20_000).toISOString(),
  expiresAt: new Date(Date.now() + 100_000).toISOString(),
  mayDecide: true,
  ...given,
});

/** Answers for the list that each state asks for. */
const backend = (all: Ask[]) =>
  new FakeBackend().on('GET /asks', ({ path }) => {
    const states = new URLSearchParams(path.split('?')[1]).getAll('state');
    const items = all.filter(({ state }) => states.includes(state));
    return { items, totalItems: items.length };
  });

const card = async () =>
  screen.findByRole('article', { name: 'May this call offer pay and mail?' });

describe('AsksPage', () => {
  it('names who called with a token', async () => {
    await renderGovernance(<AsksPage />, {
      backend: backend([
        ask({
          keyName: 'Token of id.example',
          keyOwner: 'user:default/dana',
          issuer: 'https://id.example',
        }),
      ]),
    });
    const shown = await card();
    expect(within(shown).getByText('Caller')).toBeVisible();
    expect(within(shown).getByText('Token of id.example')).toBeVisible();
    expect(within(shown).queryByText('Owner of the key')).toBeNull();
  });

  it('counts a call among those that are over as soon as its time is', async () => {
    await renderGovernance(<AsksPage />, {
      // The list of those that wait has it until the hub has ended it.
      backend: new FakeBackend().on('GET /asks', ({ path }) => ({
        items: path.includes('state=waiting')
          ? [ask({ state: 'expired', mayDecide: false })]
          : [],
        totalItems: 1,
      })),
    });
    const over = await screen.findByRole('table', { name: 'Decided and over' });
    expect(over).toHaveTextContent('Nobody decided in time');
    expect(screen.getByText('No call waits for you')).toBeVisible();
  });

  it('says what is asked', async () => {
    await renderGovernance(<AsksPage />, { backend: backend([ask()]) });
    const shown = await card();
    for (const words of [
      'support bot',
      'care',
      'meta/llama',
      'trace-1',
      'edge',
    ]) {
      expect(within(shown).getByText(words)).toBeVisible();
    }
    const [, pay] = within(shown).getAllByRole('row');
    expect(
      within(pay)
        .getAllByRole('cell')
        .map(it => it.textContent),
    ).toEqual(['pay', '3', 'aaaaaaaaaaaa…']);
    expect(screen.getByText('One call waits for a person.')).toHaveAttribute(
      'role',
      'status',
    );
    expect(
      within(shown).getByText(/^1 minute \d+ seconds? left$/),
    ).toBeVisible();
    expect(screen.getByText('Nothing was asked yet')).toBeVisible();
  });

  it.each([
    ['Allow once', 'allow-once'],
    ['Allow for this trace', 'allow-trace'],
  ])('%s, by keyboard alone', async (label, decision) => {
    const all = [ask()];
    const fake = backend(all).on('POST /asks/a1/decide', () => {
      all[0] = ask({
        state: 'allowed',
        decidedBy: 'user:default/dana',
        decidedAt: new Date().toISOString(),
        mayDecide: false,
        ...(decision === 'allow-trace' && { until: ask().expiresAt }),
      });
      return all[0];
    });
    await renderGovernance(<AsksPage />, { backend: fake });
    const button = within(await card()).getByRole('button', {
      name: `${label}: pay and mail`,
    });
    button.focus();
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog');
    expect(fake.sent('POST /asks/a1/decide')).toEqual([]);
    within(dialog).getByRole('button', { name: label }).focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByText('No call waits for you');
    expect(fake.sent('POST /asks/a1/decide')).toEqual([
      expect.objectContaining({
        body: { decision },
        idempotencyKey: expect.stringMatching(/.{8}/),
      }),
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    const over = screen.getByRole('table', { name: 'Decided and over' });
    expect(
      within(over).getByText(
        decision === 'allow-once' ? 'Allowed once' : 'Allowed for its trace',
      ),
    ).toBeVisible();
  });

  it('denies with a reason only', async () => {
    const fake = backend([ask()]).on('POST /asks/a1/decide', () =>
      ask({ state: 'denied', mayDecide: false }),
    );
    await renderGovernance(<AsksPage />, { backend: fake });
    fireEvent.click(
      within(await card()).getByRole('button', { name: /^Deny/ }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Deny' });
    fireEvent.click(confirm);
    expect(within(dialog).getByText(/at least 3 characters/)).toBeVisible();
    expect(fake.sent('POST /asks/a1/decide')).toEqual([]);
    fireEvent.change(within(dialog).getByLabelText(/^Reason/), {
      target: { value: ' Not on a Friday ' },
    });
    fireEvent.click(confirm);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('POST /asks/a1/decide')[0].body).toEqual({
      decision: 'deny',
      reason: 'Not on a Friday',
    });
  });

  it('says when somebody was quicker', async () => {
    const fake = backend([ask()]).on('POST /asks/a1/decide', () =>
      failure(
        409,
        'ConflictError',
        'Somebody was quicker: this is denied already.',
      ),
    );
    await renderGovernance(<AsksPage />, { backend: fake });
    fireEvent.click(
      within(await card()).getByRole('button', { name: /^Allow once/ }),
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Allow once' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Somebody was quicker/,
    );
  });

  it('offers no buttons to the owner of the key, and no trace where there is none', async () => {
    await renderGovernance(<AsksPage />, {
      backend: backend([
        ask({ mayDecide: false, whyNot: 'This key is yours.' }),
        ask({ id: 'a2', trace: undefined, tools: [ask().tools[0]] }),
      ]),
    });
    const mine = await card();
    expect(within(mine).queryByRole('button')).toBeNull();
    expect(within(mine).getByText('This key is yours.')).toBeVisible();
    const other = screen.getByRole('article', {
      name: 'May this call offer pay?',
    });
    expect(
      within(other)
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['Allow once…', 'Deny…']);
    expect(screen.getByText('2 calls wait for a person.')).toBeInTheDocument();
  });

  it('follows what happens elsewhere', async () => {
    const all: Ask[] = [];
    const { signals } = await renderGovernance(<AsksPage />, {
      backend: backend(all),
    });
    await screen.findByText('No call waits for you');
    all.push(ask());
    act(() => signals.send('model-governance', { type: 'changed' }));
    await card();
    all[0] = ask({ state: 'withdrawn', mayDecide: false });
    act(() => signals.send('model-governance', { type: 'changed' }));
    expect(await screen.findByText('The call went away')).toBeVisible();
    expect(screen.getByText('No call waits for you')).toBeVisible();
  });

  it('says that it could not be loaded, and tries again', async () => {
    let away = true;
    const fake = backend([ask()]);
    const answer = fake.on('GET /asks', () =>
      away
        ? failure(503, 'ServiceUnavailableError', 'The database is away')
        : { items: [ask()], totalItems: 1 },
    );
    await renderGovernance(<AsksPage />, { backend: answer });
    expect(
      await screen.findByText('The calls that wait could not be loaded'),
    ).toBeVisible();
    away = false;
    fireEvent.click(screen.getAllByRole('button', { name: /again/i })[0]);
    await card();
  });
});

it.each([
  [125_000, '2 minutes 5 seconds left'],
  [60_000, '1 minute left'],
  [1_001, '2 seconds left'],
  [1_000, '1 second left'],
  [0, 'Its time is over'],
  [-5, 'Its time is over'],
])('says of %i ms: %s', (ms, text) => {
  expect(leftText(ms)).toBe(text);
});
