const DAY_MS = 24 * 3600_000;

/**
 * What a whole month costs if it goes on as it did so far: what was spent,
 * divided by the part of the month that has passed.
 *
 * @param month - e.g. `2026-11`, in UTC
 * @returns nothing on the first day, which tells too little, and for months to
 *   come; for a month that is over what was spent in it
 */
export function forecastOf(
  spent: number,
  month: string,
  now: Date,
): number | undefined {
  const [year, number] = month.split('-').map(Number);
  const begin = Date.UTC(year, number - 1);
  const end = Date.UTC(year, number);
  const passed = now.getTime() - begin;
  if (passed < DAY_MS) return undefined;
  if (now.getTime() >= end) return spent;
  return (spent * (end - begin)) / passed;
}
