import type { EvaluationCase } from '../pack/types';
import { askedMetrics, chooseSlices } from './chooseSlices';

/** Each of so many customers has two cases; of three languages one has most. */
const cases: EvaluationCase[] = Array.from({ length: 400 }, (_, n) => ({
  id: `c${n}`,
  input: 'x',
  slices: {
    customer: String(n % 200).padStart(3, '0'),
    language: n % 10 === 0 ? 'de' : 'en',
  },
}));

it('takes the largest, and has them in the order of their names', () => {
  const slices = [...chooseSlices({ criteria: [] }, cases, 3)];
  expect(slices).toHaveLength(100);
  expect(slices.at(-1)?.[0]).toBe('language=en');
  expect(slices.at(-2)).toEqual([
    'language=de',
    cases.flatMap((_, n) => (n % 10 === 0 ? [n] : [])),
  ]);
});

it('never leaves out what criteria and fairness ask for', () => {
  const criteria = [{ metric: 'f1', slice: 'customer=199', atLeast: 1 }];
  const fairness = { attributes: ['language'], metric: 'label.f1' };
  // There is room for three.
  const slices = chooseSlices({ criteria, fairness }, cases, 1_600);
  expect([...slices.keys()]).toEqual([
    'customer=199',
    'language=de',
    'language=en',
  ]);
  expect(askedMetrics({ criteria, fairness })).toEqual(
    new Set(['f1', 'label.f1']),
  );
});
