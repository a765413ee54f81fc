const DAY_MS = 86_400_000;

/** What can be chosen, besides days of one's own. */
export const presets = [
  { value: '7', label: '7 days' },
  { value: '28', label: '28 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
] as const;

/** The preset without a choice. */
const USUAL = '28';

/** Days in UTC, both counted. */
export interface Range {
  /** One of {@link presets}, or `custom`. */
  choice: string;
  from: string;
  to: string;
  days: number;
}

/** The range of the address as it was asked for. */
export interface AskedRange {
  range?: string;
  from?: string;
  to?: string;
}

/** `2026-11-22` of a moment, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && dayOf(moment) === text;
}

/** Another day, so many later. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(new Date(day).getTime() + days * DAY_MS));
}

/** How many days from one to another, both counted. */
export function daysBetween(from: string, to: string): number {
  return (
    Math.round((new Date(to).getTime() - new Date(from).getTime()) / DAY_MS) + 1
  );
}

/**
 * What an address asks for; the last 28 days where it says nothing or what
 * cannot be: days that are not, or that end before they begin.
 */
export function rangeOf(asked: AskedRange, now: Date): Range {
  const today = dayOf(now);
  const { range, from, to } = asked;
  if (range === 'custom' && isDay(from) && isDay(to) && from <= to) {
    return { choice: 'custom', from, to, days: daysBetween(from, to) };
  }
  const choice = presets.find(({ value }) => value === range)?.value ?? USUAL;
  const days = Number(choice);
  return { choice, from: addDays(today, 1 - days), to: today, days };
}

/** What is wrong with days of one's own; nothing when they can be shown. */
export function rangeProblem(
  from: string,
  to: string,
  now: Date,
): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Give both days.';
  if (from > to) return 'The first day is after the last one.';
  if (from > dayOf(now)) return 'These days are still to come.';
  return undefined;
}
