import {
  inflationOf,
  kendall,
  kendallP,
  median,
  type Kendall,
} from './statistics';

/** Which way daily calls go, without the rhythm of the week. */
export interface Trend {
  days: 7 | 28;
  direction: 'rising' | 'stable' | 'declining' | 'unknown';
  /** 0.12 for +12 %. */
  change?: number;
  /** 95 of 100 such intervals hold the true change. */
  low?: number;
  high?: number;
  /** Why it is unknown. */
  reason?: string;
}

const WEEK = 7;
const WEEKS = 4;

/** What is smaller is called stable, however sure it is. */
export const LEAST_CHANGE = 0.1;

/**
 * How often a model whose calls stay as they are is called rising or
 * declining, at most, where days are independent of each other. Where a day
 * goes with the one before (an autocorrelation of 0.3) it is 6 % over 7 days,
 * and 12 % with 0.6.
 */
export const FALSE_ALARMS = { 7: 0.05, 28: 0.05 };

/** Normal quantile of 0.975. */
const Z_95 = 1.959964;

/**
 * Of the 28 sorted Walsh averages of 7 values, the 3rd from each end: with
 * 122 of 128 signs (95.3 %) the true middle lies between them.
 */
const WILCOXON_RANK = 2;

const UNKNOWN_DAYS = 'Fewer days are known than this needs.';
const UNKNOWN_CALLS = 'There is less than one call a day.';

/** Calls of a day may be none, so ratios are taken of one more. */
const logs = (values: number[]) => values.map(it => Math.log(it + 1));

const part = (log: number) => Math.exp(log) - 1;

/** What is left of each day without the middle of its weekday. */
function residualsOf(y: number[]): number[] {
  const usual = Array.from({ length: WEEK }, (_, weekday) =>
    median(y.filter((__, day) => day % WEEK === weekday)),
  );
  return y.map((it, day) => it - usual[day % WEEK]);
}

function directionOf(change: number, isSure: boolean): Trend['direction'] {
  if (!isSure || Math.abs(change) < LEAST_CHANGE) return 'stable';
  return change > 0 ? 'rising' : 'declining';
}

/**
 * Over 28 days: the seasonal Kendall test (Hirsch, Slack and Smith, 1982), each
 * weekday compared only with itself, and the seasonal Theil-Sen line through
 * the logarithms. Rising or declining when p < 0.05 and the line changes by
 * 10 % or more from its first day to its last.
 *
 * @param calls - of whole days, the last one yesterday
 */
export function trendOf28(calls: number[]): Trend {
  const span = WEEK * WEEKS;
  const last = calls.slice(-span);
  if (last.length < span) {
    return { days: 28, direction: 'unknown', reason: UNKNOWN_DAYS };
  }
  if (last.reduce((sum, it) => sum + it, 0) < span) {
    return { days: 28, direction: 'unknown', reason: UNKNOWN_CALLS };
  }
  const total: Kendall = { s: 0, variance: 0 };
  const slopes: number[] = [];
  for (let weekday = 0; weekday < WEEK; weekday += 1) {
    const own = last.filter((_, day) => day % WEEK === weekday);
    const { s, variance } = kendall(own);
    total.s += s;
    total.variance += variance;
    const y = logs(own);
    for (let i = 0; i < WEEKS; i += 1) {
      for (let j = i + 1; j < WEEKS; j += 1) {
        slopes.push((y[j] - y[i]) / (j - i));
      }
    }
  }
  slopes.sort((a, b) => a - b);
  const slope = median(slopes);
  total.variance *= inflationOf(
    residualsOf(logs(last)).map((it, day) => it - (slope * day) / WEEK),
  );
  const weeks = (span - 1) / WEEK;
  const at = (index: number) =>
    slopes[Math.min(slopes.length - 1, Math.max(0, index))];
  // Sen (1968): how many slopes to leave out at each end.
  const width = Z_95 * Math.sqrt(total.variance);
  const change = part(slope * weeks);
  return {
    days: 28,
    direction: directionOf(change, kendallP(total) < FALSE_ALARMS[28]),
    change,
    low: part(at(Math.floor((slopes.length - width) / 2)) * weeks),
    high: part(at(Math.ceil((slopes.length + width) / 2)) * weeks),
  };
}

/**
 * Over 7 days: each day against the median of the same weekday in the four
 * weeks before, by the exact signed-rank test (Wilcoxon, 1945) at 5 %, and the
 * change by Hodges and Lehmann. Rising or declining when the interval of the
 * change does not hold 0 and the change is 10 % or more.
 *
 * @param calls - of whole days, the last one yesterday
 */
export function trendOf7(calls: number[]): Trend {
  const span = WEEK * (WEEKS + 1);
  const last = calls.slice(-span);
  if (last.length < span) {
    return { days: 7, direction: 'unknown', reason: UNKNOWN_DAYS };
  }
  if (last.reduce((sum, it) => sum + it, 0) < span) {
    return { days: 7, direction: 'unknown', reason: UNKNOWN_CALLS };
  }
  const y = logs(last);
  const differences = y.slice(-WEEK).map((now, weekday) => {
    const before = y.filter(
      (_, day) => day < span - WEEK && day % WEEK === weekday,
    );
    return now - median(before);
  });
  const averages: number[] = [];
  differences.forEach((a, i) => {
    differences.slice(i).forEach(b => averages.push((a + b) / 2));
  });
  averages.sort((a, b) => a - b);
  // The interval of independent days, wider where days go with the one before.
  const middle = median(averages);
  const wider = Math.sqrt(inflationOf(residualsOf(y.slice(0, -WEEK))));
  const low = middle - (middle - averages[WILCOXON_RANK]) * wider;
  const high =
    middle + (averages[averages.length - 1 - WILCOXON_RANK] - middle) * wider;
  const change = part(middle);
  return {
    days: 7,
    direction: directionOf(change, low > 0 || high < 0),
    change,
    low: part(low),
    high: part(high),
  };
}

/** @param calls - of whole days, the last one yesterday; 35 of them tell both */
export const trendsOf = (calls: number[]): Trend[] => [
  trendOf7(calls),
  trendOf28(calls),
];
