/** The month of a moment in UTC, e.g. `2026-11`. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

const long = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

const short = new Intl.DateTimeFormat('en-GB', {
  month: 'short',
  timeZone: 'UTC',
});

const firstOf = (month: string) => new Date(`${month}-01T00:00:00Z`);

/** `2026-11` → `November 2026` */
export function monthText(month: string): string {
  return long.format(firstOf(month));
}

/** `2026-11` → `Nov` */
export function shortMonthText(month: string): string {
  return short.format(firstOf(month));
}

/** The last months in UTC, the newest first. */
export function lastMonths(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    monthOf(
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index)),
    ),
  );
}

/** Whether a text from the address is a month. */
export function isMonth(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}
