import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import {
  CHECKLIST,
  approval,
  checklist,
  preview,
} from '../__testUtils__/fixtures';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { RequestPage } from './RequestPage';

const CREATE = 'POST /approvals';

const backend = () =>
  new FakeBackend()
    .on('GET /access-profiles', {
      items: [
        { id: 'all', title: 'Everybody', members: [], enforcement: 'enforce' },
        {
          id: 'checkout',
          title: 'Checkout',
          members: [],
          enforcement: 'enforce',
          mine: true,
        },
      ],
    })
    .on('GET /purposes', {
      items: [
        { id: 'summaries', title: 'Summaries', dataClasses: [], regions: [] },
      ],
    })
    .on('POST /approvals/preview', preview)
    .on(CHECKLIST, checklist())
    .on(CREATE, approval({ state: 'checking' }));

const render = (fake: FakeBackend, query: string) =>
  renderGovernance(<RequestPage />, {
    backend: fake,
    path: '/request',
    at: `/request?${query}`,
  });

const filled = 'entityRef=model:meta/llama&tier=internal&purpose=summaries';
const submitButton = () =>
  screen.findByRole('button', { name: 'Submit request' });
const justify = () =>
  fireEvent.change(screen.getByLabelText(/Justification/), {
    target: { value: 'We summarise support tickets.' },
  });

describe('RequestPage', () => {
  it('shows what the policy asks for before anything is sent', async () => {
    const fake = backend();
    await render(fake, filled);
    const list = await screen.findByRole('group', {
      name: 'What the policy asks for',
    });
    expect(within(list).getByText('Model card completeness')).toBeVisible();
    expect(within(list).getByText('Runs by itself')).toBeVisible();
    expect(within(list).getByText('A sign-off as team lead')).toBeVisible();
    expect(within(list).getByText(/lee/)).toBeVisible();
    expect(within(list).getByText(/Lasts 180 days/)).toBeVisible();
    expect(fake.sent(CREATE)).toEqual([]);
    const asked = new URLSearchParams(
      fake.sent(CHECKLIST).at(-1)?.path.split('?')[1],
    );
    expect(Object.fromEntries(asked)).toEqual({
      tier: 'internal',
      version: '1.0',
      purpose: 'summaries',
      profile: 'checkout',
    });
  });

  it('asks for the demands again when the tier changes', async () => {
    const fake = backend().on(CHECKLIST, ({ path }) =>
      checklist(
        path.includes('tier=regulated')
          ? {
              tier: 'regulated',
              items: [
                {
                  id: 'sign-off:security',
                  group: 'people',
                  title: '2 sign-offs as security, by different people',
                  required: true,
                  state: 'owed',
                  secondFactor: true,
                },
              ],
            }
          : {},
      ),
    );
    await render(fake, filled);
    await screen.findByText('A sign-off as team lead');
    await userEvent.click(screen.getByRole('radio', { name: 'Regulated' }));
    expect(
      await screen.findByText(
        '2 sign-offs as security, by different people, with a passkey',
      ),
    ).toBeVisible();
  });

  it('sends once however often it is clicked, with the pinned version and the own profile', async () => {
    let answer: (value: object) => void = () => {};
    const fake = backend().on(
      CREATE,
      () => new Promise<object>(resolve => (answer = resolve)),
    );
    await render(fake, filled);
    const button = await submitButton();
    await screen.findByText(/Pinned to/);
    justify();
    fireEvent.click(button);
    fireEvent.click(button);
    fireEvent.submit(button.closest('form')!);
    await waitFor(() => expect(fake.sent(CREATE)).toHaveLength(1));
    answer(approval({ state: 'checking' }));
    expect(await screen.findByText('The page of the approval')).toBeVisible();
    expect(fake.sent(CREATE)).toHaveLength(1);
    expect(fake.sent(CREATE)[0].body).toEqual({
      entityRef: 'model:meta/llama',
      modelVersion: '1.0',
      tier: 'internal',
      purpose: 'summaries',
      profile: 'checkout',
      justification: 'We summarise support tickets.',
      submit: true,
    });
  });

  it('waits for the versions when it is sent before they are there', async () => {
    const answers: ((value: object) => void)[] = [];
    const fake = backend().on(
      'POST /approvals/preview',
      () => new Promise<object>(resolve => answers.push(resolve)),
    );
    await render(fake, filled);
    const button = await submitButton();
    justify();
    fireEvent.click(button);
    expect(button).toHaveTextContent('Submitting…');
    expect(screen.queryByText('Not sent yet')).not.toBeInTheDocument();
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0](preview);
    await waitFor(() => expect(answers).toHaveLength(2));
    expect(fake.sent(CREATE)).toEqual([]);
    answers[1](preview);
    expect(await screen.findByText('The page of the approval')).toBeVisible();
    expect(fake.sent(CREATE)).toHaveLength(1);
    expect(fake.sent(CREATE)[0].body).toMatchObject({ modelVersion: '1.0' });
  });

  it('keeps its idempotency key over a retry, and takes a new one for other words', async () => {
    const fake = backend().on(CREATE, () =>
      failure(503, 'ServiceUnavailableError', 'Not now.'),
    );
    await render(fake, filled);
    const button = await submitButton();
    await screen.findByText(/Pinned to/);
    justify();
    for (const attempt of [1, 2]) {
      fireEvent.click(button);
      await waitFor(() => expect(fake.sent(CREATE)).toHaveLength(attempt));
      expect(await screen.findByText('Not now.')).toBeVisible();
      await submitButton();
    }
    fireEvent.change(screen.getByLabelText(/Justification/), {
      target: { value: 'We summarise other tickets.' },
    });
    fireEvent.click(button);
    await waitFor(() => expect(fake.sent(CREATE)).toHaveLength(3));
    const keys = fake.sent(CREATE).map(one => one.idempotencyKey);
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    await submitButton();
  });

  it('sums up what is missing and sends nothing', async () => {
    const fake = backend();
    await render(fake, 'entityRef=model:meta/llama');
    fireEvent.click(await submitButton());
    const summary = await screen.findByRole('alert');
    expect(
      within(summary).getByText('Choose where it will run.'),
    ).toBeVisible();
    expect(
      within(summary).getByText('Choose what you want to use it for.'),
    ).toBeVisible();
    expect(
      within(summary).getByText(/Say in at least 10 characters/),
    ).toBeVisible();
    expect(fake.sent(CREATE)).toEqual([]);
  });

  it('says beforehand what would be refused, and what is there already', async () => {
    const fake = backend().on('POST /approvals/preview', {
      ...preview,
      problems: [{ code: 'model-retired', message: 'The model is retired.' }],
      existing: [approval({ id: 'old', state: 'approved' })],
    });
    await render(fake, filled);
    expect(await screen.findByText('The model is retired.')).toBeVisible();
    expect(
      screen.getByRole('link', { name: /A live approval for version 1.0/ }),
    ).toHaveAttribute('href', '/governance/approvals/old');
    justify();
    fireEvent.click(await submitButton());
    expect(await screen.findByText('Not sent yet')).toBeVisible();
    expect(fake.sent(CREATE)).toEqual([]);
  });

  it('says so when no model is named', async () => {
    await render(backend(), '');
    expect(await screen.findByText('Which model?')).toBeVisible();
  });
});
