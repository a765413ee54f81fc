import fc from 'fast-check';
import type { Json } from '../../pack/types';
import { aggregated, scored } from '../__testUtils__/scored';
import { scorerOf } from '../registry';
import type { CaseScore } from '../types';
import {
  averaged,
  cellsOf,
  labelTable,
  matthews,
  type LabelPair,
} from './confusion';

const labels = ['billing', 'returns', 'not billing'];

const predicted = async (text: string, params: Record<string, Json> = {}) =>
  (
    await scored('classification', {
      expected: 'billing',
      text,
      params: { labels, ...params },
    })
  ).parts?.predicted;

it.each<[string, string | undefined, Record<string, Json>]>([
  ['billing', 'billing', {}],
  ['Billing.', 'billing', {}],
  ['**Billing**', 'billing', {}],
  ['The label is billing, I think', 'billing', {}],
  ['Category: not billing', 'not billing', {}],
  ['This is rebilling', undefined, {}],
  ['billing or returns', undefined, {}],
  ['billing, yes, billing', 'billing', {}],
  ['billing or returns', 'billing', { take: 'first' }],
  ['not returns but billing', 'billing', { take: 'last' }],
  ['BILLING', undefined, { ignoreCase: false }],
  ['payment', undefined, {}],
  ['payment', 'billing', { aliases: { billing: ['payment', 'invoice'] } }],
  ['Rückgabe', 'returns', { aliases: { returns: 'rückgabe' } }],
  ['{"label": "returns", "why": "billing"}', 'returns', { path: 'label' }],
  ['{"kind": "returns"}', undefined, { path: 'label' }],
  ['no JSON: returns', undefined, { path: 'label' }],
  [
    'billing? Answer: returns',
    'returns',
    { pattern: 'answer: (\\w+)', flags: 'i' },
  ],
  ['', undefined, {}],
])('reads %j as %j with %j', async (text, wanted, params) => {
  expect(await predicted(text, params)).toBe(wanted);
});

it('counts an answer without a label as wrong, and says so', async () => {
  expect(
    await scored('classification', {
      expected: 'billing',
      text: 'Who knows',
      params: { labels },
    }),
  ).toEqual({
    value: 0,
    parts: { expected: 'billing' },
    failure:
      'Expected the label “billing”, and the answer gives none of the labels: “Who knows”.',
  });
});

const scoresOf = (expected: string, said: string): CaseScore[] =>
  [...expected].map((label, place) => ({
    value: label === said[place] ? 1 : 0,
    parts: {
      expected: label,
      ...(said[place] !== '?' && { predicted: said[place] }),
    },
  }));

const abc: Record<string, Json> = { labels: ['a', 'b', 'c'] };

// scikit-learn 1.2.1 with labels=[a, b, c] and zero_division=0.
it.each<[string, string, Record<string, number>]>([
  [
    'aabbbccccc',
    'abbbccccca',
    {
      ...{ precision: 0.6555555555555556, recall: 0.6555555555555556 },
      ...{ f1: 0.6555555555555556, f1_micro: 0.7, f1_weighted: 0.7 },
      ...{ precision_micro: 0.7, recall_weighted: 0.7 },
      ...{ mcc: 0.5161290322580645, no_label: 0 },
    },
  ],
  [
    'aabbbccccc',
    'abb?ccc?ca',
    {
      ...{ precision: 0.5833333333333334, recall: 0.4777777777777777 },
      ...{ f1: 0.5222222222222221 },
      ...{ precision_micro: 0.625, recall_micro: 0.5 },
      ...{ f1_micro: 0.5555555555555556, precision_weighted: 0.625 },
      ...{ recall_weighted: 0.5, f1_weighted: 0.5533333333333333 },
      ...{ mcc: 0.2993421700446248, no_label: 0.2 },
    },
  ],
  // The example of precision_recall_fscore_support in scikit-learn's documentation.
  [
    'abcabc',
    'acbaab',
    {
      ...{ precision: 0.2222222222222222, recall: 0.3333333333333333 },
      ...{ f1: 0.26666666666666666, f1_micro: 0.3333333333333333 },
      ...{ f1_weighted: 0.26666666666666666 },
    },
  ],
])('measures %s said as %s as scikit-learn does', (expected, said, wanted) => {
  const scores = scoresOf(expected, said);
  for (const [suffix, value] of Object.entries(wanted)) {
    expect(
      `${suffix} ${aggregated('classification', suffix, scores, abc)?.toFixed(
        10,
      )}`,
    ).toBe(`${suffix} ${value.toFixed(10)}`);
  }
});

