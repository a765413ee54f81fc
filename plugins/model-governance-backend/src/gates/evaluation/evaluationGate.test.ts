import type { JsonObject } from '@backstage/types';
import type { EvaluationEvidence } from '@modelhub/backstage-plugin-models-common';
import type {
  GateIncumbent,
  GateSubject,
  SubmittedEvidence,
} from '@modelhub/backstage-plugin-models-node';
import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { gateSubject } from '../__testUtils__/gateSubject';
import { packOptions } from '../__testUtils__/packOptions';
import {
  incumbentWith,
  pack,
  packContext,
  resultOf,
  simulated,
  submittedResult,
  type ResultChanges,
} from '../evaluationPack/__testUtils__/results';
import { submitted as submittedRun } from '../evaluationRun/__testUtils__/submitted';
import { evaluationGate } from './evaluationGate';

const gate = evaluationGate(packOptions);
const tickets = pack();

async function evaluate(
  options: {
    packs?: Array<ReturnType<typeof pack>>;
    submitted?: SubmittedEvidence[];
    incumbent?: GateIncumbent;
    params?: JsonObject;
    subject?: Partial<GateSubject>;
    digest?: string;
  } = {},
) {
  const { packs = [tickets], params = {} } = options;
  const { digest = `sha256:${'a'.repeat(64)}` } = options;
  const outcome = await evaluationGate({
    ...packOptions,
    digests: { digestOf: async () => digest },
  }).evaluate(
    gateSubject(options.subject),
    { packs: ['tickets'], ...params },
    packContext({ ...options, packs }),
  );
  return {
    ...outcome,
    ids: outcome.findings.map(({ id }) => id),
    evidence: outcome.evidence as unknown as EvaluationEvidence,
  };
}

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
    digest: `sha256:${'a'.repeat(64)}`,
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

describe('beside the incumbent', () => {
  const CASES = 300;
  const of = (share: number, seed: number, cases = CASES) =>
    resultOf(tickets, { label: simulated(cases, share, seed) });
  const theirs = (share: number, seed: number, cases = CASES) =>
    incumbentWith(
      submittedResult(
        {
          ...of(share, seed, cases),
          target: { gatewayId: 'meta/old' },
        },
        { id: 'i1' },
      ),
    );
  const compare = (
    mine: EvaluationResult,
    incumbent: GateIncumbent,
    regression: JsonObject = {},
  ) =>
    evaluate({
      packs: [pack({ criteria: [] })],
      submitted: [submittedResult(mine)],
      incumbent,
      params: { regression: { margin: 0.05, ...regression } },
    });

  it('noise does not fail, however it falls', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const outcome = await compare(
          of(0.8, 100 + index, 150),
          theirs(0.8, 500 + index, 150),
        );
        return outcome.verdict;
      }),
    );
    expect(verdicts).not.toContain('fail');
  });

  it('a real drop does, and says how much worse than what', async () => {
    const outcome = await compare(of(0.65, 3), theirs(0.85, 4));
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toContain('worse-tickets-label');
    expect(outcome.summary).toMatch(
      /Pack tickets: significantly worse than model:meta\/old 0\.9 by more than 5 points: Share of right labels \d+\.?\d* % against \d+\.?\d* % \(difference between -\d+\.?\d* points and -\d+\.?\d* points\)\./,
    );
    expect(outcome.evidence.packs[0]).toMatchObject({
      standing: 'missed',
      incumbent: {
        entityRef: 'model:meta/old',
        because: 'The model supersedes model:meta/old.',
        run: { evidenceId: 'i1' },
      },
      comparisons: [
        { metric: 'label', pairs: CASES, margin: 0.05, standing: 'worse' },
      ],
    });
  });

  it.each<[boolean, string]>([
    [false, 'warn'],
    [true, 'needs-evidence'],
  ])(
    'with too few cases to say, required %s: %s',
    async (required, verdict) => {
      const outcome = await compare(of(0.7, 3, 20), theirs(0.75, 4, 20), {
        required,
      });
      expect(outcome.verdict).toBe(verdict);
      expect(outcome.ids).toContain('unclear-tickets');
    },
  );

  it('asks for its result on the same version of the pack', async () => {
    const older = {
      ...of(0.8, 4),
      target: { gatewayId: 'meta/old' },
      suite: { name: 'tickets', version: '1.0.0' },
    };
    const incumbent = incumbentWith(submittedResult(older));
    const outcome = await compare(of(0.8, 3), incumbent, { required: true });
    expect(outcome.verdict).toBe('needs-evidence');
    expect(outcome.findings[0].howToFix).toContain('--model meta/old@0.9');
    expect(outcome.evidence.packs[0].incumbent).not.toHaveProperty('run');
    const lenient = await compare(of(0.8, 3), incumbent);
    expect(lenient.verdict).toBe('warn');
  });

  it('does not take the worst of many metrics for a loss', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `m${index}`);
    const scorers = names.map(name => ({ name, type: 'normalised-match' }));
    const many = pack({ criteria: [], scorers });
    // One of six is worse, so that it would count if it stood alone.
    const mine = Array.from({ length: 40 }, (_, i) => (i < 33 ? 1 : 0));
    const column = (name: string, other: number[]) => [name, other] as const;
    const same = Array.from({ length: 40 }, () => 1);
    const of6 = (own: number[]) =>
      resultOf(
        many,
        Object.fromEntries(
          names.map((name, index) => column(name, index === 0 ? own : same)),
        ),
      );
    const incumbent = incumbentWith(
      submittedResult({ ...of6(same), target: { gatewayId: 'meta/old' } }),
    );
    const held = (metrics?: string[]) =>
      evaluate({
        packs: [many],
        submitted: [submittedResult(of6(mine))],
        incumbent,
        params: {
          regression: {
            margin: 0.06,
            confidence: 0.9,
            ...(metrics && { metrics }),
          },
        },
      });
    const alone = await held(['m0']);
    const [{ pValue: p }] = alone.evidence.packs[0].comparisons;
    expect(alone.verdict).toBe('fail');
    const together = await held();
    const [first] = together.evidence.packs[0].comparisons;
    expect(first.pValue).toBeCloseTo(6 * p, 8);
    expect(first.standing).toBe('unclear');
    expect(together.verdict).toBe('warn');
  });

  it('takes no run without single cases', async () => {
    const run = submittedRun([{ name: 'label', value: 0.9, unit: 'ratio' }], {
      run: { suite: { name: 'tickets', version: '1.1.0' } },
    });
    const outcome = await evaluate({
      submitted: [run],
      incumbent: theirs(0.8, 4),
      params: { regression: { margin: 0.02, required: true } },
    });
    expect(outcome.verdict).toBe('needs-evidence');
    expect(outcome.ids).toEqual(['no-cases-tickets']);
  });

  it('has nothing to fear where nothing serves the purpose, or nobody asks', async () => {
    const submitted = [submittedResult(of(0.9, 3))];
    const alone = await evaluate({
      submitted,
      params: { regression: { margin: 0.02 } },
    });
    expect(alone.verdict).toBe('pass');
    const unasked = await evaluate({ submitted, incumbent: theirs(1, 4) });
    expect(unasked.verdict).toBe('pass');
    expect(unasked.evidence.packs[0].incumbent).toBeUndefined();
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
