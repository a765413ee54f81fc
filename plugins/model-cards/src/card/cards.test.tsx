import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBackends } from '../__testUtils__/FakeBackends';
import { modelEntity } from '../__testUtils__/models';
import { renderCards } from '../__testUtils__/renderCards';
import {
  BenchmarksCard,
  CardTextCard,
  CompletenessCard,
  LicenceCard,
  LifecycleCard,
  PurposeCard,
  RunningCard,
  VersionsCard,
} from '.';

describe('the cards of a model', () => {
  const render = (
    element: JSX.Element,
    spec: Parameters<typeof modelEntity>[0],
  ) =>
    renderCards(element, {
      backends: new FakeBackends(),
      entity: modelEntity(spec),
    });

  it('says what the model is for and not for', async () => {
    await render(<PurposeCard />, {
      useCases: { intended: ['Summaries'], outOfScope: ['Legal advice'] },
      limitations: ['Invents names'],
    });

    for (const [title, item] of [
      ['For', 'Summaries'],
      ['Not for', 'Legal advice'],
      ['Limitations', 'Invents names'],
    ]) {
      const section = screen.getByRole('heading', { name: title })
        .parentElement!;
      expect(within(section).getByText(item)).toBeInTheDocument();
    }
    expect(screen.queryByText('Rules for its users')).toBeNull();
  });

  it('says a known licence in plain words, with its duties and where they are written', async () => {
    await render(<LicenceCard />, {
      license: { id: 'llama3.3', conditions: ['Ask the owner first.'] },
    });

    expect(
      screen.getByText(
        'Llama 3.3 Community License: commercial use under conditions.',
      ),
    ).toBeInTheDocument();
    const product = screen.getByRole('heading', {
      name: 'When people see your product',
    }).parentElement!;
    expect(within(product).getByText(/Show "Built with Llama"/)).toBeVisible();
    expect(screen.getByText('700,000,000 monthly users')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Llama 3.3 Community License/ }),
    ).toHaveAttribute('href', 'https://www.llama.com/llama3_3/license/');
    expect(screen.getByRole('link', { name: /www.llama.com/ })).toHaveAttribute(
      'href',
      'https://www.llama.com/llama3_3/use-policy/',
    );
    expect(screen.getByText('Ask the owner first.')).toBeInTheDocument();
  });

  it('says of an unknown licence what its owner says', async () => {
    await render(<LicenceCard />, {
      license: {
        id: 'LicenseRef-house',
        name: 'House licence',
        commercialUse: 'conditional',
        conditions: ['Show the notice.'],
        attribution: 'Built at home',
        userThreshold: 1_000,
      },
    });

    expect(
      screen.getByText(/commercial use under conditions/),
    ).toBeInTheDocument();
    expect(screen.getByText('Show the notice.')).toBeVisible();
    expect(screen.getByText('1,000 monthly users')).toBeInTheDocument();
    expect(screen.getByText(/does not know this/)).toBeInTheDocument();
  });

  it('warns of a model without a licence', async () => {
    await render(<LicenceCard />, {});
    expect(screen.getByText(/names no licence/)).toBeInTheDocument();
  });

  it('says where prompts go and what it costs', async () => {
    await render(<RunningCard />, {
      pricing: { inputPerMTok: 0.6, outputPerMTok: 2, currency: 'EUR' },
      data: { regions: ['eu'], retentionDays: 0 },
      context: { maxTokens: 131_072, testedTokens: 65_536 },
      languages: ['de'],
    });

    expect(
      screen.getByText('€0.60 in, €2.00 out per million tokens'),
    ).toBeInTheDocument();
    expect(screen.getByText('not at all')).toBeInTheDocument();
    expect(
      screen.getByText('128K tokens, 64K tokens tested'),
    ).toBeInTheDocument();
    expect(screen.getByText('German')).toBeInTheDocument();
  });

  it('shows what pins each version, and what does not', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    await render(<VersionsCard />, {
      versions: [
        { name: '1.0', artifact: { uri: 'hf://acme/writer', digest } },
        { name: '2.0', providerModelId: 'writer-2', snapshot: '2026-05-01' },
        { name: '3.0', providerModelId: 'writer-latest' },
      ],
    });

    expect(
      screen.getByRole('button', { name: 'Copy the digest of version 1.0' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Snapshot of 1 May 2026')).toBeInTheDocument();
    expect(screen.getByText('Not pinned: sandbox only')).toBeInTheDocument();
  });

  it('says where a number comes from', async () => {
    await render(<BenchmarksCard />, {
      benchmarks: [
        { suite: 'a', metric: 'rougeL', value: 0.41, source: 'internal' },
        {
          suite: 'b',
          metric: 'accuracy',
          value: 68.02,
          source: 'https://example.com/paper',
        },
      ],
    });

    expect(screen.getByText('Measured here')).toBeInTheDocument();
    expect(screen.getByText('example.com').closest('a')).toHaveAttribute(
      'href',
      'https://example.com/paper',
    );
  });

  it('says what is missing on the card and where to write it', async () => {
    const entity = modelEntity({ limitations: ['Invents names'] });
    entity.metadata.annotations = {
      'backstage.io/edit-url': 'https://example.com/edit',
    };
    await renderCards(<CompletenessCard />, {
      backends: new FakeBackends(),
      entity,
    });

    expect(screen.getByText('What the model is for')).toBeInTheDocument();
    expect(screen.getByText('spec.useCases.intended')).toBeInTheDocument();
    expect(screen.queryByText('spec.limitations')).toBeNull();
    const bar = screen.getByRole('meter');
    expect(Number(bar.getAttribute('aria-valuenow'))).toBeLessThan(50);
    expect(
      screen.getByText('Add it to the model’s YAML file').closest('a'),
    ).toHaveAttribute('href', 'https://example.com/edit');
  });

  it('names the successor of a deprecated model', async () => {
    await render(<LifecycleCard />, {
      lifecycle: 'deprecated',
      supersededBy: 'new-writer',
    });

    expect(screen.getByText(/This model is deprecated/)).toBeInTheDocument();
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/acme/model/new-writer',
    );
  });

  it('shows the text of the card and folds a long one', async () => {
    const backends = new FakeBackends();
    backends.card = `# About the writer\n\n${'A sentence. '.repeat(400)}`;
    await renderCards(<CardTextCard />, {
      backends,
      entity: modelEntity({ card: './README.md' }),
    });

    expect(
      await screen.findByRole('heading', { name: 'About the writer' }),
    ).toBeInTheDocument();
    const unfold = screen.getByRole('button', { name: 'Show the whole card' });
    expect(unfold).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(unfold);
    expect(screen.getByRole('button', { name: 'Show less' })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  });

  it('says why a card could not be read', async () => {
    await renderCards(<CardTextCard />, {
      backends: new FakeBackends(),
      entity: modelEntity({ card: './README.md' }),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The model has no card',
    );
  });

  it('only links to a card on another site', async () => {
    const backends = new FakeBackends();
    await renderCards(<CardTextCard />, {
      backends,
      entity: modelEntity({ card: 'https://example.com/card.md' }),
    });

    expect(screen.getByText('https://example.com/card.md')).toBeInTheDocument();
    expect(backends.requests).toEqual([]);
  });
});
