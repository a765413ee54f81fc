import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  canonicalJson,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import path from 'node:path';
import {
  importEvaluation,
  importEvaluationDocument,
  type ImportOptions,
} from '.';

const text = fs.readFileSync(
  path.join(__dirname, '__testUtils__', 'promptfoo.json'),
  'utf8',
);
const imported = (options: ImportOptions = {}, from = text) =>
  importEvaluation([{ name: 'results.json', text: from }], options);

function result(options: ImportOptions = {}, from = text) {
  const found = imported({ provider: 'qwen', ...options }, from);
  if (found.predicateType !== EVALUATION_RESULT_TYPE) {
    throw new Error(`A run without cases: ${found.notes.join(' ')}`);
  }
  return found;
}

it('keeps several providers apart as a run, and names them', () => {
  const { predicateType, predicate, notes } = imported();
  expect(predicateType).toBe(EVALUATION_RUN_TYPE);
  expect(new Set(predicate.metrics.map(({ slice }) => slice))).toEqual(
    new Set([
      'provider=openai:chat:qwen3-8b,prompt=1',
      'provider=openai:chat:llama-3.3,prompt=2',
    ]),
  );
  expect(notes.join()).toContain(
    "choose one of prompt 1 of 'openai:chat:qwen3-8b', prompt 2 of 'openai:chat:llama-3.3'",
  );
});

it('reads one of them test by test: verdicts, scores, times, tokens and cost', () => {
  const { predicate, notes } = result();
  const { cases, measures } = predicate;
  expect(predicate.model).toBe('openai:chat:qwen3-8b');
  expect(predicate.pack).toMatchObject({ type: 'quality', cases: 4 });
  expect(cases).toEqual({
    ids: ['test-1', 'test-2', 'test-3', 'test-4'],
    outcomes: ['scored', 'scored', 'scored', 'failed'],
    scores: {
      pass: [1, 0, 1, null],
      score: [1, 0.5, 1, null],
      'assert.icontains': [1, 0, 0.5, null],
      'assert.tone': [1, null, null, null],
      'score.tone': [1, 0.5, 1, null],
    },
    slices: {
      language: ['en', 'de', 'en', null],
      category: [null, 'billing', null, null],
    },
    latencyMs: [600, 700, 500, 600],
    inputTokens: [20, 20, null, null],
    outputTokens: [10, 10, null, null],
    cost: [0.0004, null, null, null],
  });
  expect(measures['assert.tone']).toMatchObject({ scorer: 'llm-rubric' });
  const metric = (name: string) =>
    predicate.metrics.find(it => it.name === name);
  expect(metric('pass_rate')?.value).toBe(0.5);
  expect(metric('error_rate')?.value).toBe(0.25);
  expect(metric('pass')).toMatchObject({ value: 2 / 3, samples: 3 });
  expect(metric('pass')?.interval?.[0]).toBeGreaterThan(0);
  // promptfoo's own number stands; it is not there twice.
  expect(
    predicate.metrics.filter(({ name }) => name === 'score.tone'),
  ).toHaveLength(1);
  expect(notes).toEqual([
    '1 verdict is left out, for the grader failed or said neither pass nor fail.',
    'Prompts, variables, answers and reasons are left out.',
    "People's comments are left out.",
  ]);
  const kept = JSON.stringify(predicate);
  expect(kept).not.toMatch(/Geld|Nobody|refund|tracking|Looks fine/);
});

it('keeps what went wrong where content is asked for', () => {
  expect(result().predicate.failures).toEqual([
    {
      caseId: 'test-2',
      metric: 'assert.icontains',
      reason: "The assertion 'icontains' failed.",
      category: 'billing',
    },
  ]);
  expect(result({ withContent: true }).predicate.failures).toEqual([
    {
      caseId: 'test-2',
      metric: 'assert.icontains',
      reason: 'Expected output to contain "refund"',
      category: 'billing',
      input: 'Answer the customer: Geld zurück?',
      output: 'Nobody knows',
    },
  ]);
});

it('marks a score whose total is not the mean of its tests', () => {
  const counted = text.replace('"tone": 3', '"tone": 4');
  expect(counted).not.toBe(text);
  const tone = (from: string) =>
    result({}, from).predicate.measures['score.tone'].aggregate;
  expect([tone(text), tone(counted)]).toEqual(['mean', 'own']);
});

it('takes halves of characters, which have no canonical form', () => {
  const halved = text
    .replaceAll('Geld zurück?', 'Geld \\ud83d')
    .replace('Nobody knows', `${'x'.repeat(3_999)}😀`);
  const { predicate } = result({ withContent: true }, halved);
  expect(canonicalJson(predicate)).toContain('Geld �');
  expect(predicate.failures?.[0].output?.length).toBe(4_000);
});

it('takes a provider by its id, and a prompt by its number', () => {
  const byId = result({ provider: 'openai:chat:llama-3.3' }).predicate;
  expect(byId.cases.ids).toEqual(['test-1']);
  expect(
    result({ provider: undefined, prompt: 2 }).predicate.cases.ids,
  ).toEqual(['test-1']);
  expect(() => result({ provider: 'nobody' })).toThrow(
    "nothing of provider 'nobody'; there are prompt 1 of",
  );
});

it('reads the table of version 2', () => {
  const document = JSON.parse(text);
  const { prompts, ...results } = document.results;
  const { predicate } = importEvaluationDocument(
    {
      ...document,
      results: { ...results, version: 2, table: { head: { prompts } } },
    },
    { prompt: 2 },
  );
  expect(predicate.metrics.map(({ name }) => name)).toContain('pass_rate');
});

it('leaves out metadata that is another for each test', () => {
  let count = 0;
  const numbered = text.replaceAll(
    '"language":',
    () => `"ticket": "T-${count++}", "language":`,
  );
  expect(count).toBeGreaterThan(3);
  const { predicate, notes } = result({}, numbered);
  expect(Object.keys(predicate.cases.slices ?? {})).toEqual([
    'language',
    'category',
  ]);
  expect(notes).toContain(
    "Metadata that groups no cases is left out: 'ticket'.",
  );
});

it('knows a red team by its configuration, and a total that does not fit', () => {
  const document = JSON.parse(text);
  const [first] = document.results.results;
  const { predicate, notes } = importEvaluationDocument(
    {
      ...document,
      config: { redteam: { purpose: 'support' } },
      results: { ...document.results, results: [first] },
    },
    { prompt: 1 },
  );
  expect(predicate).toMatchObject({ pack: { type: 'safety', cases: 4 } });
  expect(predicate.partial).toBe(true);
  expect(notes).toContain('The totals count 4 tests, and the file holds 1.');
});

it.each([
  ['"success": true', '"success": "yes"', 'results.results[0].success must be'],
  [
    '"score": 1,',
    '"score": "good",',
    'results.results[0].score must be a number',
  ],
  ['"latencyMs": 600', '"latencyMs": "fast"', 'results.results[0].latencyMs'],
  ['"testPassCount": 2', '"testPassCount": -2', 'testPassCount must not be'],
  [
    '"testPassCount": 2',
    '"testPassCount": "2"',
    'testPassCount must be a number',
  ],
])('names the field: %s as %s', (from, to, problem) => {
  const at = text.indexOf(
    from,
    text.indexOf(from.includes('Pass') ? '"prompts"' : '"id": "1"'),
  );
  const broken = text.slice(0, at) + to + text.slice(at + from.length);
  expect(() => result({}, broken)).toThrow(problem);
});
