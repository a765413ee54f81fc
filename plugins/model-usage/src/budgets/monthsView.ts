import type { SpendingMonth } from '@modelhub/backstage-plugin-models-common';

/** One bar of the chart. */
export interface MonthBar {
  month: string;
  amount: number;
  /** Of the highest, 0 to 100. */
  height: number;
}

/** What the chart shows. */
export interface MonthsView {
  currency: string;
  bars: MonthBar[];
  /** Where the budget's line is, 0 to 100. */
  budgetHeight?: number;
}

/**
 * Months as bars, in the budget's currency or else in that of which most was
 * spent; nothing when nothing was spent.
 */
export function monthsView(
  items: Pick<SpendingMonth, 'month' | 'costs'>[],
  budget: { currency: string; amount: number } | undefined,
): MonthsView | undefined {
  const totals = new Map<string, number>();
  for (const { costs } of items) {
    for (const { currency, amount } of costs) {
      totals.set(currency, (totals.get(currency) ?? 0) + amount);
    }
  }
  if (totals.size === 0) return undefined;
  const [[largest]] = [...totals].sort(([, a], [, b]) => b - a);
  const currency = budget?.currency ?? largest;
  const amounts = items.map(
    ({ costs }) => costs.find(cost => cost.currency === currency)?.amount ?? 0,
  );
  const most = Math.max(...amounts, budget?.amount ?? 0);
  const heightOf = (amount: number) => (most > 0 ? (amount / most) * 100 : 0);
  return {
    currency,
    bars: items.map(({ month }, index) => ({
      month,
      amount: amounts[index],
      height: heightOf(amounts[index]),
    })),
    ...(budget && { budgetHeight: heightOf(budget.amount) }),
  };
}