it('measures one label where it is named, and nothing otherwise', () => {
  const scores = scoresOf('aabb', 'abbb');
  const of = (suffix: string, params: Record<string, Json>) =>
    aggregated('classification', suffix, scores, params);
  const params = { ...abc, positiveLabel: 'b' };
  expect(of('positive_precision', params)).toBeCloseTo(2 / 3, 12);
  expect(of('positive_recall', params)).toBe(1);
  expect(of('positive_f1', params)).toBeCloseTo(4 / 5, 12);
  expect(of('positive_f1', abc)).toBeUndefined();
  expect(of('positive_f1', { ...abc, positiveLabel: 'c' })).toBeUndefined();
});

const correlation = (pairs: LabelPair[]) => {
  const { cells, counts } = cellsOf(pairs);
  return matthews(cells)(counts);
};

it("has Matthews' correlation of scikit-learn's example", () => {
  const pairs = scoresOf('ppp-', 'p-pp').map(
    ({ parts }) => parts as unknown as LabelPair,
  );
  expect(correlation(pairs)).toBeCloseTo(-1 / 3, 12);
  expect(correlation([{ expected: 'a', predicted: 'a' }])).toBe(0);
});

it('does not care for the order of cases, nor for the names of labels', () => {
  const letter = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(letter, letter), { minLength: 1, maxLength: 30 }),
      drawn => {
        const pairs = drawn.map(([expected, said]) => ({
          expected,
          predicted: said,
        }));
        const renamed = drawn
          .map(([expected, said]) => ({
            expected: `${expected}!`,
            predicted: `${said}!`,
          }))
          .reverse();
        for (const averaging of ['macro', 'micro', 'weighted'] as const) {
          const of = (all: LabelPair[]) => {
            const { cells, counts } = cellsOf(all);
            const table = labelTable(cells, [])(counts);
            return averaged(table, 'f1', averaging) ?? -1;
          };
          expect(of(pairs)).toBeCloseTo(of(renamed), 12);
          expect(of(pairs)).toBeGreaterThanOrEqual(0);
          expect(of(pairs)).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(correlation(pairs)).toBeCloseTo(correlation(renamed) ?? -2, 12);
        expect(Math.abs(correlation(pairs) ?? 2)).toBeLessThanOrEqual(
          1 + 1e-12,
        );
      },
    ),
  );
});

it('ends in time on whatever comes', async () => {
  const started = performance.now();
  await predicted(`${'"'.repeat(100_000)}x${'billing '.repeat(20_000)}`);
  expect(performance.now() - started).toBeLessThan(2_000);
});

it('says what is wrong with its parameters and cases', () => {
  const { problem, caseProblem } = scorerOf('classification')!;
  expect(problem?.({})).toBe('params.labels is missing');
  expect(problem?.({ labels: ['a', 'a'] })).toContain('twice');
  expect(problem?.({ labels: ['a'], positiveLabel: 'b' })).toContain("'b'");
  expect(problem?.({ labels: ['a'], aliases: { b: 'c' } })).toContain(
    'params.aliases.b',
  );
  const lacks = (expected: Json) =>
    caseProblem?.({ id: '1', input: '', expected }, abc);
  expect(lacks('d')).toContain("'d' is none of params.labels");
  expect(lacks(['a'])).toBe('expected must be a label');
  expect(lacks('a')).toBeUndefined();
});
