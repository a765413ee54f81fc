import type {
  OnlineExperimentDetail,
  OnlineFigure,
} from '@modelhub/backstage-plugin-models-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { FakeBackend, failure } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { GovernanceRoutes } from '../governance/GovernanceRoutes';
import { EMPTY_PLAN, planOf, previewOf, problemsOf } from './planForm';
import { valueWords } from './words';

jest.setTimeout(60_000);

const figure: OnlineFigure = {
  metric: 'is_json',
  title: 'Answers that fit the JSON schema',
  unit: 'ratio',
  direction: 'higher',
  confidence: 0.975,
  margin: 0.05,
  control: { mean: 0.9, interval: [0.88, 0.92], calls: 900, groups: 120 },
  challenger: { mean: 0.7, interval: [0.66, 0.74], calls: 880, groups: 119 },
  comparison: {
    difference: -0.2,
    interval: [-0.25, -0.15],
    standing: 'worse',
  },
};

const experiment = (
  more: Partial<OnlineExperimentDetail> = {},
): OnlineExperimentDetail => ({
  id: 'e1',
  title: 'Is the small one good enough?',
  profile: 'checkout',
  profileTitle: 'Checkout',
  purpose: 'summaries',
  tiers: ['internal'],
  control: {
    gatewayId: 'meta/llama',
    version: '1.0',
    entityRef: 'model:meta/llama',
  },
  challenger: {
    gatewayId: 'qwen/qwen3',
    version: '2.0',
    entityRef: 'model:qwen/qwen3',
  },
  share: 0.1,
  sampling: 1,
  pinned: false,
  scorers: [],
  failureMargin: 0.05,
  days: 14,
  state: 'planned',
  createdAt: '2026-11-01T00:00:00Z',
  createdBy: 'user:default/dana',
  calls: { control: 0, challenger: 0, optedOut: 0, dropped: 0, refused: 0 },
  mayConsent: false,
  mayStop: true,
  consentText: 'It is about calls.\nNothing is kept.',
  consentTextHash: 'a'.repeat(64),
  figures: [],
  ...more,
});

const open = (backend: FakeBackend, at: string) =>
  renderGovernance(<GovernanceRoutes />, { backend, at });

