import type { JsonObject } from '@backstage/types';
import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { gateSubject } from '../__testUtils__/gateSubject';
import { packOptions } from '../__testUtils__/packOptions';
import {
  pack,
  packContext,
  resultOf,
  submittedResult,
  type ResultChanges,
} from '../evaluationPack/__testUtils__/results';
import { submitted as submittedRun } from '../evaluationRun/__testUtils__/submitted';
import { evaluate, tickets } from './__testUtils__/evaluate';
import { evaluationGate } from './evaluationGate';

const gate = evaluationGate(packOptions);

const scored = (share: number, changes: ResultChanges = {}) =>
  resultOf(
    tickets,
    {
      label: Array.from({ length: 100 }, (_, i) => (i < share * 100 ? 1 : 0)),
    },
    changes,
  );

describe('the criteria of a pack', () => {
  it('are met by the newest result that counts', async () => {
    const outcome = await evaluate({
      submitted: [submittedResult(scored(0.8))],
    });
    expect(outcome).toMatchObject({
      verdict: 'pass',
      summary: 'What is asked is met: Pack tickets 1.1.0.',
      findings: [],
      evidence: {
        kind: 'evaluation',
        maxAgeDays: 180,
        packs: [
          {
            pack: {
              entityRef: 'evaluationpack:default/tickets',
              version: '1.1.0',
              owner: 'group:default/ml',
            },
            standing: 'met',
            run: { evidenceId: 'e1', suite: 'tickets 1.1.0' },
            cases: { asked: 100, scored: 100, failed: 0, unscored: 0 },
            targets: [{ target: 0.7, value: 0.8, standing: 'met' }],
            comparisons: [],
          },
        ],
      },
    });
  });

  it('are missed with what was asked and measured', async () => {
    const outcome = await evaluate({
      submitted: [submittedResult(scored(0.6))],
    });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.summary).toBe(
      'Pack tickets, Share of right labels: 60 %, and at least 70 % is asked for.',
    );
    expect(outcome.evidence.packs[0].standing).toBe('missed');
  });

  it('wait for a result, with the one command that makes it', async () => {
    const outcome = await evaluate();
    expect(outcome.verdict).toBe('needs-evidence');
    expect(outcome.summary).toBe(
      'Nobody has submitted a result of Pack tickets 1.1.0.',
    );
    expect(outcome.findings[0].howToFix).toContain(
      'modelhub evaluate run evaluationpack:default/tickets --portal https://portal.example --endpoint "$ENDPOINT" --model meta/m@1 --gateway-id meta/m --output result.json && modelhub evidence upload result.json --gate evaluation',
    );
    expect(outcome.evidence.packs[0].standing).toBe('missing');
  });

  it.each<[JsonObject, string]>([
    [{ label: { atLeast: 0.85 } }, 'fail'],
    [{ label: { atLeast: 0.5 } }, 'pass'],
    [{ label: { atMost: 0.75 } }, 'fail'],
  ])(
    'and the threshold %j: the stricter counts',
    async (thresholds, verdict) => {
      const outcome = await evaluate({
        submitted: [submittedResult(scored(0.8))],
        params: { thresholds },
      });
      expect(outcome.verdict).toBe(verdict);
    },
  );

  it('that are met by chance are a warning, or not enough', async () => {
    const result = scored(0.72);
    result.metrics[0].interval = [0.62, 0.8];
    const submitted = [submittedResult(result)];
    expect((await evaluate({ submitted })).verdict).toBe('warn');
    const sure = await evaluate({
      submitted,
      params: { withConfidence: true },
    });
    expect(sure.verdict).toBe('fail');
  });

  it('have their titles and units also where nobody has run the pack', async () => {
    const entity = pack({
      scorers: [
        { name: 'label', type: 'classification' },
        { name: 'own', type: 'of-somebody' },
      ],
      criteria: [
        { metric: 'label.f1', atLeast: 0.7 },
        { metric: 'label.mcc', atLeast: 0.5 },
        { metric: 'ttft', statistic: 'p95', atMost: 500 },
        { metric: 'own', atLeast: 2 },
      ],
    });
    const { evidence } = await evaluate({ packs: [entity], submitted: [] });
    expect(
      evidence.packs[0].targets.map(({ title, unit, standing }) => [
        title,
        unit,
        standing,
      ]),
    ).toEqual([
      ['F1, macro average', 'ratio', 'not-measured'],
      ["Matthews' correlation", '1', 'not-measured'],
      ['Time to the first token, p95', 'ms', 'not-measured'],
      ['own', '1', 'not-measured'],
    ]);
  });

  it('are about the slice that they name', async () => {
    const entity = pack({
      criteria: [{ metric: 'label', slice: 'language=de', atLeast: 0.7 }],
    });
    const result = scored(0.9);
    result.metrics.push({
      name: 'label',
      slice: 'language=de',
      statistic: 'mean',
      value: 0.4,
      unit: 'ratio',
    });
    const outcome = await evaluate({
      packs: [entity],
      submitted: [submittedResult(result)],
    });
    expect(outcome.summary).toContain('of language=de: 40 %');
  });

  it('take a run of another program where its suite names the pack', async () => {
    const run = (version?: string) =>
      submittedRun(
        [{ name: 'label', value: 0.9, unit: 'ratio', samples: 50 }],
        { run: { suite: { name: 'tickets', version } } },
      );
    expect((await evaluate({ submitted: [run('1.1.0')] })).verdict).toBe(
      'pass',
    );
    const unnamed = await evaluate({ submitted: [run()] });
    expect(unnamed.summary).toContain('does not say of which version');
    const few = await evaluate({
      submitted: [run('1.1.0')],
      params: { minCases: 80 },
    });
    expect(few.verdict).toBe('needs-evidence');
  });
});

