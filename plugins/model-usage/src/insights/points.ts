import type { InsightPeriod } from '@modelhub/backstage-plugin-models-common';
import type {
  ChartPoint,
  ChartSeries,
} from '@modelhub/backstage-plugin-models-react';

/** Calls by what became of them; they add up to all. */
export const outcomes: ChartSeries[] = [
  { id: 'answered', label: 'Answered', as: 'bar' },
  { id: 'refused', label: 'Refused by the gateway', as: 'bar' },
  { id: 'failed', label: 'Endpoint failed', as: 'bar' },
  { id: 'throttled', label: 'Endpoint throttled', as: 'bar' },
  { id: 'clientErrors', label: 'Caller’s error', as: 'bar' },
];

/** Calls of each period by what became of them. */
export function outcomePoints(periods: InsightPeriod[]): ChartPoint[] {
  return periods.map(({ date, sums }) => {
    const failed = sums.serverErrors + sums.unavailable;
    const { refused, throttled, clientErrors } = sums;
    return {
      at: date,
      values: {
        answered: sums.calls - refused - failed - throttled - clientErrors,
        refused,
        failed,
        throttled,
        clientErrors,
      },
    };
  });
}

/** The outcomes that there were, and answers in any case. */
export function outcomesIn(points: ChartPoint[]): ChartSeries[] {
  return outcomes.filter(
    ({ id }) =>
      id === 'answered' || points.some(({ values }) => (values[id] ?? 0) > 0),
  );
}

/** Tokens of each period. */
export function tokenPoints(periods: InsightPeriod[]): ChartPoint[] {
  return periods.map(({ date, sums }) => ({
    at: date,
    values: { input: sums.inputTokens, output: sums.outputTokens },
  }));
}

/** Every currency that something was paid in. */
export function currenciesOf(periods: InsightPeriod[]): string[] {
  return [
    ...new Set(
      periods.flatMap(({ sums }) => sums.costs.map(({ currency }) => currency)),
    ),
  ].sort();
}

/** What each period cost in one currency. */
export function costPoints(
  periods: InsightPeriod[],
  currency: string,
): ChartPoint[] {
  return periods.map(({ date, sums }) => ({
    at: date,
    values: {
      cost: sums.costs.find(cost => cost.currency === currency)?.amount ?? 0,
    },
  }));
}

/** How long answers took, or their first tokens; nothing where none was measured. */
export function durationPoints(
  periods: InsightPeriod[],
  of: 'latency' | 'timeToFirstToken',
): ChartPoint[] {
  return periods.map(period => ({
    at: period.date,
    values: {
      p50: period[of]?.p50,
      p95: period[of]?.p95,
      p99: period[of]?.p99,
    },
  }));
}
