import {
  BURN_RULES,
  DEFAULT_GUARD,
  nextEpisode,
  type BurnRule,
  type Events,
  type Guard,
  type Measured,
  type OpenEpisode,
} from '..';

const MINUTE_MS = 60_000;
const DAY = 24 * 60;

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of some calls fail, from one failure to the next one. */
function failuresOf(calls: number, share: number, random: () => number) {
  if (share <= 0 || share >= 1) return share > 0 ? calls : 0;
  let failures = -1;
  for (let at = 0; at <= calls; failures += 1) {
    at += 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - share));
  }
  return failures;
}

export interface Traffic {
  seed: number;
  minutes: number;
  /** On average; twice as much at noon as at midnight. */
  callsPerHour: number;
  /** Share of calls that fail at a minute. */
  failing(minute: number): number;
}

/** Calls and failures, minute by minute, added up from the first on. */
export function simulate(traffic: Traffic): Events[] {
  const random = randomFrom(traffic.seed);
  const sums: Events[] = [{ total: 0, good: 0 }];
  for (let minute = 0; minute < traffic.minutes; minute += 1) {
    const season = 1 - Math.cos((2 * Math.PI * minute) / DAY) / 3;
    const wanted = (traffic.callsPerHour / 60) * season;
    const calls =
      Math.floor(wanted) + (random() < wanted - Math.floor(wanted) ? 1 : 0);
    const bad = failuresOf(calls, traffic.failing(minute), random);
    const { total, good } = sums[minute];
    sums.push({ total: total + calls, good: good + calls - bad });
  }
  return sums;
}

/** What happened in the minutes before one. */
export function lastMinutes(sums: Events[], at: number, ms: number): Events {
  const before = sums[Math.max(0, at - ms / MINUTE_MS)];
  return {
    total: sums[at].total - before.total,
    good: sums[at].good - before.good,
  };
}

export interface Alert {
  rule: BurnRule['id'];
  severity: BurnRule['severity'];
  /** Minutes since the begin. */
  openedAt: number;
  closedAt?: number;
}

/** Every alert that the traffic raises from a minute on. */
export function alertsOf(
  sums: Events[],
  target: number,
  options: { guard?: Guard; from?: number; everyMinutes?: number } = {},
): Alert[] {
  const { guard = DEFAULT_GUARD, from = 1, everyMinutes = 1 } = options;
  const alerts: Alert[] = [];
  const open = new Map<
    BurnRule['severity'],
    { episode: OpenEpisode; alert: Alert }
  >();
  for (let minute = from; minute < sums.length; minute += everyMinutes) {
    const measured = Object.fromEntries(
      BURN_RULES.map(rule => [
        rule.id,
        {
          long: lastMinutes(sums, minute, rule.longMs),
          short: lastMinutes(sums, minute, rule.shortMs),
        },
      ]),
    ) as Record<BurnRule['id'], Measured>;
    for (const severity of ['page', 'ticket'] as const) {
      const before = open.get(severity);
      const step = nextEpisode({
        severity,
        target,
        measured,
        now: minute * MINUTE_MS,
        guard,
        open: before?.episode,
      });
      if (step.kind === 'open') {
        const { rule } = step.episode;
        const alert: Alert = { rule, severity, openedAt: minute };
        alerts.push(alert);
        open.set(severity, { episode: step.episode, alert });
      } else if (step.kind === 'update' && before) {
        before.episode = step.episode;
      } else if (step.kind === 'close' && before) {
        before.alert.closedAt = minute;
        open.delete(severity);
      }
    }
  }
  return alerts;
}
