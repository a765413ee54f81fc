/**
 * The length of the periods of a series, in UTC.
 *
 * @public
 */
export type ChartStep = 'minute' | 'hour' | 'day' | 'week' | 'month';

const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit' } as const;

const long: Record<ChartStep, Intl.DateTimeFormat> = {
  minute: utc({ ...day, ...time }),
  hour: utc({ ...day, ...time }),
  day: utc(day),
  week: utc(day),
  month: utc({ month: 'long', year: 'numeric' }),
};

const short: Record<ChartStep, Intl.DateTimeFormat> = {
  minute: utc(time),
  hour: utc({ day: 'numeric', month: 'short', ...time }),
  day: utc({ day: 'numeric', month: 'short' }),
  week: utc({ day: 'numeric', month: 'short' }),
  month: utc({ month: 'short', year: '2-digit' }),
};

/** `2026-11` and `2026-11-22` begin at midnight in UTC. */
function momentOf(at: string): Date | undefined {
  const moment = new Date(/^\d{4}-\d{2}$/.test(at) ? `${at}-01` : at);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/**
 * The beginning of a period in words: `22 November 2026`.
 *
 * @param at - an ISO date, month or moment
 *
 * @public
 */
export function periodText(at: string, step: ChartStep): string {
  const moment = momentOf(at);
  if (!moment) return at;
  const text = long[step].format(moment).replace(' at ', ', ');
  return step === 'week' ? `week of ${text}` : text;
}

/** The same on an axis: `22 Nov`. */
export function shortPeriodText(at: string, step: ChartStep): string {
  const moment = momentOf(at);
  return moment ? short[step].format(moment) : at;
}

/** `from 1 to 28 November 2026`; what both ends share is said once. */
export function spanText(from: string, to: string, step: ChartStep): string {
  const last = periodText(to, step);
  if (from === to) return `in ${last}`;
  const first = periodText(from, step);
  const words = first.split(' ');
  const others = last.split(' ');
  if (step === 'hour' || step === 'minute') return `from ${first} to ${last}`;
  let shared = 0;
  while (
    shared < words.length - 1 &&
    words.at(-1 - shared) === others.at(-1 - shared)
  ) {
    shared += 1;
  }
  const shortened = words.slice(0, words.length - shared).join(' ');
  return `from ${shortened} to ${last}`;
}
