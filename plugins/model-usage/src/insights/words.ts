import type {
  InsightCost,
  InsightSums,
  InsightTrend,
} from '@modelhub/backstage-plugin-models-common';
import {
  countText,
  moneyText,
  percentText,
} from '@modelhub/backstage-plugin-models-react';

/** Changes smaller than this part are none worth a word. */
const SAME = 0.005;

/** Both windows that are compared. */
export interface Before {
  /** Whether numbers go back that far. */
  known: boolean;
  /** How many days, or months, it has. */
  length: number;
  unit: 'day' | 'month';
}

const windowText = ({ length, unit }: Before) =>
  `the ${length === 1 ? unit : `${length} ${unit}s`} before`;

/** `12 % more than in the 28 days before`. */
export function changeText(
  now: number,
  then: number | undefined,
  before: Before,
  words: { more: string; less: string } = { more: 'more', less: 'less' },
): string {
  if (!before.known) return 'Nothing from before to compare with';
  const window = windowText(before);
  if (then === undefined || then === 0) {
    return now === 0 ? `As in ${window}` : `None in ${window}`;
  }
  const change = now / then - 1;
  if (Math.abs(change) < SAME) return `As in ${window}`;
  if (change >= 2) {
    return `${new Intl.NumberFormat('en-GB', {
      maximumSignificantDigits: 2,
    }).format(now / then)} times ${window}`;
  }
  return `${percentText(Math.abs(change))} ${
    change > 0 ? words.more : words.less
  } than in ${window}`;
}

/** Shares of two windows: `1.2 points higher than in the 28 days before`. */
export function pointsText(
  now: number | undefined,
  then: number | undefined,
  before: Before,
): string {
  if (!before.known || now === undefined || then === undefined) {
    return 'Nothing from before to compare with';
  }
  const points = (now - then) * 100;
  const window = windowText(before);
  if (Math.abs(points) < 0.05) return `As in ${window}`;
  return `${new Intl.NumberFormat('en-GB', {
    maximumFractionDigits: 1,
  }).format(Math.abs(points))} points ${
    points > 0 ? 'higher' : 'lower'
  } than in ${window}`;
}

/** Calls that the model's endpoint was asked for. */
const asked = (sums: InsightSums) => sums.calls - sums.refused - sums.cached;

/** Which part of the calls that went through ended in an error, whoever made it. */
export function errorShare(sums: InsightSums): number | undefined {
  const { unavailable, clientErrors, throttled, serverErrors } = sums;
  const through = sums.calls - sums.refused;
  if (through <= 0) return undefined;
  return (unavailable + clientErrors + throttled + serverErrors) / through;
}

/** Which part of the answers said that the model will not. */
export function declinedShare(sums: InsightSums): number | undefined {
  const { unavailable, clientErrors, throttled, serverErrors } = sums;
  const answered =
    asked(sums) - unavailable - clientErrors - throttled - serverErrors;
  return answered > 0 ? sums.declined / answered : undefined;
}

/** `€12.40 and $3.10`; currencies are never added. */
export function costsText(costs: InsightCost[]): string {
  if (costs.length === 0) return 'Nothing';
  return costs
    .map(({ currency, amount }) => moneyText(amount, currency))
    .join(' and ');
}

const directions: Record<InsightTrend['direction'], string> = {
  rising: 'Rising',
  stable: 'Stable',
  declining: 'Declining',
  unknown: 'Not known',
};

const signed = (share: number) =>
  `${share < 0 ? '−' : '+'}${percentText(Math.abs(share))}`;

/** `Rising` */
export function directionText(trend: InsightTrend | undefined): string {
  return directions[trend?.direction ?? 'unknown'];
}

/** `Rising over 28 days: +12 % (between +5 % and +20 %)`. */
export function trendText(trend: InsightTrend): string {
  const { days, direction, change, low, high, reason } = trend;
  if (direction === 'unknown') {
    return `Over ${days} days not known${reason ? `: ${reason}` : ''}`;
  }
  const size = change === undefined ? '' : `: ${signed(change)}`;
  const between =
    low === undefined || high === undefined
      ? ''
      : ` (between ${signed(low)} and ${signed(high)})`;
  return `${directions[direction]} over ${days} days${size}${between}`;
}

/** `3 teams`, `1 team`. */
export function manyText(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
