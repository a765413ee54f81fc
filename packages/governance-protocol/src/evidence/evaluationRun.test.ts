import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { evaluationRunProblem, type EvaluationRun } from './evaluationRun';
import { evaluationRunSchema } from './evaluationRunSchema';

const run: EvaluationRun = {
  suite: { name: 'latency', version: '1' },
  startedAt: '2026-11-01T10:00:00Z',
  finishedAt: '2026-11-01T10:05:00.250Z',
  target: { gatewayId: 'meta/llama', engine: 'vllm', quantization: 'fp8' },
  settings: { seed: 1, confidence: 0.95, prompts: { tokens: 512 } },
  metrics: [
    {
      name: 'ttft',
      value: 210.5,
      unit: 'ms',
      statistic: 'p95',
      slice: 'concurrency=8',
      samples: 200,
      interval: [198, 230],
    },
    { name: 'ttft', value: 300, unit: 'ms', statistic: 'p99' },
    { name: 'score change', value: -0.01, unit: '1' },
  ],
  tool: { name: 'modelhub', version: '0.1.0' },
};

/** The run with another value at a place; without one, what is there is gone. */
function changed(place: string, value?: unknown): unknown {
  const copy = structuredClone(run);
  const names = place.split('.');
  const last = names.pop()!;
  const parent = names.reduce<Record<string, unknown>>(
    (it, name) => it[name] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>,
  );
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return copy;
}

const ajv = addFormats(new Ajv({ allErrors: false, strict: true }));
const fitsSchema = ajv.compile(evaluationRunSchema);

it('takes a run, also one that ended early', () => {
  const partial = { ...run, partial: true };
  expect(evaluationRunProblem(run)).toBeUndefined();
  expect(evaluationRunProblem(partial)).toBeUndefined();
  expect(fitsSchema(run)).toBe(true);
  expect(fitsSchema(partial)).toBe(true);
});

const broken: Array<[string, unknown, string]> = [
  ['no object', [], 'evaluation run must be an object'],
  [
    'an unknown field',
    changed('extra', 1),
    "evaluation run has an unknown field 'extra'",
  ],
  ['no suite', changed('suite'), 'evaluation run: suite must be an object'],
  ['a suite without name', changed('suite.name'), 'suite.name must be a text'],
  [
    'a day instead of a time',
    changed('startedAt', '2026-11-01'),
    'startedAt must be an ISO 8601 date and time',
  ],
  [
    'a target of another kind',
    changed('target.gpus', 2),
    "target has an unknown field 'gpus'",
  ],
  ['no settings', changed('settings'), 'settings must be an object'],
  [
    'no metrics',
    changed('metrics', []),
    'metrics must hold 1 to 10000 metrics',
  ],
  [
    'a value that is no number',
    changed('metrics.1.value', '300'),
    'metrics[1].value must be a number',
  ],
  [
    'a metric without unit',
    changed('metrics.0.unit'),
    'metrics[0].unit must be a text',
  ],
  [
    'an unknown statistic',
    changed('metrics.0.statistic', 'p42'),
    'metrics[0].statistic must be one of p50',
  ],
  [
    'no sample',
    changed('metrics.0.samples', 0),
    'metrics[0].samples must be an integer of at least 1',
  ],
  [
    'half an interval',
    changed('metrics.0.interval', [1]),
    'metrics[0].interval must be a list of two numbers',
  ],
  [
    'a tool without version',
    changed('tool.version'),
    'tool.version must be a text',
  ],
];

it.each(broken)('refuses %s, by schema too', (_, value, problem) => {
  expect(evaluationRunProblem(value)).toContain(problem);
  expect(fitsSchema(value)).toBe(false);
});

it.each([
  [
    'an end before the beginning',
    changed('finishedAt', '2026-10-31T10:00:00Z'),
    'finishedAt is before startedAt',
  ],
  [
    'an interval the wrong way round',
    changed('metrics.0.interval', [230, 198]),
    'the lower one first',
  ],
  [
    'a metric twice',
    changed('metrics.3', { ...run.metrics[0], value: 1 }),
    "metrics[3] comes twice: 'ttft' p95 of concurrency=8",
  ],
])('refuses %s', (_, value, problem) => {
  expect(evaluationRunProblem(value)).toContain(problem);
});
