import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Standing } from '@modelhub/backstage-plugin-models-common';
import { FakeBackends } from '../__testUtils__/FakeBackends';
import {
  approval,
  grant,
  modelEntity,
  standing,
} from '../__testUtils__/models';
import { renderCards } from '../__testUtils__/renderCards';
import {
  BenchmarksCard,
  CardTextCard,
  CompletenessCard,
  LicenceCard,
  LifecycleCard,
  PurposeCard,
  RunningCard,
  StandingCard,
  VersionsCard,
} from '.';

async function renderStanding(
  given: Partial<Standing>,
  options: { entity?: ReturnType<typeof modelEntity> } = {},
) {
  const backends = new FakeBackends();
  backends.standing = standing(given);
  await renderCards(<StandingCard />, {
    backends,
    entity: options.entity ?? modelEntity(),
  });
  await screen.findByLabelText('Your next step');
  return backends;
}

const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map(cell => cell.textContent);

describe('StandingCard', () => {
  it('shows tiers, purposes and profiles, with what a higher tier covers', async () => {
    await renderStanding({
      grants: [
        grant({ tier: 'customer-facing', modelVersion: '2.0' }),
        grant({ approvalId: 'other', tier: 'sandbox', profile: 'lab' }),
      ],
      heldApprovals: [
        approval({ state: 'suspended', tier: 'regulated', waitingFor: [] }),
      ],
    });

    expect(
      screen.getByText('May be used today, up to customer-facing'),
    ).toBeInTheDocument();
    const table = screen.getByRole('table');
    const [, apps, lab] = within(table).getAllByRole('row');
    expect(apps).toHaveTextContent('Summaries');
    expect(cells(apps)).toEqual([
      'AllowedBy the approval for customer-facing',
      'AllowedBy the approval for customer-facing',
      'AllowedVersion 2.0, until 1 Apr 2027',
      'Suspended',
    ]);
    expect(lab).toHaveTextContent('Profile lab');
    expect(cells(lab).slice(1)).toEqual([
      'NoRequest',
      'NoRequest',
      'NoRequest',
    ]);
  });

  it('leads from what is not allowed to a form with that scope', async () => {
    await renderStanding({ grants: [grant()] });

    const link = screen.getByRole('link', {
      name: 'Request regulated for summaries, profile apps',
    });
    const { searchParams } = new URL(
      link.getAttribute('href') ?? '',
      'http://localhost',
    );
    expect(Object.fromEntries(searchParams)).toEqual({
      entityRef: 'model:acme/writer',
      tier: 'regulated',
      purpose: 'summaries',
      profile: 'apps',
    });
  });

  it('leads to the request form when that is the next step', async () => {
    await renderStanding({});

    expect(
      screen.getByText('Not approved for any use yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Request access' }),
    ).toHaveAttribute(
      'href',
      '/governance/request?entityRef=model%3Aacme%2Fwriter',
    );
  });

  it('leads signers to the request that waits for them', async () => {
    await renderStanding({
      openRequests: [approval()],
      nextStep: {
        kind: 'sign',
        message: 'Security has to sign.',
        approvalId: 'approval-2',
      },
    });

    expect(
      screen.getByRole('button', { name: 'Review and decide' }),
    ).toHaveAttribute('href', '/governance/approvals/approval-2');
    expect(screen.queryByText('Request access')).toBeNull();
    expect(screen.getByText(/waits for security/)).toBeInTheDocument();
  });

  it('gives the id to call when it may be used, and a way to ask for more', async () => {
    await renderStanding({
      grants: [grant()],
      nextStep: { kind: 'use', message: 'Call it through the gateway.' },
    });

    const step = screen.getByLabelText('Your next step');
    expect(step).toHaveTextContent('acme/writer');
    expect(
      within(step).getByRole('button', { name: 'Request another use' }),
    ).toBeInTheDocument();
  });

  it('offers no new request for a deprecated model', async () => {
    await renderStanding(
      {
        grants: [grant()],
        nextStep: { kind: 'use', message: 'Call it through the gateway.' },
      },
      { entity: modelEntity({ lifecycle: 'deprecated' }) },
    );

    expect(screen.queryByText('Request another use')).toBeNull();
    expect(screen.queryByRole('link', { name: /^Request/ })).toBeNull();
  });

  it('says why the model is on hold, whether anything was approved or not', async () => {
    const message = 'The model is on hold: Leaks prompts.';
    await renderStanding({
      problems: [
        { code: 'on-hold', message },
        { code: 'no-owner', message: 'Nobody owns this model.' },
      ],
      nextStep: { kind: 'none', message: 'Wait until the hold is cleared.' },
    });

    expect(screen.getByText(message)).toBeInTheDocument();
    expect(screen.getByText('Nobody owns this model.')).toBeInTheDocument();
    expect(screen.queryByText('Not approved for any use yet')).toBeNull();
  });

  it('says that use is suspended, and what stands in the way', async () => {
    await renderStanding({
      heldApprovals: [approval({ state: 'suspended', waitingFor: [] })],
      problems: [{ code: 'no-owner', message: 'Nobody owns this model.' }],
      nextStep: { kind: 'none', message: 'Wait until the hold is cleared.' },
    });

    expect(
      screen.getByText('Suspended: calls are refused'),
    ).toBeInTheDocument();
    expect(screen.getByText('Nobody owns this model.')).toBeInTheDocument();
  });

  it.each([
    ['the governance backend', true],
    ['the governance frontend', false],
  ])('is silent where %s is not installed', async (_, withGovernance) => {
    const backends = new FakeBackends();
    await renderCards(
      <>
        <StandingCard />
        <PurposeCard />
      </>,
      { backends, entity: modelEntity(), withGovernance },
    );

    expect(await screen.findByText('What it is for')).toBeInTheDocument();
    expect(await screen.findByText(/does not say yet/)).toBeInTheDocument();
    expect(screen.queryByText('Where it may be used today')).toBeNull();
    expect(backends.requests).toHaveLength(withGovernance ? 1 : 0);
  });
});

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
    const bar = screen.getByRole('progressbar');
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
