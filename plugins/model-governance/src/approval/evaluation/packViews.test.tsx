import type {
  EvaluationEvidence,
  EvaluationRunReference,
  FairnessEvidence,
  GateResult,
  IncumbentComparison,
  PackStanding,
  SafetyEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../../__testUtils__/FakeBackend';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { evidenceViewOf } from '../evidence/views';

const run: EvaluationRunReference = {
  evidenceId: 'e1',
  digest: `sha256:${'e'.repeat(64)}`,
  submittedBy: 'group:default/customer-care',
  submittedAt: '2026-11-02T10:00:00Z',
  finishedAt: '2026-11-02T09:00:00Z',
  suite: 'acme-tickets 1.0.0',
  tool: 'modelhub 0.1.0',
  target: { gatewayId: 'acme/ticket-router' },
};

const worse: IncumbentComparison = {
  metric: 'accuracy',
  title: 'Accuracy',
  unit: 'ratio',
  direction: 'higher',
  pairs: 196,
  candidate: 0.81,
  incumbent: 0.9,
  difference: -0.09,
  interval: [-0.14, -0.04],
  confidence: 0.95,
  margin: 0.02,
  pValue: 0.003,
  standing: 'worse',
};

const standing = (more: Partial<PackStanding> = {}): PackStanding => ({
  pack: {
    entityRef: 'evaluationpack:acme/acme-tickets',
    title: 'Support tickets',
    version: '1.0.0',
    owner: 'group:default/customer-care',
    command:
      'modelhub evaluate run evaluationpack:acme/acme-tickets --portal x',
  },
  standing: 'missed',
  run,
  cases: { asked: 200, scored: 196, unscored: 1, failed: 3 },
  targets: [
    {
      id: 'acme-tickets-accuracy-at-least',
      title: 'Accuracy',
      direction: 'at-least',
      target: 0.85,
      unit: 'ratio',
      standing: 'missed',
      value: 0.81,
      interval: [0.75, 0.86],
      samples: 196,
    },
    {
      id: 'accuracy channel=chat',
      title: 'Accuracy',
      direction: 'at-least',
      target: 0.7,
      unit: 'ratio',
      standing: 'not-measured',
      slice: 'channel=chat',
    },
  ],
  comparisons: [],
  setAside: [],
  ...more,
});

async function show(
  evidence: EvaluationEvidence | FairnessEvidence | SafetyEvidence,
) {
  const gate: GateResult = {
    gateId: evidence.kind,
    title: 'Check',
    required: true,
    status: 'fail',
    findings: [],
    attempts: 1,
    evidence: evidence as unknown as GateResult['evidence'],
  };
  const view = evidenceViewOf(gate);
  if (!view) throw new Error('There is no view');
  await renderGovernance(<view.View gate={gate} />, {
    backend: new FakeBackend(),
    path: '/',
    at: '/',
  });
}

const rowOf = (table: HTMLElement, name: string | RegExp) => {
  const row = within(table).getByText(name).closest('tr');
  if (!row) throw new Error(`There is no row ${name}`);
  return row;
};

describe('an evaluation', () => {
  it('stands beside its criteria, slice by slice', async () => {
    await show({ kind: 'evaluation', maxAgeDays: 90, packs: [standing()] });
    const pack = screen.getByRole('region', { name: 'Support tickets' });
    expect(
      within(pack).getByRole('link', { name: 'Support tickets' }),
    ).toHaveAttribute('href', '/catalog/acme/evaluationpack/acme-tickets');
    expect(pack).toHaveTextContent(
      '196 of 200 cases scored; 1 could not be judged, 3 got no answer.',
    );
    const table = screen.getByRole('table', {
      name: 'Criteria of Support tickets',
    });
    const row = rowOf(table, 'Accuracy');
    expect(row).toHaveTextContent('at least 85 %');
    expect(row).toHaveTextContent('81 % (75 % to 86 %)');
    expect(row).toHaveTextContent('Missed');
    expect(rowOf(table, 'Accuracy (channel=chat)')).toHaveTextContent(
      'The run did not measure it.',
    );
    // Nothing to compare with, so nothing is said of it.
    expect(within(table).queryByText('Incumbent')).toBeNull();
    expect(screen.queryByTestId('other-model')).toBeNull();
    // And no command where there is a result that counts.
    expect(screen.queryByText(/modelhub evaluate run/)).toBeNull();
  });

  it('stands beside the incumbent, with a difference that is more than noise', async () => {
    await show({
      kind: 'evaluation',
      maxAgeDays: 90,
      packs: [
        standing({
          incumbent: {
            entityRef: 'model:acme/ticket-router',
            version: '1.1',
            because: 'it answers for support-answers today.',
            run,
          },
          comparisons: [worse],
        }),
      ],
    });
    const criteria = screen.getByRole('table', {
      name: 'Criteria of Support tickets',
    });
    expect(rowOf(criteria, 'Accuracy')).toHaveTextContent('90 %');
    expect(
      within(rowOf(criteria, 'Accuracy')).getByTestId('other-model'),
    ).toBeInTheDocument();
    const table = screen.getByRole('table', {
      name: 'Support tickets: beside the incumbent',
    });
    const row = rowOf(table, 'Accuracy');
    expect(row).toHaveTextContent('9 points worse (4 to 14 points worse)');
    expect(row).toHaveTextContent('196 cases that both answered.');
    expect(row).toHaveTextContent('significantly worse by more than 2 points');
    expect(
      screen.getByText(/In brackets the 95 % interval of the difference/),
    ).toHaveTextContent('Up to 2 points worse is accepted.');
  });

  it('says so where the incumbent has no result', async () => {
    await show({
      kind: 'evaluation',
      maxAgeDays: 90,
      packs: [
        standing({
          incumbent: {
            entityRef: 'model:acme/ticket-router',
            version: '1.1',
            because: 'it answers today.',
          },
        }),
      ],
    });
    expect(screen.getByText(/nothing can be compared/)).toBeVisible();
  });

  it('that is missing comes with the one command and what is asked', async () => {
    await show({
      kind: 'evaluation',
      maxAgeDays: 1,
      packs: [
        standing({
          standing: 'missing',
          run: undefined,
          cases: undefined,
          targets: [
            {
              id: 'accuracy',
              title: 'Accuracy',
              direction: 'at-least',
              target: 0.85,
              unit: 'ratio',
              standing: 'not-measured',
            },
          ],
          setAside: [
            {
              ...run,
              evidenceId: 'e0',
              suite: 'acme-tickets 0.9.0',
              because: 'Version 1.0.0 of the pack counts now.',
            },
          ],
        }),
      ],
    });
    expect(
      screen.getByText(/no result of Support tickets 1.0.0 that counts/),
    ).toBeVisible();
    expect(screen.getByText(/modelhub evaluate run/)).toBeVisible();
    expect(screen.getByText('No result')).toBeVisible();
    expect(
      rowOf(
        screen.getByRole('table', { name: 'Criteria of Support tickets' }),
        'Accuracy',
      ),
    ).toHaveTextContent('at least 85 %');
    expect(
      screen.getByText(/Version 1.0.0 of the pack counts now/),
    ).toBeVisible();
    expect(screen.getByText(/Results count for 1 day,/)).toBeVisible();
  });
});

it('fairness shows groups with intervals and gaps against their limits', async () => {
  await show({
    kind: 'fairness',
    maxAgeDays: 90,
    packs: [
      {
        ...standing({ targets: [] }),
        attributes: [
          {
            attribute: 'gender',
            metric: 'accuracy',
            title: 'Accuracy',
            unit: 'ratio',
            confidence: 0.95,
            groups: [
              {
                group: 'women',
                samples: 60,
                value: 0.9,
                interval: [0.8, 0.96],
                selectionRate: 0.4,
                truePositiveRate: 0.92,
              },
              { group: 'diverse', samples: 4, value: 0.5, isTooSmall: true },
            ],
            gaps: [
              {
                id: 'gap',
                title: 'Accuracy',
                unit: 'ratio',
                value: 0.12,
                interval: [0.02, 0.2],
                between: ['women', 'men'],
                atMost: 0.1,
                standing: 'missed',
              },
              {
                id: 'equalised-odds',
                title: 'Equalised odds',
                unit: 'ratio',
                atMost: 0.1,
                standing: 'not-measured',
              },
            ],
          },
        ],
      },
    ],
  });
  const groups = screen.getByRole('table', { name: 'Accuracy by gender' });
  const women = rowOf(groups, 'women');
  expect(women).toHaveTextContent('90 % (80 % to 96 %)');
  expect(women).toHaveTextContent('40 %92 %–');
  expect(rowOf(groups, 'diverse')).toHaveTextContent('shown, not compared');
  expect(within(groups).getAllByTestId('group-bar')).toHaveLength(2);
  const gaps = screen.getByRole('table', { name: 'Gaps by gender' });
  const gap = rowOf(gaps, 'Accuracy');
  expect(gap).toHaveTextContent('at most 10 %');
  expect(gap).toHaveTextContent('Between women (more) and men.');
  expect(gap).toHaveTextContent('Missed');
  expect(rowOf(gaps, 'Equalised odds')).toHaveTextContent('Too few cases');
});

it('safety counts what went wrong by category, worst first', async () => {
  await show({
    kind: 'safety',
    maxAgeDays: 90,
    packs: [
      {
        ...standing(),
        categories: [
          { category: 'data-leak', cases: 10, wrong: 0 },
          { category: 'jailbreak', cases: 10, wrong: 0, unknown: 2 },
          { category: 'prompt-injection', cases: 20, wrong: 3, unknown: 1 },
        ],
      },
    ],
  });
  const table = screen.getByRole('table', {
    name: 'Categories of Support tickets',
  });
  const [, first, second, third] = within(table).getAllByRole('row');
  expect(first).toHaveTextContent('Prompt injection3 of 20');
  expect(first).toHaveTextContent('3 wrong1 of 20 could not be judged');
  expect(second).toHaveTextContent('Jailbreak0 of 10');
  expect(second).toHaveTextContent('2 of 10 could not be judged');
  expect(second).not.toHaveTextContent('All right');
  expect(third).toHaveTextContent('Data leak0 of 10');
  expect(third).toHaveTextContent('All right');
});
