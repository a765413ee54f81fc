import { coarsest, lastDay, periodsIn, presentRange, rangesOf } from './days';

const options = {
  now: new Date('2026-11-21T12:00:00Z'),
  mostDays: 400,
  daysKept: 1095,
};

const text = (range: { from: Date; to: Date; level: string }) =>
  `${range.from.toISOString().slice(0, 10)}…${lastDay(range)} ${range.level}`;

describe('a range', () => {
  it.each([
    [{}, '2026-10-25…2026-11-21 day', '2026-09-27…2026-10-24 day'],
    [
      { from: '2026-11-01', to: '2026-11-30' },
      '2026-11-01…2026-11-30 day',
      '2026-10-02…2026-10-31 day',
    ],
    [
      { from: '2026-11-21' },
      '2026-11-21…2026-11-21 day',
      '2026-11-20…2026-11-20 day',
    ],
    [
      { to: '2026-03-01' },
      '2026-02-02…2026-03-01 day',
      '2026-01-05…2026-02-01 day',
    ],
    [
      { from: '2025-01-15', to: '2026-11-21' },
      '2025-01-01…2026-11-30 month',
      '2023-02-01…2024-12-31 month',
    ],
    [
      { from: '2023-02-10', to: '2023-03-09' },
      '2023-02-01…2023-03-31 month',
      '2022-12-01…2023-01-31 month',
    ],
  ])('%j is %s, after %s', (query, range, previous) => {
    const ranges = rangesOf(query, options);
    expect(text(ranges.range)).toBe(range);
    expect(text(ranges.previous)).toBe(previous);
  });

  it.each([
    { from: '2026-02-30' },
    { from: '2026-13-01' },
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '1990-01-01' },
  ])('is not %j', query => {
    expect(() => rangesOf(query, options)).toThrow(/day|range/);
  });

  it('has each of its periods once', () => {
    const { range } = rangesOf(
      { from: '2026-02-27', to: '2026-03-01' },
      options,
    );
    expect(periodsIn(range)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    const months = rangesOf({ from: '2024-12-31', to: '2026-11-21' }, options);
    expect(periodsIn(months.range)).toHaveLength(24);
  });

  it.each([
    [
      '2026-01-15',
      '2026-04-10',
      [
        '2026-01-15…2026-01-31 day',
        '2026-02-01…2026-03-31 month',
        '2026-04-01…2026-04-10 day',
      ],
    ],
    ['2026-02-01', '2026-02-28', ['2026-02-01…2026-02-28 month']],
    ['2026-02-02', '2026-02-28', ['2026-02-02…2026-02-28 day']],
    [
      '2026-01-31',
      '2026-02-28',
      ['2026-01-31…2026-01-31 day', '2026-02-01…2026-02-28 month'],
    ],
    ['2026-02-10', '2026-03-10', ['2026-02-10…2026-03-10 day']],
    ['2024-01-10', '2026-03-10', ['2024-01-01…2026-03-31 month']],
  ])('from %s to %s is added up of %j', (from, to, parts) => {
    const { range } = rangesOf({ from, to }, options);
    expect(coarsest(range).map(text)).toEqual(parts);
  });

  it('is complete when its last day is over', () => {
    const { now } = options;
    const of = (to: string) =>
      presentRange(rangesOf({ from: '2026-11-01', to }, options).range, {
        now,
      });
    expect(of('2026-11-20').complete).toBe(true);
    expect(of('2026-11-21').complete).toBe(false);
  });
});