const withoutScore = (count: number) =>
  resultOf(tickets, {
    label: Array.from({ length: 100 }, (_, i) => (i < count ? null : 1)),
  });

it.each<[string, EvaluationResult, JsonObject, string]>([
  [
    'of an earlier version',
    scored(0.9, { result: { suite: { name: 'tickets', version: '1.0.0' } } }),
    {},
    'The pack is at 1.1.0 now; this is a result of 1.0.0. Run it again.',
  ],
  [
    'of other cases under the same version',
    scored(0.9, { pack: { digest: `sha256:${'b'.repeat(64)}` } }),
    {},
    'Its cases or scorers are not those of version 1.1.0 in the catalog',
  ],
  [
    'of a part of the cases',
    scored(0.9, { pack: { cases: 200 } }),
    {},
    "It asked 100 of the pack's 200 cases.",
  ],
  ['with too few scores', scored(0.9), { minCases: 150 }, 'and 150 are asked'],
  [
    'of which too many cases have no score',
    withoutScore(6),
    {},
    '6 of 100 cases have no score (6 %), and 5 % are the most.',
  ],
  [
    'whose numbers are not those of its cases',
    scored(0.5, {
      result: {
        metrics: [
          { name: 'label', value: 0.95, unit: 'ratio', statistic: 'mean' },
        ],
      },
    }),
    {},
    'It says 0.95 of label, and its cases give 0.5.',
  ],
  [
    'of another model',
    scored(0.9, { result: { target: { gatewayId: 'meta/other' } } }),
    {},
    'It is about meta/other',
  ],
])('a result %s does not count', async (_, result, params, because) => {
  const outcome = await evaluate({
    submitted: [submittedResult(result)],
    params,
  });
  expect(outcome.verdict).toBe('needs-evidence');
  const [{ setAside, run }] = outcome.evidence.packs;
  expect(run).toBeUndefined();
  expect(setAside[0].because).toContain(because);
  expect(outcome.summary).toContain(because);
});

it('goes by the newest result, not by the best, and says what is of no pack', async () => {
  const outcome = await evaluate({
    submitted: [
      submittedResult(scored(0.5), { id: 'new', days: 1 }),
      submittedResult(scored(0.99), { id: 'best', days: 9 }),
      submittedResult(resultOf(pack({}, 'other'), { label: [1, 1] }), {
        id: 'foreign',
      }),
      submittedResult(scored(0.9), { id: 'old', days: 181 }),
    ],
  });
  expect(outcome.verdict).toBe('fail');
  expect(outcome.evidence.packs[0].run?.evidenceId).toBe('new');
  expect(outcome.ids).toEqual(
    expect.arrayContaining(['set-aside-foreign', 'set-aside-old']),
  );
});

