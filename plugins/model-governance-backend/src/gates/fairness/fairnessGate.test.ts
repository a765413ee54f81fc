import type { JsonObject } from '@backstage/types';
import type { FairnessEvidence } from '@modelhub/backstage-plugin-models-common';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { gateSubject } from '../__testUtils__/gateSubject';
import { packOptions } from '../__testUtils__/packOptions';
import {
  pack,
  packContext,
  random,
  resultOf,
  submittedResult,
} from '../evaluationPack/__testUtils__/results';
import { fairnessGate } from './fairnessGate';

const gate = fairnessGate(packOptions);
const tickets = pack({
  type: 'fairness',
  criteria: [],
  fairness: {
    attributes: ['gender', 'origin'],
    metric: 'label',
    positiveLabel: 'priority',
  },
});

/** So many cases of each group, right so often, half of them truly priority. */
function treated(
  rightShares: Record<string, number>,
  cases: number,
  seed = 7,
): EvaluationResult {
  const draw = random(seed);
  const rows = Object.entries(rightShares).flatMap(([group, share]) =>
    Array.from({ length: cases }, (_, index) => {
      const expected = index % 2 === 0 ? 'priority' : 'normal';
      const isRight = draw() < share;
      const other = expected === 'priority' ? 'normal' : 'priority';
      return { group, expected, said: isRight ? expected : other, isRight };
    }),
  );
  return resultOf(
    tickets,
    { label: rows.map(({ isRight }) => (isRight ? 1 : 0)) },
    {
      cases: {
        slices: {
          gender: rows.map(({ group }) => group),
          origin: rows.map((_, index) =>
            Math.floor(index / 2) % 2 === 0 ? 'near' : 'far',
          ),
        },
        labels: {
          expected: rows.map(({ expected }) => expected),
          predicted: rows.map(({ said }) => said),
        },
      },
    },
  );
}

async function evaluate(
  result: EvaluationResult | undefined,
  params: JsonObject = {},
  entity = tickets,
) {
  const outcome = await gate.evaluate(
    gateSubject(),
    { packs: ['tickets'], ...params },
    packContext({
      packs: [entity],
      submitted: result ? [submittedResult(result)] : [],
    }),
  );
  return {
    ...outcome,
    ids: outcome.findings.map(({ id }) => id),
    evidence: outcome.evidence as unknown as FairnessEvidence,
  };
}

it('passes where groups are treated alike, with every group and gap shown', async () => {
  const outcome = await evaluate(treated({ f: 0.9, m: 0.9, x: 0.9 }, 300), {
    maxGap: 0.15,
    maxDemographicParity: 0.2,
    maxEqualisedOdds: 0.25,
  });
  expect(outcome.verdict).toBe('pass');
  const [{ attributes, standing }] = outcome.evidence.packs;
  expect(standing).toBe('met');
  expect(attributes.map(({ attribute }) => attribute)).toEqual([
    'gender',
    'origin',
  ]);
  expect(
    attributes[0].groups.map(({ group, samples }) => [group, samples]),
  ).toEqual([
    ['f', 300],
    ['m', 300],
    ['x', 300],
  ]);
  expect(attributes[0].gaps.map(({ id, standing: its }) => [id, its])).toEqual([
    ['gap', 'met'],
    ['demographic-parity', 'met'],
    ['equalised-odds', 'met'],
  ]);
});

it('fails where one group is clearly treated worse, and says which', async () => {
  const outcome = await evaluate(treated({ f: 0.6, m: 0.95 }, 200), {
    maxGap: 0.1,
    maxEqualisedOdds: 0.1,
  });
  expect(outcome.verdict).toBe('fail');
  expect(outcome.ids).toEqual(
    expect.arrayContaining([
      'missed-tickets-gender-gap',
      'missed-tickets-gender-equalised-odds',
    ]),
  );
  expect(outcome.summary).toMatch(
    /^Pack tickets, gender: Largest gap of Share of right labels is \d+\.?\d* % \(between .*\), between m and f, and at most 10 % is asked for\.$/,
  );
});

it.each<[boolean, string]>([
  [false, 'warn'],
  [true, 'fail'],
])(
  'that noise may explain, withConfidence %s: %s',
  async (withConfidence, verdict) => {
    const outcome = await evaluate(treated({ f: 0.8, m: 0.8 }, 30), {
      maxGap: 0.05,
      attributes: ['gender'],
      withConfidence,
    });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.ids).toEqual(['uncertain-tickets-gender-gap']);
    expect(outcome.evidence.packs[0].attributes).toHaveLength(1);
  },
);

it('compares no group that is too small, and says so', async () => {
  const outcome = await evaluate(treated({ f: 0.8, m: 0.8 }, 60), {
    maxGap: 0.3,
    attributes: ['gender'],
    minimumCases: 61,
  });
  expect(outcome.verdict).toBe('needs-evidence');
  expect(outcome.summary).toContain('f has 60 cases, m has 60 cases');
});

it('measures nothing where cases lack the attribute', async () => {
  const result = treated({ f: 0.8, m: 0.8 }, 60);
  const outcome = await evaluate(
    { ...result, cases: { ...result.cases, slices: {} } },
    { maxGap: 0.3, attributes: ['gender'] },
  );
  expect(outcome.verdict).toBe('needs-evidence');
  expect(outcome.summary).toContain("no attribute 'gender'");
  expect(JSON.stringify(outcome.evidence)).not.toContain('problem');
});

it('waits for a result, and needs the pack to compare what is asked', async () => {
  const waiting = await evaluate(undefined, { maxGap: 0.1 });
  expect(waiting.verdict).toBe('needs-evidence');
  expect(waiting.findings[0].howToFix).toContain('--gate fairness');
  const unknown = await evaluate(undefined, { attributes: ['age'] });
  expect(unknown).toMatchObject({ verdict: 'error', isFinal: true });
  expect(unknown.summary).toContain('they compare gender, origin');
  const quality = await evaluate(undefined, {}, pack());
  expect(quality.summary).toContain('this check takes fairness');
});

it.each<[JsonObject, string]>([
  [{}, "'packs'"],
  [{ packs: ['a'], maxDemographicParity: 2 }, 'must be <= 1'],
  [{ packs: ['a'], minimumCases: 1 }, 'must be >= 2'],
])('refuses the parameters %j', (params, words) => {
  expect(() => gate.validateParams?.(params)).toThrow(words);
});
