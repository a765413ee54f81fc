import type { SpendingMonth } from '@modelhub/backstage-plugin-models-common';
import { budget } from '../__testUtils__/fixtures';
import { isOverrunning, isUsedUp, percentOf, toneOf } from './budgetState';
import { monthsView } from './monthsView';

describe('how far a budget is spent', () => {
  it.each([
    [0, 50, 0, 'good'],
    [24.99, 50, 49, 'good'],
    [25, 50, 50, 'info'],
    [39.999, 50, 79, 'info'],
    [40, 50, 80, 'caution'],
    [50, 50, 100, 'bad'],
    [75, 50, 150, 'bad'],
    [0, 0, 100, 'bad'],
  ])('%s of %s is %s %%', (spent, amount, percent, tone) => {
    expect(percentOf({ spent, amount })).toBe(percent);
    expect(toneOf(percent)).toBe(tone);
  });

  it('is used up also when the rest does not suffice', () => {
    expect(isUsedUp(budget({ spent: 49.9 }))).toBe(false);
    expect(
      isUsedUp(
        budget({ spent: 49.9, alerts: [{ percent: 100, at: '2026-05-01' }] }),
      ),
    ).toBe(true);
  });

  it('may not last', () => {
    expect(isOverrunning({ amount: 10, forecast: 10.01 })).toBe(true);
    expect(isOverrunning({ amount: 10, forecast: 10 })).toBe(false);
    expect(isOverrunning({ amount: 10 })).toBe(false);
  });
});

describe('months as bars', () => {
  const month = (
    name: string,
    ...costs: Array<[string, number]>
  ): Pick<SpendingMonth, 'month' | 'costs'> => ({
    month: name,
    costs: costs.map(([currency, amount]) => ({ currency, amount, calls: 1 })),
  });
  const items = [
    month('2026-09'),
    month('2026-10', ['EUR', 5], ['USD', 1]),
    month('2026-11', ['EUR', 20]),
  ];

  it('are in the currency of which most was spent', () => {
    expect(monthsView(items, undefined)).toEqual({
      currency: 'EUR',
      bars: [
        { month: '2026-09', amount: 0, height: 0 },
        { month: '2026-10', amount: 5, height: 25 },
        { month: '2026-11', amount: 20, height: 100 },
      ],
    });
  });

  it('are in the currency of the budget, below or above it', () => {
    expect(monthsView(items, { currency: 'USD', amount: 4 })).toMatchObject({
      currency: 'USD',
      bars: [{ height: 0 }, { height: 25 }, { height: 0 }],
      budgetHeight: 100,
    });
    expect(monthsView(items, { currency: 'EUR', amount: 10 })).toMatchObject({
      budgetHeight: 50,
    });
  });

  it('are none when nothing was spent', () => {
    expect(monthsView([items[0]], undefined)).toBeUndefined();
  });
});
