import type {
  CostEnvelopeEvidence,
  GateResult,
  HardwareFitEvidence,
  OperationalReadinessEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../../__testUtils__/FakeBackend';
import { CHECKLIST, approval, checklist } from '../../__testUtils__/fixtures';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { ApprovalPage } from '../ApprovalPage';

async function show(evidence: object, more: Partial<GateResult> = {}) {
  const gate: GateResult = {
    gateId: 'g',
    title: 'The check',
    required: false,
    status: 'pass',
    summary: 'As it is.',
    findings: [],
    attempts: 1,
    evidence: evidence as GateResult['evidence'],
    ...more,
  };
  const backend = new FakeBackend()
    .on('GET /approvals/a1', approval({ state: 'checking', gates: [gate] }))
    .on(CHECKLIST, checklist())
    .on('GET /approvals/a1/timeline', { items: [] });
  await renderGovernance(<ApprovalPage />, {
    backend,
    path: '/approvals/:id',
    at: '/approvals/a1',
  });
  return within(await screen.findByRole('article', { name: 'The check' }));
}

const hardware = (
  changes: Partial<HardwareFitEvidence> = {},
): HardwareFitEvidence => ({
  kind: 'hardware-fit',
  verdict: 'fits',
  gpus: '2x H100 80GB',
  gpusFrom: 'card',
  gpuCount: 2,
  memoryGiBPerGpu: 79.6,
  usableGiBPerGpu: 71.64,
  neededGiBPerGpu: 26.2,
  totalGiB: 52.4,
  format: 'gguf-q4-k-m',
  formatTitle: 'GGUF Q4_K_M',
  bitsPerWeight: 4.89,
  formatFrom: 'the address of the artifact',
  parameters: 70.6e9,
  parts: [
    { id: 'weights', gib: 39.6 },
    { id: 'kv-cache', gib: 10 },
    { id: 'activations', gib: 0.8 },
    { id: 'runtime', gib: 2 },
  ],
  contextTokens: 8192,
  sequences: 4,
  mostSequences: 22,
  gpusNeeded: 1,
  missing: [],
  assumptions: [],
  ...changes,
});

describe('the memory of a model', () => {
  it('is a picture with its parts in a table and in words', async () => {
    const row = await show(hardware());
    expect(
      row.getByRole('img', {
        name: 'About 52.4 GiB of the 143.3 GiB that can be used of 2x H100 80GB: Weights 39.6 GiB, KV cache 10 GiB, Activations 0.8 GiB, Runtime 2 GiB.',
      }),
    ).toBeVisible();
    const parts = row.getByRole('table', { name: 'Parts of the memory' });
    expect(
      within(parts)
        .getAllByRole('row')
        .slice(1)
        .map(one => one.textContent),
    ).toEqual([
      expect.stringMatching(/^Weights39.6 GiBThe parameters/),
      expect.stringMatching(/^KV cache10 GiB/),
      expect.stringMatching(/^Activations0.8 GiB/),
      expect.stringMatching(/^Runtime2 GiB/),
    ]);
    expect(
      row.getByText('70.6 billion parameters, as GGUF Q4_K_M', {
        exact: false,
      }),
    ).toBeVisible();
    expect(row.getByText('22 such requests at once')).toBeVisible();
    expect(row.getByText(/nothing was measured/)).toBeVisible();
  });

  it('says what would fit, what the peak takes and what was assumed', async () => {
    const row = await show(
      hardware({
        verdict: 'does-not-fit',
        gpusNeeded: 4,
        peakConcurrent: 60,
        replicasForPeak: 3,
        declaredGiB: 48,
        activeParameters: 5e9,
        assumptions: ['The embeddings are taken as usual.'],
      }),
    );
    expect(row.getByText('4x H100 80GB')).toBeVisible();
    expect(
      row.getByText('60 requests at once, which take 3 replicas'),
    ).toBeVisible();
    expect(row.getByText('48 GiB')).toBeVisible();
    expect(row.getByText(/5 billion of them for each token/)).toBeVisible();
    expect(
      within(row.getByRole('list', { name: 'Taken as usual' })).getByRole(
        'listitem',
      ),
    ).toHaveTextContent('The embeddings');
  });

  it('shows what is known where GPUs or the cache are not', async () => {
    const row = await show(
      hardware({
        verdict: 'unknown',
        gpus: undefined,
        usableGiBPerGpu: undefined,
        gpuCount: undefined,
        parts: [
          { id: 'weights', gib: 15 },
          { id: 'kv-cache', gib: 0, isUnknown: true },
        ],
      }),
    );
    expect(
      row.getByRole('img', {
        name: /^About 52.4 GiB of memory: Weights 15 GiB/,
      }),
    ).toBeVisible();
    expect(row.getByText('not known')).toBeVisible();
    expect(row.queryByText('Runs on')).toBeNull();
  });

  it('draws nothing where nothing is known', async () => {
    const row = await show(
      hardware({
        verdict: 'unknown',
        parts: [],
        totalGiB: undefined,
        parameters: undefined,
      }),
      {
        status: 'warn',
        findings: [
          {
            id: 'missing-spec.parameters',
            severity: 'medium',
            field: 'spec.parameters',
            message: 'The card does not say the number of parameters.',
            howToFix: 'Add it in full.',
          },
        ],
      },
    );
    expect(row.queryByRole('img')).toBeNull();
    expect(row.getByText('Add it in full.')).toBeVisible();
  });
});

const cost = (
  changes: Partial<CostEnvelopeEvidence> = {},
): CostEnvelopeEvidence => ({
  kind: 'cost-envelope',
  verdict: 'within',
  profile: 'checkout',
  expectedUse: {
    inputTokensPerMonth: 20_000_000,
    outputTokensPerMonth: 4_000_000,
    peakConcurrent: 8,
  },
  cost: {
    basis: 'tokens',
    currency: 'USD',
    amount: 80,
    parts: [
      {
        label: 'Input tokens',
        quantity: 20,
        unit: 'million tokens',
        price: 2,
        amount: 40,
        source: 'the list price on the card',
      },
      {
        label: 'Output tokens',
        quantity: 4,
        unit: 'million tokens',
        price: 10,
        amount: 40,
        source: 'the list price on the card',
      },
    ],
    unknown: [],
  },
  budgetState: 'set',
  budget: {
    amount: 200,
    currency: 'USD',
    month: '2026-11',
    spent: 20,
    forecast: 50,
    committed: 50,
  },
  percentOfBudget: 65,
  warnAtPercent: 80,
  ...changes,
});

describe('the cost of a model', () => {
  it('is a picture against the budget, with its parts in a table', async () => {
    const row = await show(cost());
    expect(
      row.getByRole('img', {
        name: 'What checkout spends this month if it goes on so: USD 50.00, this model USD 80.00; together 65 % of the budget of USD 200.',
      }),
    ).toBeVisible();
    expect(row.getByText('Budget USD 200')).toBeVisible();
    const table = row.getByRole('table', { name: 'Parts of the cost' });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(one => one.textContent),
    ).toEqual([
      'Input tokens20 million tokensUSD 2USD 40.00the list price on the card',
      'Output tokens4 million tokensUSD 10USD 40.00the list price on the card',
    ]);
    expect(
      row.getByText(
        '20,000,000 input and 4,000,000 output tokens a month, at most 8 requests at once',
      ),
    ).toBeVisible();
    expect(row.getByText('65 %, with what is spent already')).toBeVisible();
  });

  it.each([
    ['none' as const, 'none is set'],
    ['not-installed' as const, 'this portal keeps none'],
  ])('draws nothing without a budget: %s', async (budgetState, words) => {
    const row = await show(
      cost({ budgetState, budget: undefined, percentOfBudget: undefined }),
    );
    expect(row.queryByRole('img')).toBeNull();
    expect(row.getByText(words)).toBeVisible();
    expect(row.getByText('USD 80.00 a month')).toBeVisible();
  });

  it('compares no two currencies', async () => {
    const row = await show(
      cost({
        budgetState: 'other-currency',
        budget: { ...cost().budget!, currency: 'EUR' },
        percentOfBudget: undefined,
        atMost: 500,
      }),
    );
    expect(row.queryByRole('img')).toBeNull();
    expect(row.getByText(/EUR 200 for 2026-11, in another/)).toBeVisible();
    expect(row.getByText('USD 500')).toBeVisible();
  });

  it('says that nothing can be told', async () => {
    const row = await show(
      cost({
        expectedUse: undefined,
        cost: { basis: 'tokens', currency: 'USD', parts: [], unknown: [] },
        percentOfBudget: undefined,
      }),
    );
    expect(row.getByText('cannot be told')).toBeVisible();
    expect(row.getByText('not said')).toBeVisible();
    expect(row.queryByRole('table')).toBeNull();
  });

  it('counts GPU hours and replicas', async () => {
    const row = await show(
      cost({
        cost: {
          basis: 'gpu-hours',
          currency: 'USD',
          amount: 5110,
          replicas: 2,
          gpus: '1x H100 80GB',
          parts: [
            {
              label: 'H100 80GB, 2 × 1',
              quantity: 1460,
              unit: 'GPU hours',
              price: 3.5,
              amount: 5110,
              source: 'the policy',
            },
          ],
          unknown: [],
        },
      }),
    );
    expect(row.getByText('1x H100 80GB, 2 replicas')).toBeVisible();
    expect(row.getByText('1,460 GPU hours')).toBeVisible();
    expect(row.getByText('USD 5,110')).toBeVisible();
  });
});

