import { InputError } from '@backstage/errors';
import type { InsightRange } from '@modelhub/backstage-plugin-models-common';

export const DAY_MS = 24 * 3600_000;

/** How many days are shown when nobody says which. */
const USUAL_DAYS = 28;
/** Longer ranges are too long for anybody. */
const MOST_DAYS = 10 * 366;

/** Days, or whole months, in UTC. */
export interface Range {
  from: Date;
  /** The first moment that does not count. */
  to: Date;
  level: 'day' | 'month';
}

/** What is asked for, and as much before it. */
export interface Ranges {
  range: Range;
  previous: Range;
}

/** `2026-11-22` */
export const dayText = (at: Date): string => at.toISOString().slice(0, 10);

export const startOfDay = (at: Date): Date =>
  new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);

export const addDays = (at: Date, days: number): Date =>
  new Date(at.getTime() + days * DAY_MS);

/** The first day of a month, `months` later. */
export const monthAt = (at: Date, months = 0): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months));

/** The last day that counts. */
export const lastDay = (range: Pick<Range, 'to'>): string =>
  dayText(new Date(range.to.getTime() - 1));

function parsed(text: string): Date {
  const at = new Date(`${text}T00:00:00.000Z`);
  if (Number.isNaN(at.getTime()) || dayText(at) !== text) {
    throw new InputError(
      `'${text}' is no day of the calendar. Send one such as 2026-11-01.`,
    );
  }
  return at;
}

/**
 * The days that a request asks for: 28 up to today without. Long ranges, and
 * those that begin before days are kept, become whole months.
 *
 * @throws InputError for what is no range of days
 */
export function rangesOf(
  query: { from?: string; to?: string },
  options: { now: Date; mostDays: number; daysKept: number },
): Ranges {
  const { now, mostDays, daysKept } = options;
  const last = query.to === undefined ? startOfDay(now) : parsed(query.to);
  const from =
    query.from === undefined
      ? addDays(last, 1 - USUAL_DAYS)
      : parsed(query.from);
  if (from.getTime() > last.getTime()) {
    throw new InputError(
      `The range begins on ${dayText(from)}, after its end ${dayText(last)}.`,
    );
  }
  const to = addDays(last, 1);
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > MOST_DAYS) {
    throw new InputError('A range may be ten years long at most.');
  }
  // The range before counts by the same level.
  const keptSince = addDays(startOfDay(now), 1 - daysKept);
  if (days <= mostDays && from >= keptSince) {
    return {
      range: { from, to, level: 'day' },
      previous: { from: addDays(from, -days), to: from, level: 'day' },
    };
  }
  const firstMonth = monthAt(from);
  const nextMonth = monthAt(last, 1);
  const months =
    (nextMonth.getUTCFullYear() - firstMonth.getUTCFullYear()) * 12 +
    nextMonth.getUTCMonth() -
    firstMonth.getUTCMonth();
  return {
    range: { from: firstMonth, to: nextMonth, level: 'month' },
    previous: {
      from: monthAt(firstMonth, -months),
      to: firstMonth,
      level: 'month',
    },
  };
}

/**
 * The same moments in as few periods as can be: whole months, and days before
 * and after. For whoever adds up and does not tell days apart.
 */
export function coarsest(range: Range): Range[] {
  if (range.level === 'month') return [range];
  const isBegin = monthAt(range.from).getTime() === range.from.getTime();
  const first = isBegin ? range.from : monthAt(range.from, 1);
  const end = monthAt(range.to);
  if (first >= end) return [range];
  const parts: Range[] = [
    { from: range.from, to: first, level: 'day' },
    { from: first, to: end, level: 'month' },
    { from: end, to: range.to, level: 'day' },
  ];
  return parts.filter(({ from, to }) => from < to);
}

/** First days of the periods of a range, in order. */
export function periodsIn(range: Range): string[] {
  const dates: string[] = [];
  for (
    let at = range.from;
    at < range.to;
    at = range.level === 'day' ? addDays(at, 1) : monthAt(at, 1)
  ) {
    dates.push(dayText(at));
  }
  return dates;
}

/** For people. */
export function presentRange(
  range: Range,
  options: { now: Date; dataSince?: string },
): InsightRange {
  return {
    from: dayText(range.from),
    to: lastDay(range),
    level: range.level,
    complete: range.to <= options.now,
    ...(options.dataSince !== undefined && { dataSince: options.dataSince }),
  };
}
