import { logGamma, studentProbability, studentQuantile } from './student';

// Quantiles as tables of Student's distribution have them.
describe('Student’s distribution', () => {
  it.each([
    [-2.262157163, 9, 0.025],
    [1.729132812, 19, 0.95],
    [1, 1, 0.75],
    [-31.82051595, 1, 0.01],
    [0, 7, 0.5],
    [-2.625890521, 100, 0.005],
  ])('stays below %d with %d degrees of freedom', (t, freedom, below) => {
    expect(studentProbability(t, freedom)).toBeCloseTo(below, 6);
    expect(studentQuantile(below, freedom)).toBeCloseTo(t, 5);
  });

  it('has ends', () => {
    expect(studentProbability(-Infinity, 5)).toBe(0);
    expect(studentProbability(Infinity, 5)).toBe(1);
  });

  it('stands on the gamma function', () => {
    expect(logGamma(1)).toBeCloseTo(0, 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 9);
    expect(logGamma(171)).toBeCloseTo(706.5730622457874, 8);
  });
});
