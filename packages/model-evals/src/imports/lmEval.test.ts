import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import path from 'node:path';
import { importEvaluation, type ImportFile, type ImportOptions } from '.';

const folder = path.join(__dirname, '__testUtils__');
const MOMENT = '2026-11-01T10-00-00.000000';

const file = (name: string): ImportFile => ({
  name: `out/${name}`,
  text: fs.readFileSync(path.join(folder, name), 'utf8'),
});
const results = file(`results_${MOMENT}.json`);
const samples = (task: string) => file(`samples_${task}_${MOMENT}.jsonl`);

/** The results with another value in one place; `undefined` takes it away. */
const changed = (way: string[], put: unknown): ImportFile => ({
  ...results,
  text: JSON.stringify(placed(JSON.parse(results.text), way, put)),
});

function placed(
  it: unknown,
  [name, ...rest]: string[],
  value: unknown,
): unknown {
  if (name === undefined) return value;
  const record = it as Record<string, unknown>;
  return { ...record, [name]: placed(record[name], rest, value) };
}

function result(tasks: string[], options: ImportOptions = {}) {
  const imported = importEvaluation([...tasks.map(samples), results], options);
  if (imported.predicateType !== EVALUATION_RESULT_TYPE) {
    throw new Error(`A run without cases: ${imported.notes.join(' ')}`);
  }
  return imported;
}

const column = (it: EvaluationResult, name: string) =>
  Object.fromEntries(
    it.cases.ids.flatMap((id, at) => {
      const value = it.cases.scores[name][at];
      return value === null ? [] : [[id, value]];
    }),
  );

const value = (it: { metrics: EvaluationResult['metrics'] }, name: string) =>
  it.metrics.find(metric => metric.name === name);

it('reads results alone as a run, and says how to get cases', () => {
  const { predicateType, predicate, notes, format } = importEvaluation([
    results,
  ]);
  expect(format).toBe('lm-evaluation-harness');
  expect(predicateType).toBe(EVALUATION_RUN_TYPE);
  expect(predicate).toMatchObject({
    suite: { name: 'lm-evaluation-harness', version: '0.4.9.1' },
    startedAt: '2026-11-01T10:00:00.250Z',
    finishedAt: '2026-11-01T10:01:01.250Z',
    settings: {
      groups: { support: ['support_billing', 'support_returns'] },
      modelArgs: { model: 'qwen3-8b' },
    },
  });
  // A group rests on the cases of its tasks.
  expect(value(predicate, 'support.acc')).toMatchObject({
    value: 0.6,
    unit: 'ratio',
    samples: 5,
  });
  expect(value(predicate, 'support.acc')?.interval?.[0]).toBeCloseTo(
    0.6 - 1.959964 * 0.24494897,
    6,
  );
  expect(value(predicate, 'prose.word_perplexity')).toEqual({
    name: 'prose.word_perplexity',
    value: 11.94,
    unit: '1',
    samples: 1,
  });
  expect(notes).toEqual([
    "Values that are no numbers are left out: 'sums.bleu,flexible-extract'.",
    expect.stringContaining('--log_samples'),
  ]);
  expect(JSON.stringify(predicate)).not.toContain('sk-never-tell');
});

it('reads samples case by case, one column for each metric and filter', () => {
  const { predicate, notes } = result([
    'support_billing',
    'support_returns',
    'sums',
  ]);
  expect(predicate.cases.ids).toHaveLength(8);
  expect(predicate.model).toBe('qwen3-8b');
  expect(predicate.partial).toBeUndefined();
  expect(predicate.pack.cases).toBe(8);
  expect(column(predicate, 'support_billing.acc')).toEqual({
    'support_billing/0': 1,
    'support_billing/1': 0,
    'support_billing/2': 1,
  });
  expect(column(predicate, 'sums.exact_match.strict-match')).toEqual({
    'sums/0': 1,
    'sums/1': 0,
    'sums/2': 0,
  });
  expect(column(predicate, 'sums.exact_match.flexible-extract')).toEqual({
    'sums/0': 1,
    'sums/1': 1,
    'sums/2': 0,
  });
  expect(predicate.cases.slices?.task).toEqual([
    ...Array(3).fill('support_billing'),
    ...Array(2).fill('support_returns'),
    ...Array(3).fill('sums'),
  ]);
  expect(predicate.measures['sums.exact_match.strict-match']).toEqual({
    scorer: 'exact_match',
    title: 'exact_match of sums',
    direction: 'higher',
    unit: 'ratio',
    aggregate: 'mean',
  });
  expect(notes).toContain('Questions, answers and targets are left out.');
  expect(JSON.stringify(predicate)).not.toContain('Twice charged');
  expect(predicate.failures).toBeUndefined();
});

it('marks a column that is more than the mean of its cases', () => {
  const { predicate } = importEvaluation([
    changed(['results', 'sums', 'exact_match,strict-match'], 0.5),
    samples('sums'),
  ]);
  expect((predicate as EvaluationResult).measures).toMatchObject({
    'sums.exact_match.strict-match': { aggregate: 'own' },
    'sums.exact_match.flexible-extract': { aggregate: 'mean' },
  });
});

