import { barsText } from './BarsFigure';
import { heatGrid, heatLevel, heatMapText } from './heat';
import { placeLabels, snap } from './pictures/labels';
import { type TimeSeries, timeSeriesText } from './series';
import { sparklinePath } from './Sparkline';
import { periodText, shortPeriodText, spanText } from './times';
import {
  countUnit,
  durationText,
  durationUnit,
  moneyText,
  moneyUnit,
  percentText,
} from './units';

const calls = countUnit('call', 'calls');

describe('units', () => {
  it.each([
    [12.4, 'EUR', '€12.40'],
    [1234.567, 'USD', '$1,234.57'],
    [0.00007514, 'USD', '$0.0000751'],
    [5, 'ZZ', '5.00 ZZ'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(moneyText(amount, currency)).toBe(text);
  });

  it.each([
    [0, '0 %'],
    [0.00123, '0.12 %'],
    [0.0456, '4.6 %'],
    [0.456, '46 %'],
    [0.9987, '99.87 %'],
    [1, '100 %'],
    [-0.125, '-13 %'],
  ])('the share %s is %s', (share, text) => {
    expect(percentText(share)).toBe(text);
  });

  it.each([
    [0.5, '0.5 ms'],
    [240.4, '240 ms'],
    [1240, '1.24 s'],
    [180_000, '3 min'],
  ])('%s ms are %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('count, and shorten on axes', () => {
    expect([
      calls.text(1),
      calls.text(12_400),
      calls.short(12_430),
      moneyUnit('EUR').short(12_430),
      moneyUnit('EUR').short(0.25),
      moneyUnit('ZZ').short(12_430),
    ]).toEqual([
      '1 call',
      '12,400 calls',
      '12.4k',
      '€12.4k',
      '€0.25',
      '12.4k ZZ',
    ]);
  });
});

describe('times', () => {
  it.each([
    ['2026-11-22', 'day', '22 November 2026', '22 Nov'],
    ['2026-11', 'month', 'November 2026', 'Nov 26'],
    ['2026-11-22', 'week', 'week of 22 November 2026', '22 Nov'],
    // What is still the 22nd in New York is the 23rd in UTC.
    ['2026-11-22T22:00:00-05:00', 'day', '23 November 2026', '23 Nov'],
    ['nonsense', 'day', 'nonsense', 'nonsense'],
  ] as const)('%s by %s', (at, step, long, short) => {
    expect([periodText(at, step), shortPeriodText(at, step)]).toEqual([
      long,
      short,
    ]);
  });

  it.each([
    ['2026-11-01', '2026-11-28', 'from 1 to 28 November 2026'],
    ['2026-10-30', '2026-11-28', 'from 30 October to 28 November 2026'],
    ['2025-12-30', '2026-01-02', 'from 30 December 2025 to 2 January 2026'],
    ['2025-11-01', '2026-11-01', 'from 1 November 2025 to 1 November 2026'],
    ['2026-11-01', '2026-11-01', 'in 1 November 2026'],
  ])('%s to %s', (from, to, text) => {
    expect(spanText(from, to, 'day')).toBe(text);
  });
});

describe('what a picture shows', () => {
  const given: TimeSeries = {
    series: [
      { id: 'calls', label: 'Calls' },
      { id: 'errors', label: 'Errors' },
    ],
    points: [
      { at: '2026-11-01', values: { calls: 10, errors: 0 } },
      { at: '2026-11-02', values: { calls: 30 } },
      { at: '2026-11-03', values: { calls: 20, errors: 0 } },
    ],
    step: 'day',
    unit: calls,
    lines: [{ label: 'Objective', value: 25 }],
  };

  it('is said of what adds up', () => {
    expect(timeSeriesText(given)).toBe(
      'By day from 1 to 3 November 2026, UTC. Calls: 60 calls in all, most 30 calls (2 November 2026). Errors: 0 calls every day. Objective: 25 calls.',
    );
  });

  it('is said of what does not', () => {
    expect(
      timeSeriesText({ ...given, unit: durationUnit, lines: [] }),
    ).toContain('Calls: between 10 ms and 30 ms, last 20 ms.');
    expect(timeSeriesText({ ...given, cumulative: true })).toContain(
      'Calls: 20 calls by 3 November 2026.',
    );
  });

  it('leaves what is reckoned to the table, and says when there is nothing', () => {
    expect(
      timeSeriesText({
        ...given,
        series: [given.series[0], { ...given.series[1], reckoned: true }],
      }),
    ).not.toContain('Errors');
    expect(timeSeriesText({ ...given, points: [] })).toBe(
      'Nothing to show in this time.',
    );
  });

  it('is said of bars', () => {
    const bars = [
      { id: 'a', label: 'Checkout', value: 30 },
      { id: 'b', label: 'Search', value: 10 },
    ];
    expect(barsText(bars, calls)).toBe(
      'Most: Checkout with 30 calls, 75 % of 40 calls.',
    );
    expect(barsText(bars, durationUnit)).toBe('Most: Checkout with 30 ms.');
  });

  it('is said of weeks', () => {
    const cells = [
      { weekday: 2, hour: 9, value: 6 },
      { weekday: 7, hour: 23, value: 2 },
    ];
    expect(heatMapText(cells, calls)).toBe(
      'Most on Tuesdays from 09–10 o’clock UTC: 6 calls. 75 % from Monday to Friday.',
    );
    const grid = heatGrid(cells);
    expect([grid[1][9], grid[6][23], grid[0][0]]).toEqual([6, 2, 0]);
    expect([0, 1, 3, 6].map(value => heatLevel(value, 6))).toEqual([
      -1, 0, 2, 4,
    ]);
  });
});

describe('where things are drawn', () => {
  it('labels do not cover each other and stay inside', () => {
    const room = { top: 0, bottom: 100, height: 15 };
    const place = (...heights: number[]) =>
      placeLabels(
        heights.map((y, index) => ({ id: String(index), y })),
        room,
      ).map(({ id, y }) => `${id}@${y}`);
    expect(place(50, 10)).toEqual(['1@10', '0@50']);
    expect(place(50, 52, 54)).toEqual(['0@50', '1@65', '2@80']);
    expect(place(98, 99)).toEqual(['0@85', '1@100']);
  });

  it('times end at points that are there', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
    expect(snap(days, '2026-10-20', '2026-11-02')).toEqual([
      '2026-11-01',
      '2026-11-02',
    ]);
    expect(snap(days, '2026-11-02T10:00:00Z', '2026-11-03T11:00:00Z')).toEqual([
      '2026-11-02',
      '2026-11-03',
    ]);
    expect(snap(days, '2026-12-01', '2026-12-02')).toBeUndefined();
  });

  it('a small line begins at zero and breaks where nothing is known', () => {
    expect(sparklinePath([0, 10], 26, 26)).toBe('M3.0,23.0L23.0,3.0');
    expect(sparklinePath([5, undefined, 5], 26, 26)).toBe('M3.0,3.0M23.0,3.0');
  });
});
