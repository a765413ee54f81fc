import type {
  InsightDurations,
  InsightPrevious,
  InsightRange,
  InsightSums,
  InsightTrend,
} from '@modelhub/backstage-plugin-models-common';
import {
  compactText,
  countText,
  durationText,
  moneyText,
  percentText,
} from '@modelhub/backstage-plugin-models-react';
import type { Stat } from './Headline';
import { daysBetween } from './range';
import {
  type Before,
  changeText,
  declinedShare,
  directionText,
  errorShare,
  pointsText,
  trendText,
} from './words';

/** What a model, a team or the organisation did in a range of days. */
export interface Used {
  range: InsightRange;
  totals: InsightSums;
  previous: InsightPrevious;
  trends: InsightTrend[];
  latency?: InsightDurations;
  timeToFirstToken?: InsightDurations;
}

const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
  Number(to.slice(5, 7)) -
  Number(from.slice(5, 7)) +
  1;

/** The window that a range is compared with. */
export function beforeOf({
  range,
  previous,
}: Pick<Used, 'range' | 'previous'>): Before {
  const { from, to, known } = previous;
  return range.level === 'month'
    ? { known, unit: 'month', length: monthsBetween(from, to) }
    : { known, unit: 'day', length: daysBetween(from, to) };
}

/** Costs in each currency, beside those of before. */
export function costStats(used: Used): Stat[] {
  const { totals, previous } = used;
  const before = beforeOf(used);
  if (totals.costs.length === 0) {
    return [
      {
        label: 'Cost',
        value: totals.unpricedCalls > 0 ? 'Not known' : 'Nothing',
        words:
          totals.unpricedCalls > 0
            ? `${countText(totals.unpricedCalls)} calls have no price`
            : undefined,
      },
    ];
  }
  return totals.costs.map(({ currency, amount }) => ({
    label: totals.costs.length > 1 ? `Cost in ${currency}` : 'Cost',
    value: moneyText(amount, currency),
    words: [
      changeText(
        amount,
        previous.totals.costs.find(cost => cost.currency === currency)?.amount,
        before,
      ),
      totals.unpricedCalls > 0 &&
        `${countText(totals.unpricedCalls)} calls without a price not counted`,
    ]
      .filter(Boolean)
      .join('; '),
  }));
}

/** Calls, whether they rise, and tokens. */
export function callStats(used: Used): Stat[] {
  const { totals, previous, trends } = used;
  const before = beforeOf(used);
  const month = trends.find(({ days }) => days === 28);
  return [
    {
      label: 'Calls',
      value: countText(totals.calls),
      words: changeText(totals.calls, previous.totals.calls, before),
    },
    ...(month
      ? [
          {
            label: 'Trend',
            value: directionText(month),
            words: trends
              .map(trend => trendText(trend).replace(/\.$/, ''))
              .join('. '),
          },
        ]
      : []),
    {
      label: 'Tokens in and out',
      value: `${compactText(totals.inputTokens)} and ${compactText(
        totals.outputTokens,
      )}`,
      words: changeText(
        totals.inputTokens + totals.outputTokens,
        previous.totals.inputTokens + previous.totals.outputTokens,
        before,
      ),
    },
  ];
}

/** How long answers took, and how many were none. */
export function qualityStats(used: Used): Stat[] {
  const { totals, previous, latency, timeToFirstToken } = used;
  const before = beforeOf(used);
  const slower = { more: 'slower', less: 'faster' };
  const duration = (
    label: string,
    now: InsightDurations | undefined,
    then: InsightDurations | undefined,
  ): Stat[] =>
    now
      ? [
          {
            label,
            value: durationText(now.p95),
            words: `p50 ${durationText(now.p50)}, p99 ${durationText(
              now.p99,
            )}. ${changeText(
              now.p95,
              then?.p95,
              { ...before, known: before.known && then !== undefined },
              slower,
            )}`,
          },
        ]
      : [];
  const share = (
    label: string,
    of: (sums: InsightSums) => number | undefined,
  ): Stat[] => {
    const now = of(totals);
    return now === undefined
      ? []
      : [
          {
            label,
            value: percentText(now),
            words: pointsText(now, of(previous.totals), before),
          },
        ];
  };
  return [
    ...duration('Answer time, p95', latency, previous.latency),
    ...duration(
      'First token, p95',
      timeToFirstToken,
      previous.timeToFirstToken,
    ),
    ...share('Calls that failed', errorShare),
    ...share('Answers that declined', declinedShare),
  ];
}
