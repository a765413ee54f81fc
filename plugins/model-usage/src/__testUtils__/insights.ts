import type {
  BudgetBurn,
  CallerInsights,
  InsightPeriod,
  InsightSums,
  ModelInsights,
} from '@modelhub/backstage-plugin-models-common';
import { addDays, dayOf } from '../insights/range';
import { budget } from './fixtures';

export const sums = (given: Partial<InsightSums>): InsightSums => ({
  calls: 0,
  refused: 0,
  unavailable: 0,
  clientErrors: 0,
  throttled: 0,
  serverErrors: 0,
  declined: 0,
  cached: 0,
  unpricedCalls: 0,
  estimatedCalls: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  costs: [],
  ...given,
});

const TO = dayOf(new Date());
const FROM = addDays(TO, -27);

/** The last three days, which is enough to see; tables of more are slow in jsdom. */
export const periods = (): InsightPeriod[] =>
  Array.from({ length: 3 }, (_, index) => ({
    date: addDays(TO, index - 2),
    sums: sums({
      calls: 10 * (index + 1),
      serverErrors: index === 2 ? 5 : 0,
      inputTokens: 1000,
      outputTokens: 100,
      costs: [{ currency: 'EUR', amount: 0.5 }],
    }),
  }));

const ranged = {
  range: {
    from: FROM,
    to: TO,
    level: 'day' as const,
    complete: false,
    dataSince: FROM,
  },
  totals: sums({
    calls: 4060,
    serverErrors: 5,
    inputTokens: 28_000,
    outputTokens: 2800,
    costs: [{ currency: 'EUR', amount: 14 }],
  }),
  previous: {
    from: addDays(FROM, -28),
    to: addDays(FROM, -1),
    known: true,
    totals: sums({
      calls: 3500,
      costs: [{ currency: 'EUR', amount: 7 }],
    }),
  },
  periods: periods(),
  trends: [
    { days: 7 as const, direction: 'stable' as const, change: 0.01 },
    {
      days: 28 as const,
      direction: 'rising' as const,
      change: 0.4,
      low: 0.3,
      high: 0.5,
    },
  ],
};

export const modelInsights = (
  given: Partial<ModelInsights> = {},
): ModelInsights => ({
  model: 'meta/llama',
  ...ranged,
  latency: { count: 4000, mean: 220, p50: 200, p95: 420, p99: 950 },
  versions: [{ version: '1.0', sums: ranged.totals }],
  ...given,
});

export const callerInsights = (
  given: Partial<CallerInsights> = {},
): CallerInsights => ({
  kind: 'team',
  caller: 'group:default/checkout',
  ...ranged,
  models: 2,
  ...given,
});

/** A month of which two days are over, with a forecast for the third. */
export const burn = (given: Partial<BudgetBurn> = {}): BudgetBurn => ({
  budget: budget({ kind: 'team', subject: 'group:default/checkout' }),
  days: [
    { date: '2026-11-01', spent: 5, total: 5, line: 1.67 },
    { date: '2026-11-02', spent: 7.5, total: 12.5, line: 3.33 },
  ],
  unpricedCalls: 0,
  forecast: {
    expected: 90,
    low: 70,
    high: 110,
    level: 0.9,
    method: 'weekday-mean',
    daysUsed: 14,
    path: [
      { date: '2026-11-02', expected: 13, low: 12.5, high: 14 },
      { date: '2026-11-03', expected: 17, low: 15, high: 20 },
    ],
  },
  exhaustedOn: '2026-11-12',
  ...given,
});
