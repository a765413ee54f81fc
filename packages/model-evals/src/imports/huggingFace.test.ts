import {
  EVALUATION_RUN_TYPE,
  EVALUATION_RESULT_TYPE,
} from '@modelhub/governance-protocol';
import { importEvaluation, importEvaluationDocument } from '.';
import { resultOf } from '../__testUtils__/result';

const at = new Date('2026-11-20T00:00:00Z');

describe('.eval_results', () => {
  // The example of the Hub's documentation, with other numbers.
  const full = `
- dataset:
    id: cais/hle
    task_id: default
    revision: 5503434ddd753f426f4b38109466949a1217c2bb
  value: 20.90
  verifyToken: eyJhbGciOi
  date: "2026-01-15"
  source:
    url: https://huggingface.co/spaces/acme/traces
    name: Eval traces
    user: acme
  evaluation_framework: inspect-ai
  notes: "no-tools"
`;
  const least = `
- dataset:
    id: Idavidrein/gpqa
    task_id: gpqa_diamond
  value: 0.412
`;
  const read = (...texts: string[]) =>
    importEvaluation(
      texts.map((text, place) => ({
        name: `.eval_results/${place}.yaml`,
        text,
      })),
      { at },
    );

  it('is read field by field; tokens are not kept', () => {
    const { format, predicateType, predicate, notes } = read(full);
    expect(format).toBe('hugging-face-eval-results');
    expect(predicateType).toBe(EVALUATION_RUN_TYPE);
    expect(predicate).toMatchObject({
      startedAt: '2026-01-15T00:00:00.000Z',
      finishedAt: '2026-01-15T00:00:00.000Z',
      settings: {
        claimedBy: 'model repository',
        sources: {
          'cais/hle.default': {
            url: 'https://huggingface.co/spaces/acme/traces',
            name: 'Eval traces',
            user: 'acme',
          },
        },
        datasetRevisions: {
          'cais/hle.default': '5503434ddd753f426f4b38109466949a1217c2bb',
        },
        frameworks: { 'cais/hle.default': 'inspect-ai' },
      },
      metrics: [
        {
          name: 'cais/hle.default',
          value: 20.9,
          unit: '1',
          slice: 'notes=no-tools',
        },
      ],
    });
    expect(JSON.stringify(predicate)).not.toContain('eyJhbGciOi');
    expect(notes[0]).toContain('1 verifyToken is left out');
  });

  it('needs little, and says what it took for the date', () => {
    const { predicate, notes } = read(least);
    expect(predicate.metrics).toEqual([
      { name: 'Idavidrein/gpqa.gpqa_diamond', value: 0.412, unit: '1' },
    ]);
    expect(predicate.startedAt).toBe(at.toISOString());
    expect(notes.join()).toContain('no date');
    expect(notes.join()).toContain('a share or per cent');
  });

  it('takes several files together', () => {
    const { predicate } = read(
      full,
      least,
      full
        .replace('no-tools', 'With tools')
        .replace('2026-01-15', '2026-02-01T10:00:00Z'),
    );
    expect(predicate.metrics).toHaveLength(3);
    expect(predicate).toMatchObject({
      startedAt: '2026-01-15T00:00:00.000Z',
      finishedAt: '2026-02-01T10:00:00.000Z',
    });
  });

  it('says what comes twice, and what it does not know', () => {
    const { predicate, notes } = read(
      least,
      least.replace('value: 0.412', 'value: 0.5\n  colour: red'),
    );
    expect(predicate.metrics).toHaveLength(1);
    expect(notes.join()).toContain('comes again with the value 0.5');
    expect(notes.join()).toContain("Unknown fields are left out: 'colour'");
  });

  it('takes the configuration in place of the task, as it was at first', () => {
    const { predicate } = read(least.replace('task_id', 'config'));
    expect(predicate.metrics[0].name).toBe('Idavidrein/gpqa.gpqa_diamond');
  });

  it.each([
    ['value: 0.412', 'value: high', '[0].value must be a number'],
    ['value: 0.412', 'score: 0.412', '[0].value must be a number'],
    ['id: Idavidrein/gpqa', 'name: gpqa', '[0].dataset.id must be a text'],
    ['task_id: gpqa_diamond', 'split: test', '[0].dataset.task_id must be'],
    ['value: 0.412', 'value: 1\n  date: soon', '[0].date must be a date'],
    ['value: 0.412', 'value: 1\n  source: {name: x}', '[0].source.url must be'],
    ['value: 0.412', 'value: 1\n  notes: [a]', '[0].notes must be a text'],
    ['  value: 0.412', '  value: [1', 'neither JSON nor YAML'],
  ])('names the field: %s as %s', (from, to, problem) => {
    expect(() => read(least.replace(from, to))).toThrow(problem);
  });
});

