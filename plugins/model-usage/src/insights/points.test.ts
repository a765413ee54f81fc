import type {
  InsightPeriod,
  InsightSums,
  InsightTrend,
} from '@modelhub/backstage-plugin-models-common';
import { sums } from '../__testUtils__/insights';
import {
  costPoints,
  currenciesOf,
  durationPoints,
  outcomePoints,
  outcomesIn,
} from './points';
import { addDays, daysBetween, isDay, rangeOf, rangeProblem } from './range';
import {
  type Before,
  changeText,
  costsText,
  declinedShare,
  errorShare,
  pointsText,
  trendText,
} from './words';

// What is still the 21st in New York.
const NOW = new Date('2026-11-21T22:00:00-05:00');

describe('ranges', () => {
  it.each([
    [{}, '2026-10-26', '2026-11-22', 28, '28'],
    [{ range: '7' }, '2026-11-16', '2026-11-22', 7, '7'],
    [{ range: '365' }, '2025-11-23', '2026-11-22', 365, '365'],
    [
      { range: 'custom', from: '2026-01-31', to: '2026-02-01' },
      '2026-01-31',
      '2026-02-01',
      2,
      'custom',
    ],
    // What cannot be is the usual.
    [{ range: '12' }, '2026-10-26', '2026-11-22', 28, '28'],
    [{ range: 'custom' }, '2026-10-26', '2026-11-22', 28, '28'],
    [
      { range: 'custom', from: '2026-02-30', to: '2026-03-01' },
      '2026-10-26',
      '2026-11-22',
      28,
      '28',
    ],
    [
      { range: 'custom', from: '2026-03-02', to: '2026-03-01' },
      '2026-10-26',
      '2026-11-22',
      28,
      '28',
    ],
  ])('%j', (asked, from, to, days, choice) => {
    expect(rangeOf(asked, NOW)).toEqual({ from, to, days, choice });
  });

  it('count over the change of clocks', () => {
    expect(daysBetween('2026-03-01', '2026-03-31')).toBe(31);
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect([isDay('2028-02-29'), isDay('2026-02-29')]).toEqual([true, false]);
  });

  it.each([
    ['2026-11-01', '2026-11-02', undefined],
    ['', '2026-11-02', 'Give both days.'],
    ['2026-11-03', '2026-11-02', 'The first day is after the last one.'],
    ['2026-11-23', '2026-11-24', 'These days are still to come.'],
  ])('from %s to %s: %s', (from, to, problem) => {
    expect(rangeProblem(from, to, NOW)).toBe(problem);
  });
});

describe('comparisons', () => {
  const before: Before = { known: true, length: 28, unit: 'day' };
  it.each([
    [112, 100, '12 % more than in the 28 days before'],
    [50, 100, '50 % less than in the 28 days before'],
    [100, 100, 'As in the 28 days before'],
    [1004, 1000, 'As in the 28 days before'],
    [3500, 1000, '3.5 times the 28 days before'],
    [10, 0, 'None in the 28 days before'],
    [0, 0, 'As in the 28 days before'],
    [0, 10, '100 % less than in the 28 days before'],
  ])('%s after %s: %s', (now, then, text) => {
    expect(changeText(now, then, before)).toBe(text);
  });

  it('are not made with what is not known', () => {
    const unknown = { ...before, known: false };
    expect(changeText(1, 0, unknown)).toBe(
      'Nothing from before to compare with',
    );
    expect(pointsText(0.1, 0.2, unknown)).toBe(
      'Nothing from before to compare with',
    );
  });

  it('of shares are in points', () => {
    expect(pointsText(0.032, 0.02, before)).toBe(
      '1.2 points higher than in the 28 days before',
    );
    expect(pointsText(0.02, 0.02, before)).toBe('As in the 28 days before');
  });

  it.each<[Partial<InsightTrend>, string]>([
    [
      { direction: 'rising', change: 0.12, low: 0.05, high: 0.2 },
      'Rising over 28 days: +12 % (between +5 % and +20 %)',
    ],
    [{ direction: 'declining', change: -0.3 }, 'Declining over 28 days: −30 %'],
    [
      { direction: 'unknown', reason: 'Too few calls.' },
      'Over 28 days not known: Too few calls.',
    ],
  ])('trend %j', (trend, text) => {
    expect(trendText({ days: 28, direction: 'stable', ...trend })).toBe(text);
  });
});

describe('what became of calls', () => {
  const busy: InsightSums = sums({
    calls: 100,
    refused: 10,
    cached: 5,
    unavailable: 1,
    clientErrors: 2,
    throttled: 3,
    serverErrors: 4,
    declined: 15,
    costs: [
      { currency: 'EUR', amount: 1.5 },
      { currency: 'USD', amount: 2 },
    ],
  });
  const periods: InsightPeriod[] = [
    {
      date: '2026-11-01',
      sums: busy,
      latency: { count: 75, mean: 200, p50: 180, p95: 400, p99: 900 },
    },
    { date: '2026-11-02', sums: sums({}) },
  ];

  it('adds up to all calls', () => {
    const points = outcomePoints(periods);
    expect(
      Object.values(points[0].values).reduce<number>(
        (sum, value) => sum + (value ?? 0),
        0,
      ),
    ).toBe(100);
    expect(points[0].values).toEqual({
      answered: 80,
      refused: 10,
      failed: 5,
      throttled: 3,
      clientErrors: 2,
    });
    expect(outcomesIn(points.slice(1)).map(({ id }) => id)).toEqual([
      'answered',
    ]);
  });

  it('has shares of what went through, and none of nothing', () => {
    expect(errorShare(busy)).toBeCloseTo(10 / 90);
    expect(declinedShare(busy)).toBeCloseTo(15 / 75);
    expect(errorShare(sums({ calls: 3, refused: 3 }))).toBeUndefined();
    expect(declinedShare(sums({}))).toBeUndefined();
  });

  it('costs what it costs in each currency', () => {
    expect(currenciesOf(periods)).toEqual(['EUR', 'USD']);
    expect(costPoints(periods, 'USD').map(({ values }) => values.cost)).toEqual(
      [2, 0],
    );
    expect(costsText(busy.costs)).toBe('€1.50 and $2.00');
    expect(costsText([])).toBe('Nothing');
  });

  it('takes a time that is known where it was measured', () => {
    expect(
      durationPoints(periods, 'latency').map(({ values }) => values.p95),
    ).toEqual([400, undefined]);
  });
});
