import type {
  DriftHistory,
  ModelDrift,
} from '@modelhub/backstage-plugin-models-common';
import { failure } from '@modelhub/backstage-plugin-models-react/testUtils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { backends } from '../__testUtils__/fixtures';
import { renderUsage } from '../__testUtils__/renderUsage';
import { distributionBars } from './words';

const reference = {
  id: 'r-1',
  from: '2026-08-03',
  to: '2026-08-30',
  setAt: '2026-08-31T04:00:00.000Z',
  setBy: 'system',
  reason: 'The first days on which the version was called.',
};

const episode = {
  id: 'e-1',
  begun: '2026-09-20',
  features: ['Length of prompts'],
  taken: [
    {
      action: 're-evaluate' as const,
      tiers: ['internal'],
      words: '1 approval was asked for new evaluations.',
    },
  ],
};

const drift = (given: Partial<ModelDrift> = {}): ModelDrift => ({
  model: 'meta/llama',
  entityRef: 'model:meta/llama',
  versions: [
    {
      version: '1.0',
      state: 'changed',
      checked: '2026-09-20',
      reference,
      episode,
    },
    {
      version: '2.0',
      state: 'collecting',
      collected: { days: 10, calls: 560, ofDays: 28, ofCalls: 1000 },
    },
  ],
  shown: '1.0',
  features: [
    {
      id: 'language',
      title: 'Languages of prompts',
      ordered: false,
      state: 'steady',
      words: 'As in the reference.',
      referenceCalls: 5_000,
      calls: 1_200,
      psi: 0.01,
      distribution: [
        { value: 'en', label: 'en', reference: 0.9, now: 0.88 },
        { value: 'de', label: 'de', reference: 0.1, now: 0.12 },
      ],
    },
    {
      id: 'input-length',
      title: 'Length of prompts',
      ordered: true,
      state: 'changed',
      words: 'It differs from the reference.',
      change: 'median about 181 → 2,048 tokens',
      referenceCalls: 5_100,
      calls: 1_250,
      psi: 3.02,
      ks: 0.91,
      byChance: 0.04,
      p: 0.0001,
      distribution: [
        { value: '16', label: '181 tokens or more', reference: 1, now: 0 },
        { value: '23', label: '2048 tokens or more', reference: 0, now: 1 },
      ],
    },
    {
      id: 'feedback',
      title: 'Feedback',
      ordered: true,
      state: 'too-few',
      words: 'Too few calls or days to tell.',
      referenceCalls: 3,
      calls: 0,
    },
  ],
  mayChange: true,
  falseAlarmsPerYear: 1,
  ...given,
});

const history: DriftHistory = {
  checks: [
    {
      day: '2026-09-19',
      state: 'steady',
      features: [
        {
          id: 'input-length',
          title: 'Length of prompts',
          state: 'steady',
          psi: 0.02,
        },
      ],
    },
    {
      day: '2026-09-20',
      state: 'changed',
      features: [
        {
          id: 'input-length',
          title: 'Length of prompts',
          state: 'changed',
          psi: 3.02,
        },
      ],
    },
  ],
  episodes: [episode],
  references: [reference],
};

const full = (given: Partial<ModelDrift> = {}) =>
  backends()
    .on('GET model-usage/drift', {
      items: [
        {
          model: 'meta/llama',
          entityRef: 'model:meta/llama',
          title: 'Llama',
          version: '1.0',
          begun: '2026-09-20',
          features: ['Length of prompts'],
        },
      ],
    })
    .on('GET model-usage/drift/model', drift(given))
    .on('GET model-usage/drift/model/history', history)
    .on('GET model-governance/drift-policy', {
      items: [
        {
          tier: 'internal',
          action: 're-evaluate',
          words: 'Evaluations from before do not count.',
        },
      ],
    });

const ofLlama = '/drift?model=meta%2Fllama';

