import { callsText, moneyText } from './money';
import { isMonth, lastMonths, monthText, shortMonthText } from './months';

describe('amounts', () => {
  it.each([
    [12.4, 'EUR', '€12.40'],
    [1234.567, 'USD', '$1,234.57'],
    [0, 'EUR', '€0.00'],
    [0.25, 'EUR', '€0.25'],
    [0.0031, 'EUR', '€0.0031'],
    [0.00007514, 'USD', '$0.0000751'],
    [1e-12, 'USD', '$0.00'],
    [5, 'ZZ', '5.00 ZZ'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(moneyText(amount, currency)).toBe(text);
  });

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
