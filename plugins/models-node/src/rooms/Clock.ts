/**
 * What time it is.
 *
 * @public
 */
export interface Clock {
  now(): Date;
}

/**
 * The machine's own.
 *
 * @public
 */
export const systemClock: Clock = { now: () => new Date() };