it('keeps what went wrong where content is asked for', () => {
  const { predicate } = result(['sums'], { withContent: true });
  expect(predicate.failures).toHaveLength(3);
  expect(predicate.failures?.[0]).toEqual({
    caseId: 'sums/1',
    metric: 'sums.exact_match.strict-match',
    reason: 'Expected 7.',
    input: '[{"role": "user", "content": "3 + 4"}]',
    output: '["[invalid]"]',
  });
});

it('says what is no number for each sample', () => {
  const { predicate, notes } = result(['prose', 'sums']);
  expect(predicate.cases.outcomes).toEqual([
    'unscored',
    ...Array(3).fill('scored'),
  ]);
  expect(notes).toContain(
    "Not one number for each sample, and so not in the cases: 'prose.word_perplexity'.",
  );
});

it('has the same pack for two models, and another one for other cases', () => {
  const first = result(['sums']).predicate;
  const again = importEvaluation([
    changed(['model_name'], 'llama'),
    samples('sums'),
  ]).predicate as EvaluationResult;
  expect(again.pack.digest).toBe(first.pack.digest);
  expect(again.inputDigest).not.toBe(first.inputDigest);
  const other = samples('sums');
  const changedCases = importEvaluation([
    results,
    { ...other, text: other.text.replaceAll('"c2"', '"c9"') },
  ]).predicate as EvaluationResult;
  expect(changedCases.pack.digest).not.toBe(first.pack.digest);
});

it('marks a result partial that has fewer samples than the results', () => {
  const all = samples('sums');
  const lines = all.text.trim().split('\n');
  const { predicate, notes } = importEvaluation([
    results,
    { ...all, text: lines.filter(line => !line.includes('"c2"')).join('\n') },
  ]);
  expect(predicate.partial).toBe(true);
  expect(notes.join()).toContain('rest on 3 cases, and the samples hold 2');
});

it('takes the tasks that are asked for, and the groups around them', () => {
  const { predicate } = result(['support_billing', 'sums'], {
    tasks: ['support_billing'],
    suite: { name: 'support', version: '1' },
    target: { engine: 'vllm' },
  });
  expect(new Set(predicate.metrics.map(({ name }) => name))).toEqual(
    new Set(['support_billing.acc', 'support_billing.acc_norm']),
  );
  expect(predicate.cases.ids).toHaveLength(3);
  expect(predicate.suite).toEqual({ name: 'support', version: '1' });
  expect(predicate.target).toEqual({ engine: 'vllm' });
  const group = importEvaluation([results], { tasks: ['support'] });
  expect(group.predicate.metrics.map(({ name }) => name)).toEqual([
    'support.acc',
    'support_billing.acc',
    'support_billing.acc_norm',
    'support_returns.acc',
    'support_returns.acc_norm',
  ]);
});

it('reads numbers that only Python knows as none', () => {
  const { predicate, notes } = importEvaluation([
    {
      ...results,
      text: results.text
        .replace('"acc,none": 0.6,', '"acc,none": NaN,')
        .replace('"alias": "prose"', '"alias": "NaN or -Infinity"')
        .replace(
          '"word_perplexity,none": 11.94',
          '"word_perplexity,none": -Infinity',
        ),
    },
    {
      ...samples('sums'),
      text: samples('sums').text.replace(
        '"exact_match": 1.0',
        '"exact_match": NaN',
      ),
    },
  ]);
  expect(value(predicate, 'prose.word_perplexity')).toBeUndefined();
  expect(notes[0]).toContain("'prose.word_perplexity,none'");
  expect(
    column(predicate as EvaluationResult, 'sums.exact_match.strict-match'),
  ).toEqual({ 'sums/1': 0, 'sums/2': 0 });
});

it('leaves cases out where only numbers are wanted', () => {
  const { predicateType, notes } = importEvaluation(
    [results, samples('sums')],
    { form: 'run' },
  );
  expect(predicateType).toBe(EVALUATION_RUN_TYPE);
  expect(notes).toContain('Single cases are left out.');
});

it.each<[string, ImportFile[], string]>([
  [
    'a task that is no object',
    [changed(['results', 'sums'], 1)],
    'results.sums must be an object',
  ],
  [
    'a count that is a text',
    [changed(['n-samples', 'sums', 'effective'], 'three')],
    'n-samples.sums.effective must be a number',
  ],
  ['no date', [changed(['date'], undefined)], "no 'date'"],
  ['samples alone', [samples('sums')], 'name its results_….json too'],
  [
    'a line that is no JSON',
    [results, { ...samples('sums'), text: `${samples('sums').text}{"doc` }],
    'line 7 is no JSON',
  ],
  [
    'a case twice',
    [
      results,
      {
        ...samples('sums'),
        text: samples('sums').text + samples('sums').text.split('\n')[0],
      },
    ],
    'entry 7 has doc_id 0 a second time',
  ],
  [
    'a name that says no task',
    [results, { ...samples('sums'), name: 'mine.jsonl' }],
    'does not say which task',
  ],
  [
    'files that do not belong together',
    [results, { name: 'other.json', text: '{"a": 1}' }],
    'do not belong together',
  ],
  ['a cut file', [{ ...results, text: results.text.slice(0, 900) }], 'no JSON'],
  ['an empty file', [{ name: 'x.json', text: ' \n' }], 'x.json is empty'],
])('says what is wrong: %s', (_, files, problem) => {
  expect(() => importEvaluation(files)).toThrow(problem);
});
