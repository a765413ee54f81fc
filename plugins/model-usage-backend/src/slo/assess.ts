import type {
  ObjectiveBurn,
  ObjectiveState,
} from '@modelhub/backstage-plugin-models-common';
import {
  budgetLeft,
  burnRate,
  DEFAULT_GUARD,
  exhaustsAt,
  HOUR_MS,
  type BurnRule,
  type Events,
  type Guard,
  type Measured,
  type Severity,
} from './maths';

/** Windows that burn rates are told for, by their name in the API. */
export const WINDOWS = {
  fiveMinutes: HOUR_MS / 12,
  halfHour: HOUR_MS / 2,
  hour: HOUR_MS,
  sixHours: 6 * HOUR_MS,
  threeDays: 72 * HOUR_MS,
};

export type WindowName = keyof typeof WINDOWS;

/** Events of the windows of an objective. */
export type Gauge = Record<WindowName, Events> & { window: Events };

/** Below this share of the budget an objective is at risk. */
const LITTLE = 0.25;

/** What the rules look at. */
export const measuredOf = (
  it: Omit<Gauge, 'window'>,
): Record<BurnRule['id'], Measured> => ({
  fast: { long: it.hour, short: it.fiveMinutes },
  slow: { long: it.sixHours, short: it.halfHour },
  steady: { long: it.threeDays, short: it.sixHours },
});

export interface Assessment {
  state: ObjectiveState;
  budgetLeft?: number;
  burn: ObjectiveBurn;
  exhaustsAt?: Date;
  /** No alert would be raised about so few. */
  fewEvents: boolean;
}

/** How an objective is kept. */
export function assess(options: {
  gauge: Gauge;
  target: number;
  windowDays: number;
  now: Date;
  /** Of the alerts that are not over. */
  alerts: Severity[];
  guard?: Guard;
}): Assessment {
  const { gauge, target, windowDays, now, alerts } = options;
  const { guard = DEFAULT_GUARD } = options;
  const left = budgetLeft(gauge.window, target);
  const burn = {
    fiveMinutes: burnRate(gauge.fiveMinutes, target),
    halfHour: burnRate(gauge.halfHour, target),
    hour: burnRate(gauge.hour, target),
    sixHours: burnRate(gauge.sixHours, target),
    threeDays: burnRate(gauge.threeDays, target),
  };
  return {
    state: stateOf(left, alerts),
    budgetLeft: left,
    burn,
    exhaustsAt:
      left === undefined
        ? undefined
        : exhaustsAt({ left, burn: burn.hour, windowDays, now }),
    fewEvents: gauge.threeDays.total < guard.events,
  };
}

function stateOf(left: number | undefined, alerts: Severity[]): ObjectiveState {
  if (alerts.includes('page')) return 'burning';
  if (left === undefined) return 'no-events';
  // Spent to the last is not yet missed; sums of shares are not exact.
  if (left < -1e-9) return 'missed';
  return left < LITTLE || alerts.length > 0 ? 'at-risk' : 'kept';
}
