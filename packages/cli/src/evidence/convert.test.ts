import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  evaluationResultProblem,
  evaluationRunProblem,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import path from 'node:path';
import { parseTarget, toPredicate } from './convert';

const sample = (name: string) =>
  JSON.parse(
    fs.readFileSync(path.join(__dirname, '__testUtils__', name), 'utf8'),
  );
const converted = (document: unknown, target?: string[]) => {
  const { predicate, predicateType } = toPredicate(document, { target });
  expect(predicateType).toBe(EVALUATION_RUN_TYPE);
  expect(evaluationRunProblem(predicate)).toBeUndefined();
  return predicate as unknown as EvaluationRun;
};

it('reads results of lm-evaluation-harness, with intervals and without secrets', () => {
  const run = converted(sample('lm-eval-results.json'), ['engine=vllm']);
  expect(run).toMatchObject({
    suite: { name: 'lm-evaluation-harness', version: '0.4.8' },
    startedAt: '2025-11-01T12:26:40.500Z',
    finishedAt: '2025-11-01T12:30:42.000Z',
    target: { engine: 'vllm' },
    tool: { name: 'lm-evaluation-harness', version: '0.4.8' },
  });
  expect(run.metrics.map(({ name }) => name)).toEqual([
    'arc_easy.acc',
    'arc_easy.acc_norm',
    'gsm8k.exact_match.strict-match',
    'gsm8k.exact_match.flexible-extract',
    'wikitext.word_perplexity',
  ]);
  const [acc, , strict] = run.metrics;
  expect(acc).toMatchObject({ value: 0.8186026936026936, samples: 2376 });
  expect(acc.interval?.[0]).toBeCloseTo(0.8031, 4);
  expect(acc.interval?.[1]).toBeCloseTo(0.8341, 4);
  expect(strict.interval).toBeUndefined();
  expect(JSON.stringify(run)).not.toContain('sk-never-tell');
  expect(run.settings.modelArgs).toContain('model=qwen3-8b');
});

it('reads results of promptfoo, without prompts and answers', () => {
  const run = converted(sample('promptfoo-results.json'));
  expect(run).toMatchObject({
    suite: { name: 'Answers of the service desk' },
    startedAt: '2026-11-01T10:00:00.250Z',
    finishedAt: '2026-11-01T10:01:01.250Z',
    tool: { name: 'promptfoo', version: '0.117.4' },
  });
  expect(run.metrics).toEqual([
    {
      name: 'pass_rate',
      value: 0.9,
      unit: 'ratio',
      statistic: 'rate',
      samples: 50,
    },
    {
      name: 'error_rate',
      value: 0.02,
      unit: 'ratio',
      statistic: 'rate',
      samples: 50,
    },
    { name: 'latency', value: 810, unit: 'ms', statistic: 'mean', samples: 50 },
    {
      name: 'score.faithfulness',
      value: 44.5 / 49,
      unit: '1',
      statistic: 'mean',
      samples: 49,
    },
  ]);
  expect(JSON.stringify(run)).not.toContain('Text of an answer');
});

it('keeps prompts of one promptfoo run apart', () => {
  const document = sample('promptfoo-results.json');
  const [prompt] = document.results.prompts;
  document.results.prompts.push({ ...prompt, provider: 'openai:chat:other' });
  const { metrics } = converted(document);
  expect(new Set(metrics.map(({ slice }) => slice))).toEqual(
    new Set([
      'provider=openai:chat:qwen3-8b,prompt=1',
      'provider=openai:chat:other,prompt=2',
    ]),
  );
});

it('takes an evaluation run as it is, and other types unseen', () => {
  const run = converted(sample('lm-eval-results.json'));
  expect(converted(run)).toEqual(run);
  expect(toPredicate({ any: 1 }, { type: 'https://example.com/x/v1' })).toEqual(
    {
      predicateType: 'https://example.com/x/v1',
      predicate: { any: 1 },
      notes: [],
    },
  );
});

it.each([
  [[], 'no JSON object'],
  [{ hello: 1 }, 'Known forms'],
  [{ results: {}, configs: {} }, "no 'date'"],
  [{ results: {}, configs: {}, date: 1 }, 'no metrics'],
  [{ results: { stats: {} } }, "no 'prompts'"],
  [{ results: { stats: {}, prompts: [{}] } }, 'no test that was run'],
])('says what it cannot read of %j', (document, problem) => {
  expect(() => toPredicate(document, {})).toThrow(problem);
});

it('takes what the results do not say about the target', () => {
  expect(parseTarget(['gpu=2x H100', 'endpoint=http://x/?a=b'])).toEqual({
    gpu: '2x H100',
    endpoint: 'http://x/?a=b',
  });
  expect(() => parseTarget(['colour=red'])).toThrow('expected name=value');
});

it('keeps single cases where asked, and says where there are none', () => {
  const { predicateType, predicate } = toPredicate(
    sample('promptfoo-results.json'),
    { cases: true },
  );
  expect(predicateType).toBe(EVALUATION_RESULT_TYPE);
  expect(evaluationResultProblem(predicate)).toBeUndefined();
  // What is a result already stays one.
  expect(toPredicate(predicate, {}).predicateType).toBe(EVALUATION_RESULT_TYPE);
  expect(() =>
    toPredicate(sample('lm-eval-results.json'), {
      type: EVALUATION_RESULT_TYPE,
    }),
  ).toThrow('There are no single cases in the file');
});
