import type { JsonObject } from '@backstage/types';
import type { PerformanceSlaEvidence } from '@modelhub/backstage-plugin-models-common';
import type { SubmittedEvidence } from '@modelhub/backstage-plugin-models-node';
import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  type EvaluationMetric,
} from '@modelhub/governance-protocol';
import { gateSubject as subject } from '../__testUtils__/gateSubject';
import {
  pack,
  resultOf,
  submittedResult,
} from '../evaluationPack/__testUtils__/results';
import {
  contextWith,
  submitted,
} from '../evaluationRun/__testUtils__/submitted';
import { performanceSlaGate } from './performanceSlaGate';

const metric = (
  name: string,
  value: number,
  changes: Partial<EvaluationMetric> = {},
): EvaluationMetric => ({
  name,
  value,
  unit: 'ms',
  statistic: 'p95',
  slice: 'concurrency=8',
  samples: 200,
  ...changes,
});
const ttft = (value: number, changes?: Partial<EvaluationMetric>) =>
  metric('ttft', value, changes);

const params = { maxTtftMsP95: 400, atConcurrency: 8 };

async function evaluate(
  evidence: SubmittedEvidence[],
  changes: JsonObject = {},
) {
  const outcome = await performanceSlaGate.evaluate(
    subject(),
    { ...params, ...changes },
    contextWith(...evidence),
  );
  return {
    ...outcome,
    ids: outcome.findings.map(({ id }) => id),
    evidence: outcome.evidence as PerformanceSlaEvidence,
  };
}

it('waits for a run, and says what to run', async () => {
  const outcome = await evaluate([], { quantizations: ['fp8'] });
  expect(outcome.verdict).toBe('needs-evidence');
  expect(outcome.summary).toContain(
    '--model meta/m --concurrency 8 --requests 100 --quantization fp8 --output run.json',
  );
  expect(outcome.evidence).toMatchObject({
    load: 'concurrency=8',
    targets: [{ id: 'ttft-p95', standing: 'not-measured', target: 400 }],
    setAside: [],
  });
});

describe('a run', () => {
  it('passes where it meets every target', async () => {
    const outcome = await evaluate(
      [
        submitted([
          ttft(320, { interval: [300, 390] }),
          metric('output_speed', 40, { unit: 'tokens/s', statistic: 'p50' }),
          metric('error_rate', 0, { unit: 'ratio', statistic: 'rate' }),
        ]),
      ],
      { minOutputTokensPerSecond: 25, maxErrorRate: 0.01 },
    );
    expect(outcome).toMatchObject({
      verdict: 'pass',
      summary: 'All 3 targets are met under concurrency=8.',
      findings: [],
      evidence: {
        run: { evidenceId: 'e1', suite: 'modelhub-performance 1' },
        targets: [
          { id: 'ttft-p95', standing: 'met', interval: [300, 390] },
          { id: 'output-speed', standing: 'met' },
          { id: 'error-rate', standing: 'met', value: 0 },
        ],
      },
    });
  });

  it('fails where it misses one, with what was asked and measured', async () => {
    const outcome = await evaluate(
      [
        submitted([
          ttft(410, { interval: [380, 450] }),
          metric('error_rate', 0.031, { unit: 'ratio', statistic: 'rate' }),
        ]),
      ],
      { maxErrorRate: 0.01 },
    );
    expect(outcome.verdict).toBe('fail');
    expect(outcome.summary).toBe(
      '2 of 2 targets are missed under concurrency=8: Time to first token, p95; Requests that fail.',
    );
    expect(outcome.findings.map(({ message }) => message)).toEqual([
      'Time to first token, p95: 410 ms (between 380 ms and 450 ms) under concurrency=8, and at most 400 ms is asked for.',
      'Requests that fail: 3.1 % under concurrency=8, and at most 1 % is asked for.',
    ]);
    expect(outcome.findings[0].howToFix).toContain('measure again');
  });

  it.each<[boolean, string]>([
    [false, 'warn'],
    [true, 'fail'],
  ])(
    'that meets a target and is not sure, with withConfidence %s: %s',
    async (withConfidence, verdict) => {
      const outcome = await evaluate(
        [submitted([ttft(390, { interval: [350, 430] })])],
        { withConfidence },
      );
      expect(outcome.verdict).toBe(verdict);
      expect(outcome.ids).toEqual(['uncertain-ttft-p95']);
    },
  );

  it.each<[string, EvaluationMetric, string]>([
    ['too few samples', ttft(1, { samples: 29 }), '29 samples, and 30'],
    ['no number of samples', ttft(1, { samples: undefined }), 'does not say'],
    ['another unit', ttft(1, { unit: 's' }), 'measured in s'],
    [
      'a lighter load',
      ttft(1, { slice: 'concurrency=4' }),
      'did not measure it under concurrency=8',
    ],
    ['a load of another kind', ttft(1, { slice: 'rate=20/s' }), 'under conc'],
    ['another statistic', ttft(1, { statistic: 'p50' }), 'under concurrency=8'],
  ])('with %s says nothing', async (_, measured, words) => {
    const outcome = await evaluate([submitted([measured])]);
    expect(outcome.verdict).toBe('needs-evidence');
    expect(outcome.ids).toEqual(['not-measured-ttft-p95']);
    expect(outcome.findings[0].message).toContain(words);
    expect(outcome.findings[0].howToFix).toContain('modelhub evaluate');
  });

  it('under a heavier load says enough of latency, under a lighter one of throughput', async () => {
    const throughput = (callers: number, value: number) =>
      metric('output_throughput', value, {
        unit: 'tokens/s',
        statistic: 'rate',
        slice: `concurrency=${callers}`,
      });
    const outcome = await evaluate(
      [
        submitted([
          ttft(900, { slice: 'concurrency=64' }),
          ttft(380, { slice: 'concurrency=16' }),
          ttft(10, { slice: 'concurrency=1' }),
          throughput(4, 300),
          throughput(16, 900),
        ]),
      ],
      { minThroughputTokensPerSecond: 250 },
    );
    expect(outcome.verdict).toBe('pass');
    expect(outcome.evidence.targets.map(({ slice }) => slice)).toEqual([
      'concurrency=16',
      'concurrency=4',
    ]);
  });

  it('is the newest one, not the best', async () => {
    const outcome = await evaluate([
      submitted([ttft(900)], { id: 'new', days: 1 }),
      submitted([ttft(100)], { id: 'old', days: 9 }),
    ]);
    expect(outcome.verdict).toBe('fail');
    expect(outcome.evidence.run?.evidenceId).toBe('new');
  });
});