const readiness: OperationalReadinessEvidence = {
  kind: 'operational-readiness',
  items: [
    {
      id: 'runbook',
      status: 'there',
      required: true,
      detail: 'https://runbooks.example.com/x',
      url: 'https://runbooks.example.com/x',
      from: 'spec.operations.runbook',
    },
    {
      id: 'on-call',
      status: 'there',
      required: true,
      detail: 'sre',
      entityRef: 'group:default/sre',
    },
    {
      id: 'slo',
      status: 'weak',
      required: true,
      detail: '98 % of calls answered. 99 % of calls answered are asked for.',
      howToFix: 'Set it to 99 or more.',
    },
    {
      id: 'rollback',
      status: 'missing',
      required: false,
      detail: 'Nobody wrote down how.',
      howToFix: 'Add spec.operations.rollback.',
    },
    {
      id: 'fallback',
      status: 'there',
      required: false,
      detail: 'model:meta/llama',
      entityRef: 'model:meta/llama',
    },
  ],
};

describe('what there is to run a model by', () => {
  it('is listed with its state, its links and what to do', async () => {
    const row = await show(readiness, {
      findings: [{ id: 'weak-slo', severity: 'high', message: 'Not enough.' }],
    });
    const table = row.getByRole('table', {
      name: 'What is there to run it by',
    });
    const [, runbook, onCall, slo, rollback, fallback] =
      within(table).getAllByRole('row');
    expect(
      within(runbook).getByRole('link', { name: /runbooks.example.com/ }),
    ).toHaveAttribute('href', 'https://runbooks.example.com/x');
    expect(runbook).toHaveTextContent('From spec.operations.runbook');
    expect(within(onCall).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/group/sre',
    );
    expect(onCall).not.toHaveTextContent('sre,');
    expect(slo).toHaveTextContent('Not enough, required');
    expect(slo).toHaveTextContent('Set it to 99 or more.');
    expect(rollback).toHaveTextContent('Missing');
    expect(rollback).not.toHaveTextContent('required');
    expect(within(fallback).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/meta/model/llama',
    );
    // The table says it all; the findings would say it twice.
    expect(row.queryByRole('list', { name: 'Findings' })).toBeNull();
  });
});
