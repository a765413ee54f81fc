import { aspectOf, bayesianAverage } from './bayes';

describe('bayesianAverage', () => {
  const prior = { mean: 3.5, weight: 5 };

  it.each([
    ['nobody rated it', 0, 0, 3.5],
    ['one enthusiast', 1, 5, 3.75],
    ['five enthusiasts', 5, 25, 4.25],
    ['a hundred enthusiasts', 100, 500, 4.929],
    ['one who is disappointed', 1, 1, 3.083],
  ])('%s', (_, count, sum, expected) => {
    expect(bayesianAverage({ count, sum }, prior)).toBeCloseTo(expected, 3);
  });

  it('puts many good reviews before a single perfect one', () => {
    const single = bayesianAverage({ count: 1, sum: 5 }, prior);
    const many = bayesianAverage({ count: 40, sum: 40 * 4.6 }, prior);
    expect(many).toBeGreaterThan(single);
  });

  it('is the plain mean without a prior', () => {
    const none = { mean: 3, weight: 0 };
    expect(bayesianAverage({ count: 4, sum: 18 }, none)).toBe(4.5);
    expect(bayesianAverage({ count: 0, sum: 0 }, none)).toBe(3);
  });

  it('says the plain mean beside it', () => {
    const tally = { count: 3, sum: 13, distribution: [0, 0, 1, 0, 2] };
    expect(aspectOf(tally, prior)).toEqual({
      average: 3.813,
      mean: 4.333,
      count: 3,
      distribution: [0, 0, 1, 0, 2],
    });
  });
});