describe('packs that a policy names', () => {
  it.each<[string, Array<ReturnType<typeof pack>>, JsonObject, string]>([
    ['not in the catalog', [], {}, 'is not in the catalog'],
    [
      'of another type',
      [pack({ type: 'safety' })],
      {},
      'a pack of the type safety, and this check takes quality or agentic',
    ],
    [
      'without the metric of a threshold',
      [tickets],
      { thresholds: { bleu: { atLeast: 1 } } },
      "a threshold for 'bleu', which none of its packs measures",
    ],
    [
      'without the metric that is compared',
      [tickets],
      { regression: { margin: 0, metrics: ['bleu'] } },
      "compares 'bleu'",
    ],
  ])(
    'and that are %s are an error that no run mends',
    async (_, packs, params, words) => {
      const outcome = await evaluate({ packs, params });
      expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
      expect(outcome.summary).toContain(words);
    },
  );

  it('do not count for another purpose, visibly', async () => {
    const outcome = await evaluate({ packs: [pack({ purposes: ['search'] })] });
    expect(outcome.verdict).toBe('pass');
    expect(outcome.summary).toBe(
      'None of the packs is for this model and purpose.',
    );
    expect(outcome.findings[0].message).toBe(
      'Pack tickets is for search, and the purpose is p.',
    );
    // Nobody has anything to do about it, and checklists show no such advice.
    expect(outcome.findings[0].howToFix).toBeUndefined();
  });

  it('do not count for models of other tasks, which is the word of the card and so a warning', async () => {
    const packs = [pack({ modelTasks: ['text-classification'] })];
    const of = (tasks?: string[]) => {
      const { entity } = gateSubject();
      return { entity: { ...entity, spec: { ...entity.spec, tasks } } };
    };
    const other = await evaluate({ packs, subject: of(['summarization']) });
    expect(other.verdict).toBe('warn');
    const silent = await evaluate({ packs, subject: of(undefined) });
    expect(silent.verdict).toBe('needs-evidence');
    const same = await evaluate({
      packs,
      subject: of(['text-classification']),
    });
    expect(same.verdict).toBe('needs-evidence');
  });
});

it.each<[JsonObject, string]>([
  [{}, "'packs'"],
  [{ packs: [] }, 'packs must NOT have fewer'],
  [{ packs: ['a b'] }, 'must match pattern'],
  [{ packs: ['a'], thresholds: { f1: {} } }, 'thresholds.f1'],
  [
    { packs: ['a'], thresholds: { f1: { atLeast: 2, atMost: 1 } } },
    'which nothing is',
  ],
  [{ packs: ['a'], regression: { margin: -1 } }, 'regression.margin'],
  [{ packs: ['a'], regression: {} }, "'margin'"],
  [{ packs: ['a'], maxAgeDays: 1000 }, 'must be <= 366'],
  [{ packs: ['a'], regression: { margin: 0, confidence: 1 } }, 'must be < 1'],
  [{ packs: ['a'], incumbent: 'model:a/b' }, 'regression is what compares'],
  [{ packs: ['a'], maxAge: 1 }, "'maxAge'"],
])('refuses the parameters %j', (params, words) => {
  expect(() => gate.validateParams?.(params)).toThrow(words);
});

it('takes results and runs, and asks again for another purpose', () => {
  expect(Object.keys(gate.evidenceTypes ?? {}).sort()).toEqual(
    [EVALUATION_RESULT_TYPE, EVALUATION_RUN_TYPE].sort(),
  );
  const take = gate.evidenceTypes?.[EVALUATION_RESULT_TYPE];
  const { predicate } = submittedResult(scored(0.8));
  expect(() => take?.(predicate)).not.toThrow();
  expect(() => take?.({ ...predicate, cases: {} })).toThrow();
  const other = { id: 'q', title: 'Q', dataClasses: [], regions: [] };
  expect(gate.cacheKey?.(gateSubject())).not.toBe(
    gate.cacheKey?.(gateSubject({ purpose: other })),
  );
});

it('says so where nobody has read what a pack holds', async () => {
  const outcome = await evaluationGate({
    ...packOptions,
    digests: { digestOf: async () => undefined },
  }).evaluate(
    gateSubject(),
    { packs: ['tickets'] },
    packContext({
      packs: [tickets],
      submitted: [submittedResult(scored(0.8))],
    }),
  );
  expect(outcome.verdict).toBe('pass');
  expect(outcome.findings.map(({ id, severity }) => [id, severity])).toEqual([
    ['unread-tickets', 'info'],
  ]);
});
