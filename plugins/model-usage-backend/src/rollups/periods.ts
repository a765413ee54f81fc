import type { Level } from './types';

const MS = { minute: 60_000, hour: 3_600_000, day: 24 * 3_600_000 };

/** Number of the period of a level that a moment is in, since 1970. */
export function periodOf(level: Level, at: number): number {
  if (level !== 'month') return Math.floor(at / MS[level]);
  const date = new Date(at);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** Number of the week that a day is in; weeks begin on Mondays, as the one of 29 December 1969. */
export function weekOfDay(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** When a period begins, in milliseconds since 1970. */
export function beginOf(level: Level, period: number): number {
  return level === 'month' ? Date.UTC(1970, period) : period * MS[level];
}

/** The first period and the one after the last, with every moment of [from, to) in them. */
export function periodsOf(
  level: Level,
  range: { from: Date; to: Date },
): { first: number; end: number } {
  const first = periodOf(level, range.from.getTime());
  const end = periodOf(level, range.to.getTime() - 1) + 1;
  return { first, end };
}
