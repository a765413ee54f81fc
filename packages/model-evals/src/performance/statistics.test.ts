import { randomOf } from '../statistics/random';
import { estimate, share } from './statistics';

const options = { confidence: 0.95, resamples: 200, seed: 7 };
const each = (values: number[]) => values.map(value => [value]);
const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1);
const byStatistic = (groups: number[][], changes = {}) =>
  Object.fromEntries(
    estimate(groups, { ...options, ...changes }).map(it => [it.statistic, it]),
  );

describe('percentiles', () => {
  it('are the smallest value that so large a share does not exceed', () => {
    const found = byStatistic(each(upTo(100).reverse()));
    expect(found.p50.value).toBe(50);
    expect(found.p90.value).toBe(90);
    expect(found.p95.value).toBe(95);
    expect(found.p99.value).toBe(99);
    expect(found.mean.value).toBe(50.5);
    expect(found.max).toEqual({ statistic: 'max', value: 100, samples: 100 });
  });

  it.each([
    [1, ['p50', 'mean', 'max']],
    [10, ['p50', 'p90', 'mean', 'max']],
    [20, ['p50', 'p90', 'p95', 'mean', 'max']],
    [99, ['p50', 'p90', 'p95', 'mean', 'max']],
    [100, ['p50', 'p90', 'p95', 'p99', 'mean', 'max']],
  ])('of %d values are only those that they can tell', (count, statistics) => {
    expect(Object.keys(byStatistic(each(upTo(count))))).toEqual(statistics);
  });

  it('are none of nothing', () => {
    expect(estimate([], options)).toEqual([]);
    expect(estimate([[], []], options)).toEqual([]);
  });
});

describe('intervals', () => {
  it('are the same for the same seed, and hold the value', () => {
    const random = randomOf(3);
    const groups = each(upTo(80).map(() => random() * 100));
    const one = byStatistic(groups);
    expect(byStatistic(groups)).toEqual(one);
    expect(byStatistic(groups, { seed: 8 })).not.toEqual(one);
    for (const { value, interval } of [one.p50, one.p95, one.mean]) {
      const [low, high] = interval ?? [NaN, NaN];
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  it('cover the true mean about as often as they say', () => {
    const random = randomOf(11);
    let hits = 0;
    for (let round = 0; round < 100; round++) {
      const groups = each(upTo(40).map(() => random()));
      const [low, high] = byStatistic(groups, { seed: round }).mean.interval!;
      if (low <= 0.5 && high >= 0.5) hits += 1;
    }
    expect(hits / 100).toBeGreaterThan(0.87);
    expect(hits / 100).toBeLessThan(1);
  });

  it('get narrower with more requests, and wider with less doubt', () => {
    const random = randomOf(5);
    const many = each(upTo(400).map(() => random()));
    const width = (groups: number[][], changes = {}) => {
      const [low, high] = byStatistic(groups, changes).mean.interval!;
      return high - low;
    };
    expect(width(many)).toBeLessThan(width(many.slice(0, 25)) / 2);
    expect(width(many, { confidence: 0.99 })).toBeGreaterThan(width(many));
  });

  it('take the gaps of one answer as one piece of news', () => {
    const fast = Array.from({ length: 50 }, () => 10);
    const slow = Array.from({ length: 50 }, () => 30);
    const { mean } = byStatistic([fast, slow, fast, slow]);
    // As if there were 200 gaps, it would be 19 to 21.
    expect(mean.interval).toEqual([10, 30]);
  });

  it('are none of a single request', () => {
    expect(byStatistic([[1, 2, 3]]).mean.interval).toBeUndefined();
  });
});

describe('shares', () => {
  // Wilson's interval for 95 %, by R: binom::binom.wilson.
  it.each([
    [0, 50, 0, 0.0714],
    [5, 50, 0.0435, 0.2136],
    [50, 50, 0.9286, 1],
  ])('%d of %d', (hits, samples, low, high) => {
    const { value, interval } = share(hits, samples, 0.95);
    expect(value).toBe(hits / samples);
    expect(interval![0]).toBeCloseTo(low, 3);
    expect(interval![1]).toBeCloseTo(high, 3);
  });
});
