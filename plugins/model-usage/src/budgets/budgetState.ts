import type { Budget } from '@modelhub/backstage-plugin-models-common';
import type { Tone } from '@modelhub/backstage-plugin-models-react';

/** Percent at which people are told. */
export const THRESHOLDS = [50, 80, 100] as const;

type Figures = Pick<Budget, 'amount' | 'spent'>;

/** Percent of a budget that is spent; a budget of nothing is always used up. */
export function percentOf({ amount, spent }: Figures): number {
  return amount > 0 ? Math.floor((spent / amount) * 100) : 100;
}

/** How bad it is. */
export function toneOf(percent: number): Tone {
  if (percent >= 100) return 'bad';
  if (percent >= 80) return 'caution';
  return percent >= 50 ? 'info' : 'good';
}

/** Whether gateways refuse calls because of it: also when less is left than a call needs. */
export function isUsedUp(budget: Figures & Pick<Budget, 'alerts'>): boolean {
  return (
    percentOf(budget) >= 100 ||
    budget.alerts.some(({ percent }) => percent === 100)
  );
}

/** Whether the month will cost more than it may. */
export function isOverrunning({
  amount,
  forecast,
}: Pick<Budget, 'amount' | 'forecast'>): boolean {
  return forecast !== undefined && forecast > amount;
}
