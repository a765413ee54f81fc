import type {
  EvaluationRunReference,
  GateResult,
  KpiEvidence,
  PerformanceSlaEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { screen, within } from '@testing-library/react';
import { FakeBackend } from '../../__testUtils__/FakeBackend';
import { renderGovernance } from '../../__testUtils__/renderGovernance';
import { evidenceViewOf } from '../evidence/views';
import { loadText } from './words';

const run: EvaluationRunReference = {
  evidenceId: 'e1',
  digest: `sha256:${'e'.repeat(64)}`,
  submittedBy: 'group:default/search-discovery',
  submittedAt: '2026-11-02T10:00:00Z',
  finishedAt: '2026-11-02T09:00:00Z',
  suite: 'modelhub-performance 1',
  tool: 'modelhub 0.1.0',
  target: {
    endpoint: 'https://gpu-7.example/v1',
    engine: 'vllm 0.11',
    gpu: '1x L40S',
    quantization: 'fp8',
  },
};

async function show(evidence: PerformanceSlaEvidence | KpiEvidence) {
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

const rowOf = (table: HTMLElement, name: string) => {
  const row = within(table).getByText(name).closest('tr');
  if (!row) throw new Error(`There is no row ${name}`);
  return row;
};

describe('performance targets', () => {
  const evidence: PerformanceSlaEvidence = {
    kind: 'performance-sla',
    load: 'concurrency=8',
    run,
    targets: [
      {
        id: 'ttft-p95',
        title: 'Time to first token, p95',
        direction: 'at-most',
        target: 400,
        unit: 'ms',
        standing: 'uncertain',
        value: 380.4,
        interval: [350, 430],
        samples: 200,
        slice: 'concurrency=16',
      },
      {
        id: 'error-rate',
        title: 'Requests that fail',
        direction: 'at-most',
        target: 0.01,
        unit: 'ratio',
        standing: 'missed',
        value: 0.031,
        samples: 200,
        slice: 'concurrency=8',
      },
      {
        id: 'output-speed',
        title: 'Speed of one answer, median',
        direction: 'at-least',
        target: 25,
        unit: 'tokens/s',
        standing: 'not-measured',
        note: 'The run did not measure it under concurrency=8.',
      },
    ],
    setAside: [
      { ...run, evidenceId: 'e0', because: 'It is 120 days old, and 90 are …' },
    ],
    maxAgeDays: 90,
    minSamples: 30,
    withConfidence: true,
  };

  it('stand beside what was measured, with intervals', async () => {
    await show(evidence);
    const table = screen.getByRole('table', { name: 'Performance targets' });
    const first = rowOf(table, 'Time to first token, p95');
    expect(first).toHaveTextContent('at most 400 ms');
    expect(first).toHaveTextContent('380 ms (350 ms to 430 ms)');
    expect(first).toHaveTextContent('200 samples, under 16 callers at once');
    expect(first).toHaveTextContent('Met, not for sure');
    const errors = rowOf(table, 'Requests that fail');
    expect(errors).toHaveTextContent('at most 1 %');
    expect(errors).toHaveTextContent('3.1 %');
    expect(errors).toHaveTextContent('Missed');
    expect(errors).not.toHaveTextContent('under');
    const speed = rowOf(table, 'Speed of one answer, median');
    expect(speed).toHaveTextContent('at least 25 tokens/s');
    expect(speed).toHaveTextContent('did not measure it under concurrency=8');
    expect(speed).toHaveTextContent('Not measured');
    // Nothing to draw where nothing was measured.
    expect(screen.getAllByTestId('target-bar')).toHaveLength(2);
    expect(
      screen.getByText(/under 8 callers at once, from at least 30 samples/),
    ).toHaveTextContent('the whole interval has to meet the target');
  });

  it('tell which run it was, and which do not count', async () => {
    await show(evidence);
    expect(
      screen.getByText('modelhub-performance 1, run by modelhub 0.1.0'),
    ).toBeVisible();
    expect(screen.getByText('vllm 0.11, fp8, 1x L40S')).toBeVisible();
    expect(screen.getByText('https://gpu-7.example/v1')).toBeVisible();
    expect(
      within(
        screen.getByRole('list', { name: 'Runs that do not count' }),
      ).getByText(/It is 120 days old/),
    ).toBeVisible();
  });

  it('are shown before anything was submitted', async () => {
    await show({
      ...evidence,
      run: undefined,
      setAside: [],
      withConfidence: false,
      targets: [
        {
          id: 'ttft-p95',
          title: 'Time to first token, p95',
          direction: 'at-most',
          target: 400,
          unit: 'ms',
          standing: 'not-measured',
        },
      ],
    });
    expect(screen.getByText('Nothing was submitted.')).toBeVisible();
    expect(screen.queryByText('The run')).toBeNull();
    expect(screen.queryByRole('list')).toBeNull();
  });

  it.each([
    ['concurrency=1', 'one caller'],
    ['concurrency=8', '8 callers at once'],
    ['rate=2.5/s', '2.5 new requests a second'],
    ['language=de', 'language=de'],
  ])('name the load %s as %s', (load, words) =>
    expect(loadText(load)).toBe(words),
  );
});

describe('metrics of the organisation', () => {
  it('stand in a table with what they are', async () => {
    await show({
      kind: 'kpi',
      pack: {
        id: 'support',
        title: 'Customer support',
        version: 'abcdef0123456789',
        owner: 'group:default/customer-care',
      },
      metrics: [
        {
          id: 'fcr',
          title: 'First-contact resolution',
          about: 'Share of tickets.',
          direction: 'at-least',
          target: 0.7,
          unit: 'ratio',
          standing: 'met',
          value: 0.72,
          interval: [0.7, 0.75],
          samples: 240,
          minimumSamples: 200,
          tier: 'customer-facing',
          run,
        },
        {
          id: 'time',
          title: 'Handling time',
          direction: 'at-most',
          unit: 's',
          standing: 'not-measured',
          minimumSamples: 100,
          advice: true,
          note: "No run measured 'handling_time'.",
        },
      ],
      setAside: [],
      maxAgeDays: 60,
    });
    expect(screen.getByText('Customer support')).toBeVisible();
    expect(screen.getByText('60 days')).toBeVisible();
    const table = screen.getByRole('table', {
      name: 'Metrics of Customer support',
    });
    const first = rowOf(table, 'First-contact resolution');
    expect(first).toHaveTextContent('Share of tickets.');
    expect(first).toHaveTextContent('at least 70 %');
    expect(first).toHaveTextContent('72 % (70 % to 75 %)');
    expect(first).toHaveTextContent('240 of 200 samples');
    expect(first).toHaveTextContent('Met');
    const second = rowOf(table, 'Handling time (only shown)');
    expect(second).toHaveTextContent('nothing; only shown');
    expect(second).toHaveTextContent("No run measured 'handling_time'.");
  });
});
