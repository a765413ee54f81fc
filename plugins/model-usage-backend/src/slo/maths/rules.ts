import { badOf, burnRate, HOUR_MS, type Events } from './budget';

/** Who has to hear of it: somebody at once, or somebody on a working day. */
export type Severity = 'page' | 'ticket';

/** Spends the budget too fast, over a long window and a short one. */
export interface BurnRule {
  id: 'fast' | 'slow' | 'steady';
  severity: Severity;
  burn: number;
  longMs: number;
  /** It still burns: so that the alert ends soon after what it tells of. */
  shortMs: number;
  /**
   * No rule asks for more than this part of the events to fail. With a target of
   * 90 % not even a total outage burns 14.4 times as fast as allowed.
   */
  mostFailing: number;
}

/**
 * Multiwindow, multi-burn-rate alerts with the numbers of The Site Reliability
 * Workbook (Beyer et al., O'Reilly 2018), chapter 5, table 5-8: 14.4 over an
 * hour, 6 over six hours, 1 over three days, and each over a twelfth of that.
 */
export const BURN_RULES: BurnRule[] = [
  {
    id: 'fast',
    severity: 'page',
    burn: 14.4,
    longMs: HOUR_MS,
    shortMs: HOUR_MS / 12,
    mostFailing: 0.5,
  },
  {
    id: 'slow',
    severity: 'page',
    burn: 6,
    longMs: 6 * HOUR_MS,
    shortMs: HOUR_MS / 2,
    mostFailing: 0.25,
  },
  {
    id: 'steady',
    severity: 'ticket',
    burn: 1,
    longMs: 72 * HOUR_MS,
    shortMs: 6 * HOUR_MS,
    mostFailing: 1,
  },
];

/** What a rule says of few events is chance. */
export interface Guard {
  /** Events in the long window, at least. */
  events: number;
  /** Failures among them, at least. */
  failures: number;
  /**
   * By how many standard deviations failures have to be more than those at which
   * the rule would just alert (of a Poisson count: its square root). With many
   * calls this hardly matters.
   */
  deviations: number;
}

export const DEFAULT_GUARD: Guard = { events: 30, failures: 5, deviations: 2 };

/** What burns on while it is above this part of its threshold: around it, alerts would come and go. */
const STILL = 0.8;

/** The burn rate at which a rule alerts. */
export function thresholdOf(
  { burn, mostFailing }: BurnRule,
  target: number,
): number {
  return Math.min(burn, mostFailing / (1 - target));
}

export interface Measured {
  long: Events;
  short: Events;
}

/** Whether a rule alerts. */
export function fires(
  rule: BurnRule,
  target: number,
  { long, short }: Measured,
  guard: Guard = DEFAULT_GUARD,
): boolean {
  if (long.total < guard.events || badOf(long) < guard.failures) return false;
  const threshold = thresholdOf(rule, target);
  if (burnRate(long, target) < threshold) return false;
  if (burnRate(short, target) < threshold) return false;
  if (badOf(long) === long.total) return true;
  const just = threshold * long.total * (1 - target);
  return badOf(long) >= just + guard.deviations * Math.sqrt(just);
}

/**
 * Whether the long window can matter: a rule neither alerts nor goes on while
 * little burns in the short one.
 */
export function mayMatter(
  rule: BurnRule,
  target: number,
  short: Events,
): boolean {
  return burnRate(short, target) >= STILL * thresholdOf(rule, target);
}

/** Whether what a rule alerted about goes on. */
export function goesOn(
  rule: BurnRule,
  target: number,
  { long, short }: Measured,
): boolean {
  const least = STILL * thresholdOf(rule, target);
  return burnRate(long, target) >= least && burnRate(short, target) >= least;
}
