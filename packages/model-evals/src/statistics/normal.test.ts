import { normalProbability, normalQuantile } from './normal';

// As tables of the normal distribution have it.
const TABLE: Array<[number, number]> = [
  [1e-10, -6.361340902],
  [0.001, -3.090232306],
  [0.02, -2.053748911],
  [0.05, -1.644853627],
  [0.3, -0.524400513],
  [0.5, 0],
  [0.975, 1.959963985],
  [0.995, 2.575829304],
  [0.9999, 3.719016485],
];

describe('the normal distribution', () => {
  it.each(TABLE)('stays below so often: %d', (below, z) => {
    expect(normalQuantile(below)).toBeCloseTo(z, 7);
    expect(normalProbability(z) / below).toBeCloseTo(1, 7);
  });

  it('has no end', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalProbability(-40)).toBe(0);
    expect(normalProbability(40)).toBe(1);
    expect(normalProbability(-8)).toBeCloseTo(6.22096e-16, 20);
  });
});
