import type {
  AdvisoriesEvidence,
  DataBoundaryEvidence,
  DataProvenanceEvidence,
  GateResult,
  LicenceEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../../__testUtils__/FakeBackend';
import { approval } from '../../__testUtils__/fixtures';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { ApprovalPage } from '../ApprovalPage';

async function show(
  title: string,
  evidence: object,
  changes: Partial<GateResult> = {},
) {
  const gate: GateResult = {
    gateId: 'g',
    title,
    required: true,
    status: 'pass',
    summary: 'Fine.',
    findings: [],
    attempts: 1,
    evidence: evidence as GateResult['evidence'],
    ...changes,
  };
  const backend = new FakeBackend()
    .on('GET /approvals/a1', approval({ state: 'checking', gates: [gate] }))
    .on('GET /approvals/a1/timeline', { items: [] });
  await renderGovernance(<ApprovalPage />, {
    backend,
    path: '/approvals/:id',
    at: '/approvals/a1',
  });
  return within(await screen.findByRole('article', { name: title }));
}

type Article = Awaited<ReturnType<typeof show>>;

const rowsOf = (article: Article, name: string) =>
  within(article.getByRole('table', { name })).getAllByRole('row').slice(1);
const itemsOf = (article: Article, name: string) =>
  within(article.getByRole('list', { name }))
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe('licence duties', () => {
  const evidence: LicenceEvidence = {
    kind: 'licence',
    licence: 'llama3.3',
    readAs: ['llama3.3'],
    names: [{ name: 'Llama 3.3', url: 'https://www.llama.com/licence' }],
    commercialUse: 'conditional',
    summary: 'Under conditions.',
    purpose: 'Drafts',
    uses: ['product'],
    duties: [
      { when: 'product', text: 'Show "Built with Llama".', applies: 'here' },
      { when: 'derive', text: 'Name it Llama.', applies: 'not-here' },
      {
        when: 'use',
        text: 'Keep to the list.',
        applies: 'here',
        from: 'model:meta/base',
      },
    ],
    limits: [
      {
        use: 'hosting',
        text: 'Ask first.',
        licence: 'Llama 3.3',
        applies: 'here',
        effect: 'stops',
      },
      {
        text: 'Not in the EU.',
        licence: 'Llama 3.3',
        applies: 'if',
        effect: 'noted',
      },
      {
        use: 'medical-advice',
        text: 'No doctor.',
        licence: 'RAIL',
        applies: 'not-here',
        effect: 'noted',
        from: 'model:meta/base',
      },
    ],
    acceptableUses: ['https://www.llama.com/use-policy/'],
    lineage: [{ ref: 'model:meta/base', licence: 'openrail' }],
  };

  it('tells what is owed from what would be, and where the licence ends', async () => {
    const article = await show('Licence', evidence, {
      findings: [
        { id: 'd', severity: 'info', message: 'Show "Built with Llama".' },
        { id: 'l', severity: 'high', message: 'Ask first, says the check.' },
      ],
    });
    expect(itemsOf(article, 'Owed for this purpose')).toEqual([
      'Show "Built with Llama".',
      expect.stringContaining('Keep to the list. – asked by '),
    ]);
    expect(itemsOf(article, 'Owed as soon as it is done')).toEqual([
      'Name it Llama. (if another model is made from it or its output)',
    ]);
    const [stops, unsaid, fine] = rowsOf(article, 'Where the licence ends');
    expect(stops).toHaveTextContent('Others call the model through us');
    expect(within(stops).getByText('Stops')).toBeVisible();
    expect(unsaid).toHaveTextContent(/^Any use/);
    expect(within(unsaid).getByText('Nobody says')).toBeVisible();
    expect(within(fine).getByText('Not done here')).toBeVisible();
    expect(itemsOf(article, 'Findings')).toHaveLength(1);
    expect(article.getByRole('link', { name: /Llama 3.3/ })).toHaveAttribute(
      'href',
      'https://www.llama.com/licence',
    );
    expect(itemsOf(article, 'Made from')[0]).toContain('openrail');
  });

  it('says that nobody says what is done, and that nothing is owed', async () => {
    const article = await show('Licence', {
      ...evidence,
      uses: undefined,
      duties: [],
      limits: [],
      lineage: [],
    });
    expect(article.getByText(/of which nobody says/)).toBeVisible();
    expect(article.getByText(/Nothing that is not owed/)).toBeVisible();
    expect(article.queryByRole('table')).toBeNull();
  });
});

it('shows a data boundary as a table: asked, said, by whom, and whether it fits', async () => {
  const evidence: DataBoundaryEvidence = {
    kind: 'data-boundary',
    checkedAt: '2026-11-20T12:00:00Z',
    purpose: 'Drafts',
    runBy: 'provider',
    provider: 'openai',
    rows: [
      {
        question: 'region',
        classes: ['public', 'personal'],
        asked: 'only in eu',
        said: 'us',
        source: {
          by: 'provider',
          url: 'https://openai.com/data',
          asOf: '2026-11-01',
        },
        fits: 'no',
      },
      {
        question: 'training',
        classes: ['personal'],
        asked: 'no model may learn from it',
        fits: 'unknown',
      },
    ],
  };
  const article = await show('Data boundary', evidence);
  expect(article.getByText(/prompts leave the organisation/)).toBeVisible();
  const table = article.getByRole('table', { name: 'Data boundary' });
  expect(
    within(table)
      .getAllByRole('columnheader')
      .map(it => it.textContent),
  ).toEqual(['Data', 'Question', 'Asked', 'Said', 'By whom', 'Fits']);
  const [region, training] = rowsOf(article, 'Data boundary');
  expect(region).toHaveTextContent('Public, Personal data');
  expect(region).toHaveTextContent('read on 01/11/2026');
  expect(within(region).getByText('Does not fit')).toBeVisible();
  expect(within(region).getByRole('link')).toHaveAttribute(
    'href',
    'https://openai.com/data',
  );
  expect(training).toHaveTextContent('Nobody');
  expect(within(training).getByText('Not known')).toBeVisible();
});

it('lists the datasets of a lineage with what speaks against them', async () => {
  const evidence: DataProvenanceEvidence = {
    kind: 'data-provenance',
    checkedAt: '2026-11-20T12:00:00Z',
    models: [
      { ref: 'model:acme/m', title: 'M', known: true, datasets: 0 },
      { ref: 'model:acme/base', title: 'Base', known: true, datasets: 2 },
      {
        ref: 'model:acme/root',
        title: 'model:acme/root',
        known: false,
        datasets: 0,
      },
    ],
    rows: [
      {
        dataset: 'resource:default/own',
        title: 'Tickets',
        model: 'model:acme/base',
        known: true,
        licence: 'own',
        commercialUse: 'yes',
        personalData: 'pseudonymised',
        legalBasis: 'Contract',
        fits: 'yes',
        problems: [],
      },
      {
        dataset: 'resource:default/web',
        title: 'resource:default/web',
        model: 'model:acme/base',
        known: false,
        fits: 'unknown',
        problems: ['It is not in the catalog.'],
      },
    ],
  };
  const article = await show('Data provenance', evidence);
  expect(itemsOf(article, 'Lineage')).toEqual([
    'M: names no data',
    'made from Base: 2 datasets',
    expect.stringContaining('not in the catalog'),
  ]);
  const [own, web] = rowsOf(article, 'Datasets');
  for (const words of [
    'Tickets',
    'Base',
    'Our own data',
    'Masked or replaced',
    'Contract',
    'Fits',
  ]) {
    expect(own).toHaveTextContent(words);
  }
  expect(web).toHaveTextContent('Not said');
  expect(within(web).getByRole('listitem')).toHaveTextContent(
    'It is not in the catalog.',
  );
});

describe('advisories', () => {
  const evidence: AdvisoriesEvidence = {
    kind: 'advisories',
    checkedAt: '2026-11-20T12:00:00Z',
    failOn: 'high',
    items: [
      {
        role: 'model',
        title: 'M',
        ref: 'model:acme/m',
        version: '1.0',
        names: ['pkg:generic/acme/m'],
      },
      { role: 'runtime', title: 'vllm', names: [] },
    ],
    sources: [
      { id: 'own', title: 'Own', asOf: '2026-11-20T12:00:00Z', advisories: 1 },
    ],
    matches: [
      {
        id: 'ACME-1',
        aliases: ['CVE-1'],
        summary: 'Swapped weights',
        severity: 'critical',
        score: 9.8,
        item: 0,
        certainty: 'affected',
        fixedIn: ['1.1'],
        link: 'https://example.com/1',
        effect: 'stops',
      },
      {
        id: 'ACME-2',
        aliases: [],
        summary: 'Stops the server',
        item: 1,
        certainty: 'possible',
        because: 'nobody says which version runs',
        fixedIn: [],
        effect: 'warns',
      },
    ],
    moreMatches: 2,
  };

  it('shows what is known, on what, since when mended, and what it does', async () => {
    const article = await show('Known advisories', evidence);
    const [worst, other] = rowsOf(article, 'Known advisories');
    for (const words of [
      'critical, stops',
      'CVSS 9.8',
      '(CVE-1)',
      'Swapped weights',
      'M 1.0',
      '1.1',
      'Stops the request',
    ]) {
      expect(worst).toHaveTextContent(words);
    }
    expect(within(worst).getByRole('link', { name: /ACME-1/ })).toHaveAttribute(
      'href',
      'https://example.com/1',
    );
    expect(other).toHaveTextContent('Perhaps: nobody says which version runs');
    expect(other).toHaveTextContent('Not said');
    expect(article.getByText('And 2 more.')).toBeVisible();
    expect(itemsOf(article, 'Looked for')[1]).toBe(
      'vllm (runs it), version not known: no name under which advisories speak of it',
    );
    expect(itemsOf(article, 'Looked in')[0]).toContain('Own: 1 advisory, read');
  });

  it('says where was looked when nothing is known', async () => {
    const article = await show('Known advisories', {
      ...evidence,
      matches: [],
      moreMatches: 0,
    });
    expect(article.getByText('No advisory is known.')).toBeVisible();
    expect(article.queryByRole('table')).toBeNull();
  });
});
