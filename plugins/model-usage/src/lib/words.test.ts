import { callsText } from './money';
import { isMonth, lastMonths, monthText, shortMonthText } from './months';

describe('amounts', () => {
  it('counts calls', () => {
    expect([callsText(1), callsText(12_400)]).toEqual([
      '1 call',
      '12,400 calls',
    ]);
  });
});

describe('months', () => {
  it('are told in words', () => {
    expect([monthText('2026-11'), shortMonthText('2026-01')]).toEqual([
      'November 2026',
      'Jan',
    ]);
  });

  it('are those of UTC, the newest first', () => {
    expect(lastMonths(new Date('2026-01-31T23:30:00-05:00'), 3)).toEqual([
      '2026-02',
      '2026-01',
      '2025-12',
    ]);
  });

  it.each([
    ['2026-11', true],
    ['2026-13', false],
    ['november', false],
    [undefined, false],
  ])('%s: %s', (text, expected) => {
    expect(isMonth(text)).toBe(expected);
  });
});
