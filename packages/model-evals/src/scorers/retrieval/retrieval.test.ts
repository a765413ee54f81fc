import fc from 'fast-check';
import type { Json } from '../../pack/types';
import { scored } from '../__testUtils__/scored';
import {
  averagePrecision,
  exponentialGain,
  hit,
  ndcg,
  precision,
  recall,
  reciprocalRank,
} from './formulas';

/** Documents d1, d2, … in this order, with these grades. */
const graded = (grades: number[], others: number[] = []) => ({
  ranking: grades.map((_, place) => `d${place + 1}`),
  grades: Object.fromEntries(
    [...grades, ...others].map((grade, place) => [`d${place + 1}`, grade]),
  ),
});

describe('nDCG', () => {
  it("is that of Wikipedia's example", () => {
    // Discounted cumulative gain, «Example»: 3, 2, 3, 0, 1, 2; with 3 and 2 unranked.
    expect(ndcg(graded([3, 2, 3, 0, 1, 2], [3, 2]), 6)).toBeCloseTo(0.785, 3);
    expect(ndcg(graded([3, 2, 3, 0, 1, 2]), 6)).toBeCloseTo(0.961, 3);
  });

  it("is that of scikit-learn's examples", () => {
    // ndcg_score([[10, 0, 0, 1, 5]], …) in its documentation; 1.2.1.
    const grades = { a: 10, b: 0, c: 0, d: 1, e: 5 };
    expect(ndcg({ ranking: ['e', 'd', 'c', 'b', 'a'], grades }, 5)).toBeCloseTo(
      0.6956940443813076,
      12,
    );
    const other = { ranking: ['b', 'c', 'd', 'a', 'e'], grades };
    expect(ndcg(other, 5)).toBeCloseTo(0.493680191377376, 12);
    expect(ndcg(other, 4)).toBeCloseTo(0.3520241100634488, 12);
  });

  it('has an exponential gain too', () => {
    // Ranked 1, 3 with grades: (1 + 7/log2 3) / (7 + 1/log2 3).
    expect(ndcg(graded([1, 3]), 2, exponentialGain)).toBeCloseTo(
      (1 + 7 / Math.log2(3)) / (7 + 1 / Math.log2(3)),
      12,
    );
  });
});

it('has precision, recall and average precision of the textbook', () => {
  // Ten documents, relevant ones at ranks 1, 3, 6, 9 and 10; five in all.
  const ranks = [1, 0, 1, 0, 0, 1, 0, 0, 1, 1];
  const it = graded(ranks);
  expect(precision(it, 5)).toBeCloseTo(0.4, 12);
  expect(recall(it, 5)).toBeCloseTo(0.4, 12);
  // Manning, Raghavan and Schütze's slides: (1.0 + .67 + .5 + .44 + .5) / 5 = .62
  expect(averagePrecision(it, 10)).toBeCloseTo(0.62, 2);
  expect(averagePrecision(graded(ranks, [1, 1, 1, 1, 1]), 10)).toBeCloseTo(
    0.31,
    2,
  );
  // scikit-learn's average_precision_score([0,0,1,1], [.1,.4,.35,.8]).
  expect(averagePrecision(graded([1, 0, 1, 0]), 4)).toBeCloseTo(
    0.8333333333333333,
    12,
  );
});

it("has Wikipedia's example of the reciprocal rank", () => {
  const ranks = [graded([0, 0, 1]), graded([0, 1, 0]), graded([1, 0, 0])].map(
    it => reciprocalRank(it, 3),
  );
  expect(ranks.reduce((sum, it) => sum + it, 0) / 3).toBeCloseTo(11 / 18, 12);
  expect(reciprocalRank(graded([0, 0, 1]), 2)).toBe(0);
  expect(hit(graded([0, 0, 1]), 2)).toBe(0);
  expect(hit(graded([0, 0, 1]), 3)).toBe(1);
});

const value = async (
  params: Record<string, Json>,
  answer: { ranking?: string[]; text?: string },
) =>
  (
    await scored('retrieval', {
      relevant: { a: 2, b: 1 },
      params,
      answer,
    })
  ).value;

it.each<[string, { ranking?: string[]; text?: string }, number]>([
  ['recall', { ranking: ['a', 'x', 'b'] }, 1],
  ['precision', { ranking: ['a', 'x'] }, 0.1],
  ['mrr', { ranking: ['x', 'x', 'a'] }, 0.5],
  ['mrr', { text: '["x", "a"]' }, 0.5],
  ['mrr', { text: '{"ids": ["x", "a"]}' }, 0.5],
  ['mrr', { text: 'x, a' }, 0.5],
  ['mrr', { text: '1. x\n2. a\n' }, 0.5],
  ['mrr', { text: '- [a]\n- [x]' }, 1],
  ['map', { text: '' }, 0],
  ['hit', { ranking: ['constructor', 'b'] }, 1],
])('%s of %j', async (metric, answer, wanted) => {
  expect(await value({ metric }, answer)).toBeCloseTo(wanted, 12);
});

it('names what was not found', async () => {
  expect(
    await scored('retrieval', {
      relevant: { a: 1 },
      params: { k: 3 },
      answer: { ranking: ['x', 'y', 'z', 'a'] },
    }),
  ).toEqual({
    value: 0,
    failure: 'None of the relevant documents (a) is among the first 3.',
  });
});

it('is between 0 and 1, the best ranking has 1, and a better place is never worse', () => {
  const grades = fc.array(fc.nat(3), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(grades, fc.integer({ min: 1, max: 8 }), (drawn, k) => {
      fc.pre(drawn.some(grade => grade > 0));
      const it = graded(drawn);
      const best = [...it.ranking].sort((a, b) => it.grades[b] - it.grades[a]);
      for (const measure of [
        ndcg,
        recall,
        precision,
        reciprocalRank,
        averagePrecision,
        hit,
      ]) {
        const found = measure(it, k);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1 + 1e-12);
        expect(measure({ ...it, ranking: best }, k)).toBeGreaterThanOrEqual(
          found - 1e-12,
        );
      }
      expect(ndcg({ ...it, ranking: best }, k)).toBeCloseTo(1, 12);
    }),
  );
});
