import { forecastOf } from './forecast';

describe('the forecast of a month', () => {
  it.each([
    ['on the first day', '2026-11', '2026-11-01T23:59:59.999Z', undefined],
    [
      'after a day',
      '2026-11',
      '2026-11-02T00:00:00.000Z',
      expect.closeTo(300, 3),
    ],
    [
      'in the middle',
      '2026-11',
      '2026-11-16T00:00:00.000Z',
      expect.closeTo(20, 3),
    ],
    [
      'with 28 days',
      '2027-02',
      '2027-02-15T00:00:00.000Z',
      expect.closeTo(20, 3),
    ],
    [
      'over the turn of a year',
      '2026-12',
      '2026-12-31T12:00:00.000Z',
      expect.closeTo(10.164, 3),
    ],
    [
      'for a month that is over',
      '2026-10',
      '2026-11-16T00:00:00.000Z',
      expect.closeTo(10, 3),
    ],
    ['for a month to come', '2026-12', '2026-11-16T00:00:00.000Z', undefined],
  ])('%s', (_, month, now, expected) => {
    expect(forecastOf(10, month, new Date(now))).toEqual(expected);
  });
});