describe('drift', () => {
  it('is listed with where to look, and says so when there is none', async () => {
    await renderUsage('/drift', { backends: full() });
    const link = await screen.findByRole('link', {
      name: 'Drift of Llama 1.0',
    });
    expect(link).toHaveAttribute(
      'href',
      '/model-usage/drift?model=meta%2Fllama&version=1.0',
    );
  });

  it('says that nothing drifts', async () => {
    await renderUsage('/drift', {
      backends: full().on('GET model-usage/drift', { items: [] }),
    });
    expect(await screen.findByText('Nothing drifts')).toBeVisible();
  });

  it('of a model is told feature by feature, with numbers and words', async () => {
    await renderUsage(ofLlama, { backends: full() });
    const table = await screen.findByRole('table', {
      name: 'The last seven days against the reference',
    });
    const [, language, length, feedback] = within(table).getAllByRole('row');
    expect(language).toHaveTextContent(/Steady0\.01–/);
    expect(length).toHaveTextContent(
      /median about 181 → 2,048 tokensDrifted3\.020\.040\.911,2505,100/,
    );
    expect(feedback).toHaveTextContent(/Too few calls–––03/);
    expect(screen.getByText(/It drifts since 2026-09-20/)).toBeVisible();
    // What drifted is shown first.
    const bars = await screen.findByRole('table', {
      name: 'Length of prompts: reference and now',
    });
    expect(bars).toHaveTextContent('181 tokens or more, reference');
    const policy = await screen.findByRole('table', {
      name: 'What policy does about drift',
    });
    expect(policy).toHaveTextContent('Ask for new evaluations');
    const times = await screen.findByRole('table', { name: 'Times of drift' });
    expect(times).toHaveTextContent(
      '1 approval was asked for new evaluations.',
    );
  });

  it('ends when an owner says why the calls are usual', async () => {
    const fake = full().on('POST model-usage/drift/references', reference);
    await renderUsage(ofLlama, { backends: fake });
    fireEvent.click(await screen.findByText('Set a new reference…'));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByRole('textbox'), {
      target: { value: 'A new product asks longer questions.' },
    });
    fireEvent.click(within(dialog).getByText('Set the reference'));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(fake.sent('POST model-usage/drift/references')).toMatchObject([
      {
        body: {
          model: 'meta/llama',
          version: '1.0',
          reason: 'A new product asks longer questions.',
        },
      },
    ]);
  });

  it('is not for others to end, and collects first', async () => {
    await renderUsage(`${ofLlama}&version=2.0`, {
      backends: full({ mayChange: false, shown: '2.0', features: undefined }),
    });
    expect(
      await screen.findByText(
        /10 of 28 days and 560 of 1,000 calls of the reference are there/,
      ),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Set a new reference…' }),
    ).not.toBeInTheDocument();
  });

  it('says what went wrong', async () => {
    await renderUsage(ofLlama, {
      backends: full().on(
        'GET model-usage/drift/model',
        failure(500, 'Error', 'No database'),
      ),
    });
    expect(
      await screen.findByText('The drift could not be loaded'),
    ).toBeVisible();
  });
});

describe('bars of a distribution', () => {
  it('are few: neighbours of an order together, rare categories left out', () => {
    const [feature] = drift().features ?? [];
    const many = Array.from({ length: 24 }, (_, n) => ({
      value: `${n}`,
      label: `${n} or more`,
      reference: 1 / 24,
      now: n === 0 ? 1 : 0,
    }));
    const ordered = distributionBars({
      ...feature,
      ordered: true,
      distribution: many,
    });
    expect(ordered).toHaveLength(12);
    expect(ordered[0]).toMatchObject({ label: '0 or more, reference' });
    expect(ordered[0].value).toBeCloseTo(4 / 24);
    const rare = { value: 'fi', label: 'fi', reference: 0.001, now: 0 };
    const some = distributionBars({
      ...feature,
      distribution: [...(feature.distribution ?? []), rare],
    });
    expect(some).toHaveLength(4);
  });
});
