import type { EvaluationMetric } from '@modelhub/governance-protocol';
import { judgeCriteria, metricOf } from './criteria';

const metrics: EvaluationMetric[] = [
  {
    name: 'f1',
    value: 0.8,
    unit: 'ratio',
    statistic: 'mean',
    interval: [0.7, 0.9],
  },
  {
    name: 'f1',
    value: 0.6,
    unit: 'ratio',
    statistic: 'mean',
    slice: 'language=de',
  },
  { name: 'label.f1', value: 0.75, unit: 'ratio' },
  {
    name: 'request_latency',
    value: 90,
    unit: 'ms',
    statistic: 'p50',
    slice: 'concurrency=8',
  },
  {
    name: 'request_latency',
    value: 200,
    unit: 'ms',
    statistic: 'p95',
    slice: 'concurrency=8',
  },
  {
    name: 'request_latency',
    value: 100,
    unit: 'ms',
    statistic: 'mean',
    slice: 'concurrency=8',
  },
  {
    name: 'error_rate',
    value: 0.1,
    unit: 'ratio',
    statistic: 'rate',
    slice: 'concurrency=8',
  },
];

it.each([
  [{ metric: 'f1' }, 0.8],
  [{ metric: 'f1', statistic: 'mean' as const }, 0.8],
  [{ metric: 'f1', slice: 'language=de' }, 0.6],
  [{ metric: 'f1', slice: 'language=fr' }, undefined],
  [{ metric: 'f1', statistic: 'p95' as const }, undefined],
  [{ metric: 'label.f1', statistic: 'mean' as const }, 0.75],
  // Speed was measured under the load of the run.
  [{ metric: 'request_latency' }, 100],
  [{ metric: 'request_latency', statistic: 'p95' as const }, 200],
  [{ metric: 'request_latency', slice: 'concurrency=1' }, undefined],
  [{ metric: 'error_rate' }, 0.1],
  [{ metric: 'gone' }, undefined],
])('%j is about %s', (criterion, value) => {
  expect(metricOf(criterion, metrics)?.value).toBe(value);
});

it.each([
  [{ metric: 'f1', atLeast: 0.8 }, true, false],
  [{ metric: 'f1', atLeast: 0.65 }, true, true],
  [{ metric: 'f1', atLeast: 0.85 }, false, false],
  [{ metric: 'f1', atLeast: 0.95 }, false, true],
  [{ metric: 'f1', atMost: 0.9 }, true, true],
  [{ metric: 'label.f1', atMost: 0.7 }, false, true],
  // What was not measured is never met.
  [{ metric: 'gone', atMost: 1 }, false, false],
])('%j is met: %s, surely: %s', (criterion, isMet, isSure) => {
  expect(judgeCriteria([criterion], metrics)).toMatchObject([
    { criterion, isMet, isSure },
  ]);
});
