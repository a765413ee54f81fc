import { bootstrapInterval, meanInterval } from './bootstrap';
import { randomOf } from './random';

const random = randomOf(42);
const normal = () =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
const many = (count: number, draw: () => number) =>
  Array.from({ length: count }, draw);
const mean = (values: number[]) =>
  values.reduce((sum, it) => sum + it, 0) / values.length;

/** How often the interval of new samples holds the truth. */
function coverage(
  draw: () => number,
  truth: number,
  count: number,
  interval: (values: number[], seed: number) => [number, number] | undefined,
): number {
  let held = 0;
  const rounds = 200;
  for (let round = 0; round < rounds; round++) {
    const found = interval(many(count, draw), round);
    if (found && found[0] <= truth && truth <= found[1]) held += 1;
  }
  return held / rounds;
}

describe('the interval of a mean', () => {
  const ratio = { range: [0, 1] as [number, number] };

  it('of zeros and ones is that of a share', () => {
    const values = [...many(45, () => 1), ...many(5, () => 0)];
    const [low, high] = meanInterval(values, ratio)!;
    // Wilson's of 45 in 50.
    expect(low).toBeCloseTo(0.7864, 4);
    expect(high).toBeCloseTo(0.9565, 4);
  });

  it('is about Student’s where values are about normal', () => {
    // 2.093 is the quantile of 19 degrees of freedom.
    const values = many(20, (): number => 0).map((_, i) =>
      Math.round(100 * Math.sin(i * 7)),
    );
    const m = mean(values);
    const sd = Math.sqrt(
      values.reduce((sum, it) => sum + (it - m) ** 2, 0) / 19,
    );
    const half = (2.093 * sd) / Math.sqrt(20);
    const [low, high] = meanInterval(values)!;
    expect((m - low) / half).toBeGreaterThan(0.9);
    expect((m - low) / half).toBeLessThan(1.15);
    expect((high - m) / half).toBeGreaterThan(0.9);
    expect((high - m) / half).toBeLessThan(1.15);
  });

  it('leaves doubt where all values are the same', () => {
    const same = many(20, () => 0.8);
    const [low, high] = meanInterval(same, ratio)!;
    expect(low).toBeCloseTo(0.8 - 0.1611 * 0.8, 3);
    expect(high).toBeCloseTo(0.8 + 0.1611 * 0.2, 3);
    expect(meanInterval(same)).toBeUndefined();
    expect(
      meanInterval(
        many(30, () => 1),
        ratio,
      ),
    ).toEqual([expect.closeTo(0.8865, 3), 1]);
  });

  it('is none of no value, and of one without a range', () => {
    expect(meanInterval([])).toBeUndefined();
    expect(meanInterval([3])).toBeUndefined();
    const [low, high] = meanInterval([0.5], ratio)!;
    expect(high - low).toBeGreaterThan(0.7);
  });

  it('is the same for the same seed', () => {
    const values = many(30, random);
    expect(meanInterval(values, { seed: 5 })).toEqual(
      meanInterval(values, { seed: 5 }),
    );
    expect(meanInterval(values, { seed: 5 })).not.toEqual(
      meanInterval(values, { seed: 6 }),
    );
  });

  it('does not break on values outside the range that was said', () => {
    const [low, high] = meanInterval([-1, 0.5, 2, 3], ratio)!;
    expect(low).toBeLessThan(1.125);
    expect(high).toBeGreaterThan(1.125);
  });

  it.each([
    ['lopsided ones', () => Math.exp(0.5 * normal()), Math.exp(0.125), 20, {}],
    [
      'shares of which most are 1',
      () => (random() < 0.95 ? 1 : random()),
      0.975,
      20,
      ratio,
    ],
    [
      'shares that are often 0 or 1',
      () => {
        const kind = random();
        if (kind < 0.6) return 1;
        return kind < 0.75 ? 0 : random();
      },
      0.725,
      50,
      ratio,
    ],
  ])('covers %s', (_, draw, truth, count, options) => {
    const held = coverage(draw, truth, count, (values, seed) =>
      meanInterval(values, { ...options, seed, resamples: 200 }),
    );
    expect(held).toBeGreaterThan(0.89);
  });
});

describe('the interval of any statistic', () => {
  it('of a mean is about that of the mean', () => {
    const values = many(60, normal);
    const [low, high] = bootstrapInterval(values, mean)!;
    const [likeLow, likeHigh] = meanInterval(values)!;
    expect(low).toBeCloseTo(likeLow, 1);
    expect(high).toBeCloseTo(likeHigh, 1);
  });

  it('covers a variance better than plain percentiles do', () => {
    const variance = (values: number[]) => {
      const m = mean(values);
      return mean(values.map(it => (it - m) ** 2)) * (30 / 29);
    };
    const held = coverage(normal, 1, 30, (values, seed) =>
      bootstrapInterval(values, variance, { seed, resamples: 200 }),
    );
    // Percentiles hold about 87 of 100 here.
    expect(held).toBeGreaterThan(0.86);
    expect(held).toBeLessThan(0.99);
  });

  it('skips samples that say nothing', () => {
    const hits = [true, ...many(9, () => 0).map(() => false)];
    const precision = (items: boolean[]) => {
      const found = items.filter(Boolean).length;
      return found === 0 ? undefined : found / items.length;
    };
    expect(bootstrapInterval(hits, precision)).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(bootstrapInterval([1, 2], () => undefined)).toBeUndefined();
  });

  it('leaves doubt where every sample says the same', () => {
    const right = many(20, () => 1);
    expect(bootstrapInterval(right, mean)).toBeUndefined();
    const [low, high] = bootstrapInterval(right, mean, { range: [0, 1] })!;
    expect(low).toBeCloseTo(0.8389, 3);
    expect(high).toBe(1);
  });
});