describe('model-index', () => {
  // The shape of modelcard.md, as cards of the open LLM leaderboard have it.
  const card = `---
license: apache-2.0
model-index:
- name: acme-7b
  results:
  - task:
      type: text-generation
      name: Text Generation
    dataset:
      name: AI2 Reasoning Challenge (25-Shot)
      type: ai2_arc
      config: ARC-Challenge
      split: test
      args:
        num_few_shot: 25
    metrics:
    - type: acc_norm
      value: 61.35
      name: normalized accuracy
    source:
      url: https://huggingface.co/spaces/open-llm-leaderboard
      name: Open LLM Leaderboard
  - task:
      type: automatic-speech-recognition
    dataset:
      name: Common Voice (French)
      type: common_voice
    metrics:
    - type: wer
      value: '20.90'
      verified: true
    - type: cer
      value: see below
---
# acme-7b

---
value: 3
`;
  const read = (text: string, model?: string) =>
    importEvaluation([{ name: 'README.md', text }], {
      at,
      ...(model && { model }),
    });

  it('is read from the front matter of a card', () => {
    const { format, predicate, notes } = read(card);
    expect(format).toBe('hugging-face-model-index');
    expect(predicate.metrics).toEqual([
      { name: 'ai2_arc.ARC-Challenge.acc_norm', value: 61.35, unit: '1' },
      { name: 'common_voice.wer', value: 20.9, unit: '1' },
    ]);
    expect(predicate.settings).toMatchObject({
      claimedBy: 'model card',
      model: 'acme-7b',
      verifiedByTheHub: ['common_voice.wer'],
      about: {
        'ai2_arc.ARC-Challenge.acc_norm': {
          task: 'text-generation',
          dataset: 'AI2 Reasoning Challenge (25-Shot)',
          split: 'test',
          args: { num_few_shot: 25 },
          source: 'https://huggingface.co/spaces/open-llm-leaderboard',
        },
      },
    });
    expect(notes[0]).toBe(
      "Values that are no numbers are left out: 'common_voice.cer'.",
    );
  });

  it('tells metrics of the same name apart, or says that it cannot', () => {
    const { predicate, notes } = read(
      card.replace(
        "value: '20.90'",
        'value: 1\n    - type: wer\n      value: 2\n      name: WER with a model\n    - type: wer\n      value: 3',
      ),
    );
    expect(predicate.metrics.slice(1)).toEqual([
      { name: 'common_voice.wer', value: 1, unit: '1' },
      {
        name: 'common_voice.wer',
        value: 2,
        unit: '1',
        slice: 'name=WER with a model',
      },
    ]);
    expect(notes.join()).toContain("left out: 'common_voice.wer'");
  });

  it('asks which of several models is meant', () => {
    const two = card.replace(
      '---\n# acme',
      '- name: other\n  results: []\n---\n# acme',
    );
    expect(() => read(two)).toThrow("results of 'acme-7b', 'other'");
    expect(read(two, 'acme-7b').notes.join()).toContain(
      "Results of other models are left out: 'other'.",
    );
  });

  it.each([
    [
      'type: ai2_arc',
      'kind: ai2_arc',
      'results[0].dataset.type must be a text',
    ],
    [
      'type: acc_norm',
      'kind: acc',
      'results[0].metrics[0].type must be a text',
    ],
    ['value: 61.35', 'score: 61.35', 'results[0].metrics[0].value is missing'],
    ['- name: acme-7b', '- id: acme-7b', 'model-index[0].name must be a text'],
  ])('names the field: %s as %s', (from, to, problem) => {
    expect(() => read(card.replace(from, to))).toThrow(problem);
  });
});

describe('what the hub writes itself', () => {
  it('is taken as it is, and checked', () => {
    const own = resultOf(
      { exact: [1, 0] },
      { metrics: [{ name: 'exact', value: 0.5, unit: 'ratio' }] },
    );
    const imported = importEvaluationDocument(own);
    expect(imported.predicateType).toBe(EVALUATION_RESULT_TYPE);
    expect(imported.predicate).toEqual(own);
    expect(() => importEvaluationDocument({ ...own, model: 7 })).toThrow(
      'model',
    );
    expect(() => importEvaluationDocument({ hello: 1 })).toThrow('Known forms');
    expect(() => importEvaluationDocument([1])).toThrow('no JSON object');
    expect(() => importEvaluation([])).toThrow('Name a file');
  });
});
