import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { EvaluationResult } from './evaluationResult';
import { evaluationResultProblem } from './evaluationResultProblem';
import { evaluationResultSchema } from './evaluationResultSchema';

const SHA = `sha256:${'a'.repeat(64)}`;

const result: EvaluationResult = {
  suite: { name: 'tickets', version: '1.0.0' },
  startedAt: '2026-11-01T10:00:00Z',
  finishedAt: '2026-11-01T10:05:00Z',
  target: { gatewayId: 'acme/router' },
  settings: { seed: 1 },
  metrics: [
    { name: 'label', value: 0.5, unit: 'ratio', statistic: 'mean', samples: 2 },
  ],
  tool: { name: 'modelhub', version: '0.1.0' },
  pack: {
    type: 'quality',
    digest: SHA,
    entityRef: 'evaluationpack:acme/tickets',
    cases: 3,
  },
  model: 'acme/router',
  inputDigest: SHA,
  measures: {
    label: {
      scorer: 'classification',
      title: 'Right label',
      direction: 'higher',
      unit: 'ratio',
      aggregate: 'mean',
    },
  },
  cases: {
    ids: ['a', 'b', 'c'],
    outcomes: ['scored', 'scored', 'failed'],
    scores: { label: [1, 0, null] },
    slices: { language: ['de', 'en', null] },
    labels: { expected: ['x', 'y', null], predicted: ['x', 'x', null] },
    latencyMs: [10.5, 11, null],
    cost: [0, 0.001, null],
  },
  failures: [
    {
      caseId: 'b',
      metric: 'label',
      reason: 'Expected y, and it said x',
      input: 'first line\nsecond line\u0007',
      output: 'x',
    },
  ],
};

/** The result with another value at a place; without one, what is there is gone. */
function changed(place: string, value?: unknown): unknown {
  const copy = structuredClone(result);
  const names = place.split('.');
  const last = names.pop()!;
  const parent = names.reduce<Record<string, unknown>>(
    (it, name) => it[name] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const ajv = addFormats(new Ajv({ allErrors: false, strict: true }));
const fitsSchema = ajv.compile(evaluationResultSchema);

it('takes a result, and a partial one of fewer cases', () => {
  expect(evaluationResultProblem(result)).toBeUndefined();
  expect(fitsSchema(result)).toBe(true);
  const partial = {
    ...result,
    partial: true,
    pack: { ...result.pack, cases: 200 },
  };
  expect(evaluationResultProblem(partial)).toBeUndefined();
  expect(fitsSchema(partial)).toBe(true);
});

const shapes: Array<[string, unknown, string]> = [
  ['no object', 'x', 'evaluation result must be an object'],
  ['an unknown field', changed('extra', 1), "has an unknown field 'extra'"],
  ['what no run is', changed('metrics', []), 'metrics must hold 1 to 10000'],
  ['another type', changed('pack.type', 'speed'), 'pack.type must be one of'],
  ['no digest', changed('pack.digest', 'abc'), 'pack.digest must be sha256:'],
  [
    'a ref of another kind',
    changed('pack.entityRef', 'model:a/b'),
    'pack.entityRef must be',
  ],
  ['no model', changed('model'), 'model must be a text'],
  ['no input digest', changed('inputDigest'), 'inputDigest must be sha256:'],
  [
    'a measure without a direction',
    changed('measures.label.direction', 'up'),
    'measures.label.direction must be one of higher, lower',
  ],
  ['no cases', changed('cases.ids', []), 'cases.ids must hold 1 to 10000'],
  [
    'an unknown outcome',
    changed('cases.outcomes', ['scored', 'scored', 'lost']),
    'cases.outcomes[2] must be one of scored, unscored, failed',
  ],
  [
    'a score that is a text',
    changed('cases.scores.label', [1, '0', null]),
    'cases.scores.label[1] must be a number or null',
  ],
  [
    'a negative latency',
    changed('cases.latencyMs', [1, -1, null]),
    'cases.latencyMs[1] must be a number of at least 0',
  ],
  [
    'labels without the predicted ones',
    changed('cases.labels.predicted'),
    'cases.labels.predicted must be a list',
  ],
  [
    'contents that are too long',
    changed('failures.0.output', 'x'.repeat(4001)),
    'failures[0].output must be a text of 1 to 4000 characters',
  ],
  [
    'too many failures',
    changed('failures', new Array(101).fill(result.failures![0])),
    'failures must hold 100 at most',
  ],
];

it.each(shapes)('refuses %s, by schema too', (_, value, problem) => {
  expect(evaluationResultProblem(value)).toContain(problem);
  expect(fitsSchema(value)).toBe(false);
});

it.each<[string, unknown, string]>([
  [
    'a column that is shorter',
    changed('cases.slices.language', ['de', 'en']),
    'cases.slices.language has 2 entries, and there are 3 cases',
  ],
  [
    'times that are longer',
    changed('cases.cost', [1, 1, 1, 1]),
    'cases.cost has 4 entries, and there are 3 cases',
  ],
  [
    'labels of another length',
    changed('cases.labels.expected', []),
    'cases.labels.expected has 0 entries',
  ],
  [
    'a case twice',
    changed('cases.ids', ['a', 'b', 'a']),
    "cases.ids has 'a' twice",
  ],
  [
    'scores that nobody can read',
    changed('measures', {}),
    'cases.scores.label is not in measures',
  ],
  [
    'cases that were left out in silence',
    changed('pack.cases', 4),
    "has 3 of the pack's 4 cases, and partial is not true",
  ],
  [
    'more cases than the pack has',
    changed('pack.cases', 2),
    'has 3 cases, and the pack only 2',
  ],
  [
    'a failure of no case',
    changed('failures.0.caseId', 'z'),
    'failures[0].caseId is no case of the result',
  ],
  [
    'an end before the beginning',
    changed('finishedAt', '2026-10-31T10:00:00Z'),
    'evaluation result: finishedAt is before startedAt',
  ],
])('refuses %s', (_, value, problem) => {
  expect(evaluationResultProblem(value)).toContain(problem);
});
