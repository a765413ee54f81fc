import { inflationOf } from '../trend/statistics';

/** Part of months that end within the interval. */
export const FORECAST_LEVEL = 0.9;

/** Fewer whole days tell too little of the week. */
export const LEAST_DAYS = 7;
/** More would follow a team that grows too late. */
const MOST_DAYS = 28;
const WEEK = 7;

/** Quantiles of 0.95 of Student's distribution, by degrees of freedom from 1 on. */
const STUDENT_95 = [
  6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812, 1.796,
  1.782, 1.771, 1.761, 1.753, 1.746, 1.74, 1.734, 1.729, 1.725, 1.721, 1.717,
  1.714, 1.711, 1.708, 1.706, 1.703,
];

/** What a day to come weighs of a day of its weekday: 1 for a whole one. */
export interface DayToCome {
  /** 0 to 6; which day is 0 does not matter. */
  weekday: number;
  weight: number;
}

/** A sum up to the end of a day. */
export interface Expected {
  expected: number;
  low: number;
  high: number;
}

const mean = (values: number[]) =>
  values.reduce((sum, it) => sum + it, 0) / values.length;

/**
 * What a weekday has of a usual day. Each has been seen few times, so it is
 * drawn half a day's worth to the average.
 */
function weekOf(days: DayKnown[], level: number): number[] {
  const factors = Array.from({ length: WEEK }, (_, weekday) => {
    const own = days.filter(it => it.weekday === weekday);
    const sum = own.reduce((total, it) => total + it.amount, 0);
    return (sum / level + 0.5) / (own.length + 0.5);
  });
  const scale = mean(factors);
  return factors.map(it => it / scale);
}

export interface DayKnown {
  weekday: number;
  amount: number;
}

/**
 * What will be added by the end of each day to come, if it goes on as in the
 * last weeks, four at most: the mean of these days, by the rhythm of their weekdays. The
 * interval is Student's for the sum of days to come, with the noise of each day
 * and the uncertainty of the mean, both wider where days go with the day before.
 *
 * @param days - whole days in order, the last one yesterday; whole weeks of them count
 * @returns nothing with fewer than seven
 */
export function forecastDays(
  days: DayKnown[],
  toCome: DayToCome[],
): { daysUsed: number; path: Expected[] } | undefined {
  if (days.length < LEAST_DAYS) return undefined;
  // Whole weeks, or weekends would count for too much or too little.
  const weeks = Math.floor(Math.min(days.length, MOST_DAYS) / WEEK);
  const daysUsed = weeks * WEEK;
  const known = days.slice(-daysUsed);
  const level = mean(known.map(({ amount }) => amount));
  if (level <= 0) {
    return {
      daysUsed,
      path: toCome.map(() => ({ expected: 0, low: 0, high: 0 })),
    };
  }
  const rhythm = daysUsed >= 2 * WEEK;
  const week = rhythm ? weekOf(known, level) : new Array<number>(WEEK).fill(1);
  const relative = known.map(it => it.amount / (level * week[it.weekday]) - 1);
  const freedom = daysUsed - (rhythm ? WEEK : 1);
  const noise = relative.reduce((sum, it) => sum + it * it, 0) / freedom;
  const inflated = noise * inflationOf(relative);
  const quantile =
    STUDENT_95[Math.min(freedom, STUDENT_95.length) - 1] ?? STUDENT_95[0];
  let sum = 0;
  let squares = 0;
  const path = toCome.map(({ weekday, weight }) => {
    const part = week[weekday] * weight;
    sum += part;
    squares += part * part;
    const expected = level * sum;
    const deviation =
      level * Math.sqrt(inflated * (squares + (sum * sum) / daysUsed));
    return {
      expected,
      low: Math.max(0, expected - quantile * deviation),
      high: expected + quantile * deviation,
    };
  });
  return { daysUsed, path };
}