it.each<[string, SubmittedEvidence, string]>([
  ['too old', submitted([ttft(1)], { days: 91 }), 'It is 91 days old'],
  [
    'of another model',
    submitted([ttft(1)], { run: { target: { gatewayId: 'meta/other' } } }),
    'It is about meta/other, and the model is meta/m.',
  ],
  [
    'of another quantisation',
    submitted([ttft(1)], {
      run: { target: { gatewayId: 'meta/m', quantization: 'int4' } },
    }),
    'the quantisation int4, and the policy asks for fp8 or bf16',
  ],
  ['of no quantisation', submitted([ttft(1)]), 'no quantisation that it names'],
  [
    'from the future',
    submitted([ttft(1)], { finishedAt: '2026-11-21T00:00:00Z' }),
    'ended after it was submitted',
  ],
  [
    'of something else',
    submitted([metric('accuracy', 1)]),
    'measured nothing of what is asked',
  ],
])('a run that is %s is set aside with the reason', async (_, run, words) => {
  const outcome = await evaluate([run], {
    quantizations: ['fp8', 'bf16'],
  });
  expect(outcome.verdict).toBe('needs-evidence');
  expect(outcome.summary).toContain(words);
  expect(outcome.evidence.setAside).toMatchObject([
    { evidenceId: 'e1', because: expect.stringContaining(words) },
  ]);
});

it('is about requests a second where the policy says so', async () => {
  const { evidence, verdict } = await evaluate(
    [submitted([ttft(300, { slice: 'rate=4/s' })])],
    { atConcurrency: undefined, atRequestsPerSecond: 2.5 },
  );
  expect(verdict).toBe('pass');
  expect(evidence.load).toBe('rate=2.5/s');
});

it('takes the times of an evaluation pack, under the load that it was run with', async () => {
  const timed = resultOf(pack(), { label: [1, 1] });
  timed.metrics.push(ttft(380));
  const outcome = await evaluate([submittedResult(timed)]);
  expect(outcome.verdict).toBe('pass');
  expect(outcome.evidence).toMatchObject({
    run: { suite: 'tickets 1.1.0' },
    targets: [{ id: 'ttft-p95', value: 380, slice: 'concurrency=8' }],
  });
  const untimed = await evaluate([
    submittedResult(resultOf(pack(), { label: [1] })),
  ]);
  expect(untimed.verdict).toBe('needs-evidence');
});

it('takes evaluation runs, with cases and without, and nothing else', () => {
  const take = performanceSlaGate.evidenceTypes?.[EVALUATION_RUN_TYPE];
  const good = submitted([ttft(1)]).predicate;
  expect(() => take?.(good)).not.toThrow();
  expect(() => take?.({ ...good, metrics: [] })).toThrow(/metrics must hold/);
  expect(Object.keys(performanceSlaGate.evidenceTypes ?? {})).toEqual([
    EVALUATION_RUN_TYPE,
    EVALUATION_RESULT_TYPE,
  ]);
});

it.each<[JsonObject, string]>([
  [{ maxTtftMsP95: 0 }, 'must be > 0'],
  [{ maxErrorRate: 2 }, 'must be <= 1'],
  [{ maxTtft: 1 }, "additional properties 'maxTtft'"],
  [{ atConcurrency: 1, atRequestsPerSecond: 1 }, 'keep one'],
])('refuses the parameters %j', (wrong, message) => {
  expect(() => performanceSlaGate.validateParams?.(wrong)).toThrow(message);
});

it('applies where the policy sets a target', () => {
  const applies = (it: JsonObject) =>
    performanceSlaGate.appliesTo(subject(), it);
  expect(applies({ atConcurrency: 8, maxAgeDays: 3 })).toBe(false);
  expect(applies({ maxErrorRate: 0 })).toBe(true);
});
