import fc from 'fast-check';
import { classification } from '../scorers/classification/classification';
import type { LabelPair } from '../scorers/classification/confusion';
import type { CaseScore } from '../scorers/types';
import { bootstrapInterval, countedIntervals } from './bootstrap';

/** Straight from the definitions: what is counted fast has to say the same. */
function slow(suffix: string, pairs: LabelPair[], labels: string[]) {
  const size = (of: (it: LabelPair) => boolean) => pairs.filter(of).length;
  const counts = [...labels].sort().map(label => ({
    support: size(it => it.expected === label),
    said: size(it => it.predicted === label),
    right: size(it => it.expected === label && it.predicted === label),
  }));
  if (suffix === 'mcc') {
    const all = [...labels, undefined];
    const is = (side: 'expected' | 'predicted') =>
      all.map(label => size(it => it[side] === label));
    const [expected, said] = [is('expected'), is('predicted')];
    const sum = (of: (index: number) => number) =>
      all.reduce((total, _, index) => total + of(index), 0);
    const below = Math.sqrt(
      (pairs.length ** 2 - sum(i => expected[i] ** 2)) *
        (pairs.length ** 2 - sum(i => said[i] ** 2)),
    );
    const right = size(it => it.expected === it.predicted);
    return below === 0
      ? 0
      : (right * pairs.length - sum(i => expected[i] * said[i])) / below;
  }
  if (suffix === 'no_label') {
    return size(it => it.predicted === undefined) / pairs.length;
  }
  const seen = counts.filter(it => it.support + it.said > 0);
  const f1 = (it: (typeof counts)[number]) =>
    (2 * it.right) / (it.said + it.support);
  return seen.reduce((total, it) => total + f1(it), 0) / seen.length;
}

const labels = ['c', 'a', 'b'];
const drawn = fc.array(
  fc.tuple(
    fc.constantFrom(...labels),
    fc.constantFrom(...labels, undefined),
    // Some cases have a value and no labels.
    fc.integer({ min: 0, max: 9 }),
  ),
  { minLength: 1, maxLength: 25 },
);

const scoresOf = (
  cases: Array<[string, string | undefined, number]>,
): CaseScore[] =>
  cases.map(([expected, predicted, luck]) => ({
    value: expected === predicted ? 1 : 0,
    ...(luck > 0 && {
      parts: { expected, ...(predicted !== undefined && { predicted }) },
    }),
  }));

it.each(['f1', 'mcc', 'no_label'])(
  '%s of counts is what its definition says',
  suffix => {
    const { of } = classification.aggregates!.find(it => it.suffix === suffix)!;
    fc.assert(
      fc.property(drawn, cases => {
        const pairs = cases
          .filter(([, , luck]) => luck > 0)
          .map(([expected, predicted]) => ({ expected, predicted }));
        fc.pre(pairs.length > 0);
        expect(of(scoresOf(cases), { labels })).toBe(
          slow(suffix, pairs, labels),
        );
      }),
    );
  },
);

it('every interval of counts is, to the last digit, the one of samples that are read anew', () => {
  fc.assert(
    fc.property(
      drawn,
      fc.integer(),
      fc.constantFrom(labels, []),
      (cases, seed, named) => {
        const scores = scoresOf(cases);
        const params = { labels: named, positiveLabel: 'a' };
        const options = {
          resamples: 200,
          seed,
          range: [0, 1] as [number, number],
        };
        for (const { suffix, of, counted } of classification.aggregates!) {
          const slowly = bootstrapInterval(
            scores,
            sample => of(sample, params),
            { ...options, confidence: 0.9 },
          );
          const fast = countedIntervals(counted!(scores, params), options);
          expect([suffix, fast(0.9)]).toEqual([suffix, slowly]);
        }
      },
    ),
    { numRuns: 25 },
  );
});