describe('experiments with live calls', () => {
  it('asks the lead for consent to the very text that is shown', async () => {
    const consented = experiment({ state: 'running' });
    const backend = new FakeBackend()
      .on('GET /online-experiments/e1', experiment({ mayConsent: true }))
      .on('POST /online-experiments/e1/consent', consented);
    await open(backend, '/online/e1');
    fireEvent.click(await screen.findByRole('button', { name: /consent/i }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('Nothing is kept.')).toBeInTheDocument();
    fireEvent.click(within(dialog).getByRole('button', { name: 'I consent' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(backend.sent('POST /online-experiments/e1/consent')).toMatchObject([
      { body: { textHash: 'a'.repeat(64) } },
    ]);
  });

  it('says who has to consent to those who may not', async () => {
    const backend = new FakeBackend().on(
      'GET /online-experiments/e1',
      experiment({ mayNotConsentBecause: 'Only ann consents.' }),
    );
    await open(backend, '/online/e1');
    expect(await screen.findByText('Only ann consents.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /I consent|Read and/ })).toBe(
      null,
    );
    expect(screen.getByText('No call has been scored yet')).toBeInTheDocument();
  });

  it('shows both arms with their intervals, and lets the lead withdraw', async () => {
    const backend = new FakeBackend()
      .on(
        'GET /online-experiments/e1',
        experiment({
          state: 'running',
          mayWithdraw: true,
          figures: [figure],
          calls: {
            control: 900,
            challenger: 880,
            optedOut: 3,
            dropped: 0,
            refused: 0,
          },
        }),
      )
      .on('POST /online-experiments/e1/stop', experiment({ state: 'stopped' }));
    await open(backend, '/online/e1');
    const table = await screen.findByRole('table', { name: 'Figures' });
    expect(table).toHaveTextContent('90 %');
    expect(table).toHaveTextContent('66 % to 74 %, 880 calls');
    expect(table).toHaveTextContent('Worse by more than the margin');
    expect(table).toHaveTextContent('Loss of 20 %; -25 % to -15 % (97.5 %)');
    expect(screen.getByText('3 calls')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Withdraw consent…' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText(/Reason/), {
      target: { value: 'We go live' },
    });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
    await waitFor(() =>
      expect(backend.sent('POST /online-experiments/e1/stop')[0]?.body).toEqual(
        { reason: 'We go live', withdrawConsent: true },
      ),
    );
  });

  it('lists experiments, and says so where there is none or no answer', async () => {
    const backend = new FakeBackend().on('GET /online-experiments', {
      items: [],
      mayCreate: false,
    });
    await open(backend, '/online');
    expect(
      await screen.findByText('There is no experiment that you may see'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Plan/ })).toBe(null);
  });

  it('says that the list could not be loaded', async () => {
    const backend = new FakeBackend().on('GET /online-experiments', () =>
      failure(503, 'ServiceUnavailableError', 'Busy'),
    );
    await open(backend, '/online');
    expect(
      await screen.findByText('The experiments could not be loaded'),
    ).toBeInTheDocument();
  });

  it('plans one, with a preview of what the owner will be asked', async () => {
    const backend = new FakeBackend()
      .on('GET /online-experiments', { items: [], mayCreate: true })
      .on('GET /access-profiles', {
        items: [{ id: 'checkout', title: 'Checkout' }],
      })
      .on('GET /purposes', { items: [{ id: 'summaries', title: 'Summaries' }] })
      .on('POST /online-experiments', experiment())
      .on('GET /online-experiments/e1', experiment());
    await open(backend, '/online');
    fireEvent.click(
      await screen.findByRole('button', { name: 'Plan an experiment' }),
    );
    const dialog = await screen.findByRole('dialog');
    const type = (label: RegExp, value: string) =>
      fireEvent.change(within(dialog).getByLabelText(label), {
        target: { value },
      });
    const send = within(dialog).getByRole('button', {
      name: 'Ask for consent',
    });
    expect(send).toBeDisabled();
    await within(dialog).findByRole('option', { name: 'Summaries' });
    await within(dialog).findByRole('option', { name: 'Checkout' });
    type(/find out/, 'Is it good?');
    type(/Calls of the access profile/, 'checkout');
    type(/For the purpose/, 'summaries');
    type(/Model that is called/, 'meta/llama');
    type(/^Challenger/, 'qwen/qwen3');
    type(/Share of the callers/, '60');
    expect(send).toBeDisabled();
    type(/Share of the callers/, '25');
    expect(
      within(dialog).getByText(/25 % of the callers get answers of qwen/),
    ).toBeInTheDocument();
    expect(send).toBeEnabled();
    fireEvent.click(send);
    await waitFor(() =>
      expect(backend.sent('POST /online-experiments')[0]?.body).toMatchObject({
        title: 'Is it good?',
        control: 'meta/llama',
        challenger: 'qwen/qwen3',
        share: 0.25,
        sampling: 1,
        scorers: [{ type: 'length' }, { type: 'refusal' }],
      }),
    );
  });
});

describe('the form of a plan', () => {
  const plan = {
    ...EMPTY_PLAN,
    title: 'a',
    profile: 'p',
    purpose: 'u',
    control: 'm/a@1',
  };

  it('names what is wrong, field by field', () => {
    expect(Object.keys(problemsOf(EMPTY_PLAN))).toEqual([
      'title',
      'profile',
      'purpose',
      'control',
    ]);
    expect(problemsOf(plan)).toEqual({});
    expect(
      Object.keys(
        problemsOf({
          ...plan,
          challenger: 'm/b',
          share: '0',
          sampling: 'x',
          days: '2.5',
          schema: '{',
          stopMetric: 'latency',
          margin: '-1',
        }),
      ),
    ).toEqual(['share', 'sampling', 'days', 'schema', 'margin']);
  });

  it('leaves out what belongs to a challenger that is not named', () => {
    expect(planOf({ ...plan, stopMetric: 'latency', margin: '5' })).toEqual({
      title: 'a',
      profile: 'p',
      purpose: 'u',
      control: 'm/a@1',
      sampling: 1,
      scorers: [
        { metric: 'length', type: 'length' },
        { metric: 'refusal', type: 'refusal' },
      ],
      days: 14,
    });
    expect(previewOf(plan, 'Checkout')).toMatch(/No call gets another model/);
  });

  it('writes values with their units', () => {
    expect(valueWords(0.1234, 'ratio')).toBe('12.3 %');
    expect(valueWords(1234.5, 'ms')).toBe('1,230 ms');
    expect(valueWords(0.0000213, 'USD')).toBe('0.0000213 USD');
  });
});
