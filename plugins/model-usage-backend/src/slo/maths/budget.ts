/** What counts in a window: calls, answers or looks, and those that were good. */
export interface Events {
  total: number;
  good: number;
}

export const NOTHING: Events = { total: 0, good: 0 };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The sum of parts. */
export const sumOf = (parts: Iterable<Events>): Events => {
  const sum = { ...NOTHING };
  for (const { total, good } of parts) {
    sum.total += total;
    sum.good += good;
  }
  return sum;
};

export const badOf = ({ total, good }: Events): number => total - good;

/** Share of events that were good; `undefined` where nothing happened. */
export function keptOf(events: Events): number | undefined {
  return events.total > 0 ? events.good / events.total : undefined;
}

/**
 * How many times as fast as allowed the budget is spent: 1 spends it exactly in
 * the window of the objective. Nothing burns where nothing happens.
 *
 * @param target - share of events that have to be good, below 1
 */
export function burnRate(events: Events, target: number): number {
  if (events.total === 0) return 0;
  return badOf(events) / events.total / (1 - target);
}

/**
 * Share of the error budget that is left: 1 at first, 0 when it is spent, below
 * 0 when the objective is missed; `undefined` where nothing happened.
 *
 * @param events - of the whole window of the objective
 */
export function budgetLeft(events: Events, target: number): number | undefined {
  return events.total > 0 ? 1 - burnRate(events, target) : undefined;
}

/**
 * When the budget is gone if events go on to come and to fail as they did
 * lately; `undefined` when it lasts: nothing burns, or not faster than what is
 * past leaves the window.
 *
 * @param left - see {@link budgetLeft}
 * @param burn - of late
 */
export function exhaustsAt(options: {
  left: number;
  burn: number;
  windowDays: number;
  now: Date;
}): Date | undefined {
  const { left, burn, windowDays, now } = options;
  if (left <= 0) return now;
  if (burn <= 1) return undefined;
  return new Date(now.getTime() + (left * windowDays * DAY_MS) / burn);
}

/**
 * What of the budget of a window a time takes at a burn rate.
 *
 * @param ms - how long it burns
 */
export const shareSpent = (burn: number, ms: number, windowDays: number) =>
  (burn * ms) / (windowDays * DAY_MS);
